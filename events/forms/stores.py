"""The form of a store: what Scalev calls it, where it lives, and what a composition for it starts from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from events.domain import contract
from events.forms.pasted import KeepsNoKeys, trimmed
from events.models import Store
from events.models.channel import Channel
from events.models.store import PRODUCTION, usual_channel

if TYPE_CHECKING:
    FormOfStore = forms.ModelForm[Store]
else:  # Django's class takes no subscript at run time
    FormOfStore = forms.ModelForm

MOST_HOSTS = 50
_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])\Z")
_STORE_ID_IN_URL = re.compile(r"/(store_[A-Za-z0-9_-]{1,120})(?:[/?#]|\Z)")

# What people write for the codes that are meant.
_CURRENCIES = {"RP": "IDR", "RUPIAH": "IDR", "$": "USD", "US$": "USD", "RM": "MYR", "S$": "SGD", "€": "EUR"}
_COUNTRIES = {
    "uk": "gb",
    "england": "gb",
    "ina": "id",
    "idn": "id",
    "indonesia": "id",
    "malaysia": "my",
    "singapore": "sg",
    "usa": "us",
    "62": "id",
    "+62": "id",
}


class StoreIdField(forms.CharField):
    """A store's unique ID; each wrong thing that people paste here gets its own words."""

    default_error_messages = {
        "number": _(
            "This is the number from Scalev's address bar. The unique ID is meant here: it begins with store_, and "
            "Scalev calls it unique_id."
        ),
        "taken_from_url": _("This was a whole address. The store ID in it now stands in the field: check it and save."),
        "url": _("This is the address of a page. The store's unique ID is meant here: it begins with store_."),
        "other_id": _("This is the ID of something else (%(kind)s). A store's unique ID begins with store_."),
        "space": _("A store ID has no blanks or line breaks in it. Paste the ID alone."),
        "form": _("A store ID is store_ and letters or digits, for example store_vlzpML8edzxO5roOdV7Oyfn6."),
    }

    def to_python(self, value: Any) -> str:
        return trimmed(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        problem = _store_id_problem(value)
        if problem:
            kind = value.rpartition("_")[0]
            raise forms.ValidationError(self.error_messages[problem], code=problem, params={"kind": kind})


def _store_id_problem(value: str) -> str:
    """Which of the field's messages fits, "" for a store ID."""
    if contract.STORE_ID_FORM.match(value):
        return ""
    if re.search(r"\s", value):
        return "space"
    if value.isdigit():
        return "number"
    if "/" in value:
        return "taken_from_url" if _STORE_ID_IN_URL.search(value) else "url"
    if re.match(r"(variant|bundle_price_option|bundle|product|page|order|business|customer)_\w", value):
        return "other_id"
    return "form"


class HostsField(forms.CharField):
    """Host names, one a line or parted by commas or blanks; of an address only its host is taken."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none"})
    default_error_messages = {
        "host": _("“%(host)s” is not a host name. Write it like batiknusantara.id, without a path."),
        "many": _("At most %(limit)s hosts fit here."),
    }

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = [word for word in re.split(r"[\s,;]+", trimmed(super().to_python(value) or "")) if word]
        if len(words) > MOST_HOSTS:
            raise forms.ValidationError(self.error_messages["many"], code="many", params={"limit": MOST_HOSTS})
        return list(dict.fromkeys(self._host(word) for word in words))

    def _host(self, word: str) -> str:
        host = host_of(word)
        if not host:
            raise forms.ValidationError(self.error_messages["host"], code="host", params={"host": word[:100]})
        return host


def host_of(word: str) -> str:
    """The host name of an address or of itself, lower-cased and in ASCII; "" where there is none."""
    try:
        host = urlsplit(word if "//" in word else f"//{word}").hostname or ""
        host = host.rstrip(".").encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""
    return host if host == "localhost" or _HOST.match(host) else ""


class StoreForm(KeepsNoKeys, FormOfStore):
    store_id = StoreIdField(
        label=_("Store ID"),
        widget=forms.TextInput(attrs={"class": "input-mono", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Scalev's unique ID of the store. It begins with store_ and is not the number in the address bar."),
    )
    environment = forms.ChoiceField(label=_("Environment"), initial=PRODUCTION)
    hosts = HostsField(
        label=_("The shop's hosts"),
        required=False,
        help_text=_("One a line, like batiknusantara.id. A pasted address is fine: its host is taken."),
    )
    currency = forms.CharField(label=_("Currency"), initial="IDR", help_text=_("Three letters (ISO 4217), like IDR."))
    country = forms.CharField(
        label=_("Country"), initial="id", help_text=_("Two letters (ISO 3166), like id for Indonesia.")
    )
    browser_sends = forms.BooleanField(
        label=_("May be sent to from a person's own browser"),
        required=False,
        initial=True,
        help_text=_(
            "Scalev then sees that person's address and browser, as it sees a buyer's. The page that sends gets the "
            "storefront key in clear, and that is recorded."
        ),
    )
    default_channel = forms.ChoiceField(
        label=_("Channel offered first"),
        required=False,
        choices=[("", _("Browser for production, server elsewhere")), *Channel.choices],
    )

    class Meta:
        model = Store
        fields = ("name", "store_id", "environment", "hosts", "currency", "country", "browser_sends", "default_channel")
        labels = {"name": _("Name")}
        help_texts = {"name": _("What your team calls it, for example Toko Batik Nusantara.")}

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["environment"].choices = self._environments()  # type: ignore[attr-defined]  # a ChoiceField
        for name in ("currency", "country"):
            self.fields[name].widget.attrs["class"] = "input-short"

    def _environments(self) -> list[tuple[str, Any]]:
        """The environments of the settings, production first; a store's own stays on offer after it left them."""
        names = sorted(settings.SCALEV_ENVIRONMENTS, key=lambda name: name != PRODUCTION)
        choices: list[tuple[str, Any]] = [(name, f"{name} · {settings.SCALEV_ENVIRONMENTS[name]}") for name in names]
        own = self.instance.environment if self.instance.pk else ""
        if own and own not in names:
            gone = _("%(name)s · no longer in the settings") % {"name": own}
            choices.insert(0, (own, gone))
        return choices

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if contract.STORE_ID_FORM.match(name):
            raise forms.ValidationError(_("This is a store ID. Here stands what your team calls the store."))
        namesake = Store.objects.current().filter(name__iexact=name).exclude(pk=self.instance.pk)
        if namesake.exists():
            raise forms.ValidationError(_("Another store has this name. Give each its own: people choose by it."))
        return name

    def clean_currency(self) -> str:
        written = trimmed(self.cleaned_data["currency"]).upper()
        return _code(written, r"[A-Z]{3}\Z", _CURRENCIES, _("A currency has three letters (ISO 4217), like IDR."))

    def clean_country(self) -> str:
        written = trimmed(self.cleaned_data["country"]).lower()
        return _code(written, r"[a-z]{2}\Z", _COUNTRIES, _("A country has two letters (ISO 3166), like id."))

    def clean_default_channel(self) -> str:
        """What was chosen; left alone, the channel that a store of this environment usually begins with."""
        return self.cleaned_data["default_channel"] or usual_channel(self.cleaned_data.get("environment", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        twin = Store.objects.filter(store_id=cleaned.get("store_id"), environment=cleaned.get("environment"))
        found = twin.exclude(pk=self.instance.pk).first()
        if found and found.archived_at:
            archived = _("“%(name)s” has this store ID and is archived. Bring it back instead of adding it again.")
            self.add_error("store_id", forms.ValidationError(archived, params={"name": found.name}))
        elif found:
            taken = _("“%(name)s” in the same environment has this store ID already.")
            self.add_error("store_id", forms.ValidationError(taken, params={"name": found.name}))
        self._offer_id_from_url()
        return cleaned

    def _offer_id_from_url(self) -> None:
        """Put the store ID of a pasted address into the field: a person looks at it before it is saved."""
        found = _STORE_ID_IN_URL.search(str(self.data.get("store_id", "")))
        if found and self.has_error("store_id", "taken_from_url"):
            data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict or a dict
            data["store_id"] = found.group(1)
            self.data = data


def _code(written: str, form: str, known: dict[str, str], otherwise: Any) -> str:
    meant = known.get(written)
    if meant:
        instead = _("“%(written)s” is written %(meant)s here.")
        raise forms.ValidationError(instead, params={"written": written, "meant": meant})
    if not re.match(form, written):
        raise forms.ValidationError(otherwise)
    return written
