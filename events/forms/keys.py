"""The form of a storefront key: written once, checked for every mistake of pasting, never shown again."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.domain import contract
from events.domain.credentials import has_secret_key
from events.forms.pasted import SECRET_KEY_REFUSED, KeepsNoKeys, trimmed
from events.models import Person, Store, StorefrontKey, encryption
from events.models.key import KeptAlready

# `-H 'Name: value'`, as commands are copied out of manuals.
_HEADER = re.compile(r"(?:-H\s*|--header\s+)?[\"']?([A-Za-z][A-Za-z-]{2,60})\s*:\s*(.*?)[\"']?\Z", re.DOTALL)
_BEARER = re.compile(r"bearer\s+", re.IGNORECASE)
_PAGE_HEADER = "x-scalev-page-api-key"


class WriteOnlyInput(forms.TextInput):
    """A text input that never renders what was submitted."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class StorefrontKeyField(forms.CharField):
    """A publishable storefront key, `sfpk_…`; cleans to what may stand in a header."""

    widget = WriteOnlyInput(
        attrs={"class": "input-mono", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
    )
    default_error_messages = {
        "secret": SECRET_KEY_REFUSED,
        "page": gettext_lazy(
            "This is a page key (X-Scalev-Page-Api-Key). Scalev refuses it here: the events of a store need its "
            "storefront key, which begins with sfpk_. It was not stored."
        ),
        "store_id": gettext_lazy(
            "This is a store ID. The storefront key begins with sfpk_ and stands among the store's public API keys."
        ),
        "number": gettext_lazy(
            "This is a number, such as the store's in Scalev's own pages. The storefront key begins with sfpk_ and "
            "stands among the store's public API keys."
        ),
        "space": gettext_lazy("There is a blank or a line break inside. Copy the key again, alone and in one piece."),
        "characters": gettext_lazy(
            "There are characters in it that no storefront key has, such as accents or dots from a masked key. "
            "Copy the key again from Scalev."
        ),
        "prefix": gettext_lazy(
            "A storefront key begins with sfpk_, and this does not. If Scalev shows it for a page, it is a page key; "
            "those do not work here. It was not stored."
        ),
        "form": gettext_lazy("This is too short or too long for a storefront key. Copy it again in one piece."),
    }

    def to_python(self, value: Any) -> str:
        header, text = _unwrapped(trimmed(super().to_python(value) or ""))
        problem = _problem(header, text)
        if problem:
            raise forms.ValidationError(self.error_messages[problem], code=problem)
        return text


def _unwrapped(text: str) -> tuple[str, str]:
    """The name of the header that a key was pasted with, lower-cased, or "", and the key alone."""
    match = _HEADER.match(text)
    header, text = (match.group(1).lower(), trimmed(match.group(2))) if match else ("", text)
    return header, trimmed(_BEARER.sub("", text, count=1) if _BEARER.match(text) else text)


def _problem(header: str, text: str) -> str:
    """Which of the field's messages fits, "" for a storefront key."""
    if not text:
        return ""  # the field itself asks for one
    mistakes = {
        "secret": has_secret_key(text) or text.lower().startswith(("sk_", "rk_")),
        "page": header == _PAGE_HEADER,
        "space": re.search(r"\s", text),
        "characters": not text.isascii() or not text.isprintable(),
        "store_id": text.startswith("store_"),
        "number": text.isdigit(),
        "prefix": not text.startswith(contract.KEY_PREFIX),
        "form": not contract.KEY_FORM.match(text),
    }
    return next((name for name, is_made in mistakes.items() if is_made), "")


class KeyForm(KeepsNoKeys, forms.Form):
    """Adds one storefront key to a store; what was typed into its field is in no rendering of it."""

    key_field = "storefront_key"

    storefront_key = StorefrontKeyField(
        label=gettext_lazy("Storefront key"),
        help_text=gettext_lazy("Begins with sfpk_. Encrypted when it is saved, and never shown again."),
    )
    label = forms.CharField(
        label=gettext_lazy("Label"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Where it is used, for example Website or Landing pages."),
    )

    def __init__(self, data: Any = None, *, store: Store, **kwargs: Any) -> None:
        self.store = store
        super().__init__(data, **kwargs)

    def keep(self, *, by: Person | None) -> StorefrontKey | None:
        """Store the key, or put the reason why not beside the field and return None."""
        value, label = self.cleaned_data["storefront_key"], self.cleaned_data["label"]
        try:
            return StorefrontKey.add(self.store, value, label=label, by=by)
        except KeptAlready:
            self.add_error("storefront_key", _("This store has this key already: see the list above."))
        except encryption.Unreadable as error:
            self.add_error(None, _("The key was not stored. %(reason)s") % {"reason": error.words})
        return None
