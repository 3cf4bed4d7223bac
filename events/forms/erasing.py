"""Whom to erase, why, and that it is meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.domain.buyer import Buyer
from events.domain.matching import is_email, is_phone

_PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class BuyerForm(forms.Form):
    """A buyer by one or several of what she is known by, each whole."""

    email = forms.CharField(
        label=gettext_lazy("Her e-mail"), required=False, max_length=254, widget=forms.TextInput(_PLAIN)
    )
    phone = forms.CharField(
        label=gettext_lazy("Her phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(_PLAIN | {"inputmode": "tel"}),
        help_text=gettext_lazy("In any spelling: 0812…, +62 812…"),
    )
    external_id = forms.CharField(
        label=gettext_lazy("Her external ID"), required=False, max_length=200, widget=forms.TextInput(_PLAIN)
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email and not is_email(email):
            raise forms.ValidationError(_("Write the whole address. A part of it may be somebody else's, too."))
        return email

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not is_phone(phone):
            raise forms.ValidationError(_("Write the whole number, 8 to 15 digits."))
        return phone

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.buyer:
            raise forms.ValidationError(_("Write down what she is known by: her e-mail, her phone or her external ID."))
        return self.cleaned_data

    @property
    def buyer(self) -> Buyer:
        return Buyer(**{name: self.cleaned_data.get(name, "") for name in ("email", "phone", "external_id")})


class EraseForm(BuyerForm):
    """The second step. `seen` is how many deliveries the page showed before; `without_her` takes her out of a text."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why is she erased?"),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off", "placeholder": gettext_lazy("She asked for it by mail")}),
        help_text=gettext_lazy("It is recorded, and stays. Do not name her in it."),
        error_messages={"required": gettext_lazy("Write down why she is erased.")},
    )
    meant = forms.BooleanField(
        label=gettext_lazy("Erase her for ever. Nobody can bring it back."),
        error_messages={"required": gettext_lazy("Tick this if you mean it.")},
    )

    def __init__(self, *args: Any, without_her: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._without_her = without_her

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if self._without_her(reason) != reason:
            raise forms.ValidationError(_("This names her, and would stay. Write the reason without her."))
        return reason
