"""Wiring, no behaviour: how this installation is configured and which address leads where.

May import Django, `events.urls` and `events.domain`. Nothing in `events` imports this package:
settings reach it through `django.conf`.
"""
