"""The forms of a proof: the two addresses that it is tried with, and where both events were seen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.domain.destination import Seen, is_checkout, path_of
from events.domain.diagnosis.places import host_of
from events.forms.pasted import trimmed
from events.models import Store
from events.models.proof import LONGEST_URL


class PageField(forms.CharField):
    """A full address of one of the shop's pages; what Scalev drops of it is cut off."""

    widget = forms.TextInput(attrs={"class": "input-mono", "inputmode": "url", "spellcheck": "false"})
    default_error_messages = {
        "address": _("This is not a full web address. Begin with https:// and the shop's host."),
        "host": _("%(host)s is not among this store's hosts (%(hosts)s). Use a page of this shop."),
    }
    hosts: tuple[str, ...] = ()

    def to_python(self, value: Any) -> str:
        return trimmed(super().to_python(value) or "").partition("?")[0].partition("#")[0]

    def validate(self, value: str) -> None:
        super().validate(value)
        host = host_of(value)
        if not host:
            raise forms.ValidationError(self.error_messages["address"], code="address")
        if self.hosts and not any(host == each or host.endswith(f".{each}") for each in self.hosts):
            params = {"host": host, "hosts": ", ".join(self.hosts)}
            raise forms.ValidationError(self.error_messages["host"], code="host", params=params)


class AddressesForm(forms.Form):
    """A page of the shop and a page of its checkout, of one store."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    home_url = PageField(
        label=_("A page of the shop"),
        max_length=LONGEST_URL,
        help_text=_("Such as its first page, or that of a product."),
    )
    checkout_url = PageField(
        label=_("A page of its checkout"), max_length=LONGEST_URL, help_text=_("As the browser shows it to a buyer.")
    )

    def __init__(self, *args: Any, store: Store, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("home_url", "checkout_url"):
            self.fields[name].hosts = tuple(store.hosts)  # type: ignore[attr-defined]

    def clean_home_url(self) -> str:
        url: str = self.cleaned_data["home_url"]
        if is_checkout(url):
            raise forms.ValidationError(_("This looks like a page of the checkout. Give one of the shop itself here."))
        return url

    def clean_checkout_url(self) -> str:
        url: str = self.cleaned_data["checkout_url"]
        if path_of(url) in ("", path_of(self.cleaned_data.get("home_url", ""))):
            raise forms.ValidationError(_("This is not apart from the shop's page. Give an address of the checkout."))
        return url


_SEEN = (
    (Seen.HOME.value, _("under the pixel of the home pages")),
    (Seen.CHECKOUT.value, _("under the pixel of the checkout")),
    (Seen.BOTH.value, _("under both")),
    (Seen.NOWHERE.value, _("nowhere, after some minutes")),
)


class SightingsForm(forms.Form):
    """Where in Meta's Test Events each of the two was seen."""

    seen_home = forms.ChoiceField(label=_("The first one was seen"), choices=_SEEN, widget=forms.RadioSelect)
    seen_checkout = forms.ChoiceField(label=_("The second one was seen"), choices=_SEEN, widget=forms.RadioSelect)
