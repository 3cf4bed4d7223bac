"""What an admin types about people: an invitation, and a person's name, role and time zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.zones import ZoneField
from events.models.person import Person, RoleChoices, normal_email

if TYPE_CHECKING:
    FormOfPerson = forms.ModelForm[Person]
else:  # Django's class takes no subscript at run time
    FormOfPerson = forms.ModelForm

ROLE_HELP = gettext_lazy(
    "Marketers compose and send. Support sees and resends what anybody sent. Admins manage stores, keys and people."
)


class InviteForm(forms.Form):
    """Whom to let in, and as what."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("They sign in with it. No mail is sent: you pass the link on yourself."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("They can change it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=RoleChoices, initial=RoleChoices.MARKETER, help_text=ROLE_HELP
    )

    def clean_email(self) -> str:
        email = normal_email(self.cleaned_data["email"])
        person = Person.objects.filter(email=email).first()
        if person is not None and person.is_active:
            raise forms.ValidationError(
                _("%(name)s has this e-mail already. For a forgotten password, make a link on their own page."),
                params={"name": person.name},
            )
        if person is not None:
            raise forms.ValidationError(
                _("This e-mail belongs to %(name)s, whose account is deactivated. Reactivate it on their own page."),
                params={"name": person.name},
            )
        return email


class PersonForm(FormOfPerson):
    """A colleague as an admin changes them; the e-mail stays, since it is what they sign in with."""

    zone = ZoneField(help_text=gettext_lazy("Times are shown in it."))

    class Meta:
        model = Person
        fields = ("name", "role", "zone")
        help_texts = {"role": ROLE_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_own_zone(self)


def offer_own_zone(form: FormOfPerson) -> None:
    """Let a person keep a zone that this machine's list no longer has."""
    field = form.fields["zone"]
    if isinstance(field, ZoneField):
        field.offer(form.instance.zone)
