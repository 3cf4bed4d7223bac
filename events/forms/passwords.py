"""Choosing a password: the two fields that an invitation and the profile share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models.person import Person

# Longer ones are no safer, and each costs the server work to hash.
PASSWORD_MAX_LENGTH = 200


def new_password_field(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=PASSWORD_MAX_LENGTH, help_text=help_text)


class NewPasswordForm(forms.Form):
    """A new password for `person`, typed twice. `cleaned_data["password"]` is fit for use."""

    password = new_password_field(
        gettext_lazy("New password"),
        gettext_lazy("At least 12 characters: three or four words that do not belong together are good."),
    )
    password_again = new_password_field(gettext_lazy("The same password again"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.get("password")
        if password is None:
            return cleaned
        if "password_again" in cleaned and cleaned["password_again"] != password:
            self.add_error("password_again", _("These two are not the same: type the new password once more."))
        try:
            password_validation.validate_password(password, self.person_as_typed())
        except ValidationError as error:
            self.add_error("password", error)
        return cleaned

    def person_as_typed(self) -> Person:
        """Whose name and e-mail the password must not resemble."""
        return self.person
