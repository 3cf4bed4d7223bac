"""The name of a preset, new or changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.domain.matching import holds_contact
from events.forms.pasted import KeepsNoKeys
from events.models import Preset, Store
from events.models.preset import MOST_PRESETS, NAME_LENGTH


class PresetForm(KeepsNoKeys, forms.Form):
    """For a new preset of a store, or for `preset`, which is renamed."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("Everybody who composes for this store sees it. No e-mail and no phone."),
        widget=forms.TextInput({"autocomplete": "off", "placeholder": gettext_lazy("Purchase, cash on delivery")}),
        error_messages={"required": gettext_lazy("Give the preset a name.")},
    )

    def __init__(self, data: Any = None, *, store: Store, preset: Preset | None = None) -> None:
        super().__init__(data, initial={"name": preset.name} if preset else {})
        self.store, self.preset = store, preset

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if holds_contact(name):
            raise forms.ValidationError(_("This holds an e-mail or a phone. Name the preset without it."))
        others = self.store.presets.filter(name__iexact=name)
        if (others.exclude(pk=self.preset.pk) if self.preset else others).exists():
            raise forms.ValidationError(_("The store has a preset of this name. Choose another name."))
        return name

    def clean(self) -> dict[str, Any]:
        if self.preset is None and self.store.presets.count() >= MOST_PRESETS:
            raise forms.ValidationError(
                _("The store has %(most)s presets, and more do not fit. Remove one first.") % {"most": MOST_PRESETS}
            )
        return self.cleaned_data
