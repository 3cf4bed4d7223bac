"""Choosing a time zone: Indonesia's three first, then the world by region."""

from __future__ import annotations

import functools
import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

INDONESIA = (
    ("Asia/Jakarta", "Jakarta (WIB, UTC+7)"),
    ("Asia/Makassar", "Makassar (WITA, UTC+8)"),
    ("Asia/Jayapura", "Jayapura (WIT, UTC+9)"),
)
REGIONS = ("Asia", "Africa", "America", "Antarctica", "Atlantic", "Australia", "Europe", "Indian", "Pacific")

Choices = list[tuple[str, list[tuple[str, str]]]]


@functools.cache
def _regions() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    # Cached: the names are gathered by walking through the machine's files.
    names = sorted(zoneinfo.available_timezones() - {name for name, _label in INDONESIA})
    return tuple(
        (region, tuple((name, _place(name)) for name in names if name.startswith(f"{region}/"))) for region in REGIONS
    )


def _place(name: str) -> str:
    """The place first, so that typing its first letters finds it: `Buenos Aires, Argentina`."""
    return ", ".join(reversed(name.replace("_", " ").split("/")[1:]))


def zone_choices() -> Choices:
    """Groups for a select, as Django takes them."""
    rest = [(region, list(places)) for region, places in _regions()]
    return [(_("Indonesia"), list(INDONESIA)), *rest, (_("Other"), [("UTC", "UTC")])]


class ZoneField(forms.ChoiceField):
    """A zone by its IANA name. Browsers jump to an entry as its first letters are typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Time zone"))
        super().__init__(choices=zone_choices, **kwargs)

    def offer(self, name: str) -> None:
        """Keep a zone choosable that is stored already but stands under no region here."""
        if name and not self.valid_value(name):
            self.choices = [*zone_choices(), (_("Now"), [(name, name)])]
