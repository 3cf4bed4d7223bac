"""The invited person's side of an invitation: a name and a password."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.passwords import NewPasswordForm
from events.models.person import Person


class JoinForm(NewPasswordForm):
    """For a new colleague; somebody who only forgot the password gets `NewPasswordForm`."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        help_text=_("Your colleagues see it beside what you send."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "password", "password_again")

    def person_as_typed(self) -> Person:
        return Person(email=self.person.email, name=self.cleaned_data.get("name", ""))
