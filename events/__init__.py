"""The one app: compose an event, send it to Scalev, find it again, understand the answer.

Rooms, each importing only from those further down; rooms on one step never import each other:
`apps` > `checks` > `urls`, `management` > `views`, `accounts` > `forms`, `templatetags` > `delivery` >
`migrations` > `models` > `domain`, `sandbox`.

May import: Django and this app. Must not import: `scalev_console`; settings come through `django.conf`.
The law is enforced by import-linter: see `pyproject.toml`.
"""
