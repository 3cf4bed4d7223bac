"""What a browser asks for: function views, each named like its URL, its template and its test.

Purpose: HTTP, sessions, permissions, redirects, pages and fragments.

May import: Django, allauth's account room, `events.forms`, `events.delivery`, `events.models`, `events.domain`.
Must not import: `requests`, `events.sandbox`, `events.management`.
"""
