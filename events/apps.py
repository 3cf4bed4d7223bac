"""Registers the app and its system checks; starts nothing."""

from __future__ import annotations

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.forms import Field
        from django.utils.translation import gettext_lazy as _

        # What an empty field says where it has no better words; set before any form is made, since fields keep theirs.
        Field.default_error_messages |= {"required": _("Fill this in.")}
        from events import checks

        checks.register_all()
