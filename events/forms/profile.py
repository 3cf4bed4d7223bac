"""What people change about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.passwords import NewPasswordForm
from events.forms.people import FormOfPerson, offer_own_zone
from events.forms.zones import ZoneField
from events.models.person import Person


class ProfileForm(FormOfPerson):
    """One's own name and time zone."""

    zone = ZoneField(help_text=gettext_lazy("All times in the console are shown in it."))

    class Meta:
        model = Person
        fields = ("name", "zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_own_zone(self)


class ChangePasswordForm(NewPasswordForm):
    """One's own password: who sits at an open console by chance must not be able to change it."""

    current = forms.CharField(
        label=gettext_lazy("Current password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password", "password_again")

    def clean_current(self) -> str:
        current: str = self.cleaned_data["current"]
        if not self.person.check_password(current):
            raise forms.ValidationError(_("This is not your current password."))
        return current
