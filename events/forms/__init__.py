"""What people type: forms that turn text into types and say in plain words what is wrong.

Purpose: cleaning. A form never sends anything and never writes anything but what its name says.

May import: Django, `events.models`, `events.domain`.
Must not import: `events.delivery`, `events.views`, `events.management`.
"""
