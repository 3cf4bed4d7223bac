"""Who makes the call to Scalev."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """`server` is this console, `browser` the person's own: Scalev then sees her address and her browser."""

    SERVER = "server", _("Server")
    BROWSER = "browser", _("Browser")
