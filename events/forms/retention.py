"""How many days deliveries are kept: one number for every store, and one for each store that differs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Person, Retention, Store
from events.models.retention import FEWEST_DAYS, MOST_DAYS, Limits

_MISTAKE = gettext_lazy("Write a whole number of days from 1 to 3650.")


class DaysField(forms.IntegerField):
    """A number of days, or None for what was left empty."""

    default_error_messages = {"invalid": _MISTAKE, "min_value": _MISTAKE, "max_value": _MISTAKE}

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False, min_value=FEWEST_DAYS, max_value=MOST_DAYS)
        # Text, so that what cannot be read stays there to be mended.
        self.widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "input-mono", "size": 6})
        for validator in self.validators:
            validator.message = _MISTAKE  # type: ignore[attr-defined]


class RetentionForm(forms.Form):
    """Empty keeps for ever; a store's own field left empty, as long as the others."""

    def __init__(self, data: Any = None, *, stores: list[Store]) -> None:
        self.stores = stores
        kept = Limits.kept()
        super().__init__(data, initial={"days": kept.rest, **{_name(pk): days for pk, days in kept.own.items()}})
        self.fields["days"] = DaysField(_("Days"))
        self.fields["days"].help_text = _("Leave it empty to keep deliveries for ever.")
        for store in stores:
            self.fields[_name(store.pk)] = DaysField(_("Days in %(store)s") % {"store": store.name})

    def rows(self) -> Iterator[tuple[Store, forms.BoundField]]:
        """Each store with its field."""
        return ((store, self[_name(store.pk)]) for store in self.stores)

    @property
    def limits(self) -> Limits:
        """What was typed."""
        own = {store.pk: self.cleaned_data[_name(store.pk)] for store in self.stores}
        return Limits(self.cleaned_data["days"], {pk: days for pk, days in own.items() if days})

    def keep(self, *, by: Person, now: datetime) -> list[Store | None]:
        """Write down what differs from before; returns whose days changed, None for all stores."""
        whose: dict[str, Store | None] = {_name(store.pk): store for store in self.stores} | {"days": None}
        changed = [whose[name] for name in self.changed_data]
        with transaction.atomic():
            for name in self.changed_data:
                Retention.objects.filter(store=whose[name]).delete()
                if days := self.cleaned_data[name]:
                    Retention.objects.create(store=whose[name], days=days, changed_at=now, changed_by=by)
        return changed


def _name(store: int) -> str:
    return f"store-{store}"
