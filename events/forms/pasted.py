"""What was pasted into the wrong field, or with too much around it: recognised, never repeated."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.domain.credentials import has_secret_key

# What copying from pages and chats leaves at the ends: blanks, no-break blanks, marks without width.
_EDGES = " \t\r\n\f\v\u00a0\u200b\u200c\u200d\u2060\ufeff"
_QUOTES = "\"'`“”‘’"
STOREFRONT_KEY = re.compile(r"(?<![A-Za-z0-9_])sfpk_[A-Za-z0-9_-]{4,}", re.IGNORECASE)

SECRET_KEY_REFUSED = _(
    "This is a secret business key (sk_ or rk_). It was not stored. It opens the whole Scalev account and does not "
    "work here: if it stood anywhere others can read, revoke it in Scalev. What belongs here begins with sfpk_ and "
    "stands among the store's public API keys."
)
KEY_IN_WRONG_FIELD = _(
    "This is a storefront key. It was not stored: its own field stands on the store's page, once the store is saved."
)


def trimmed(text: str) -> str:
    """The text without what copying leaves around it: blanks, invisible marks, one pair of quotes."""
    text = text.strip(_EDGES)
    if len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1].strip(_EDGES)
    return text


class KeepsNoKeys(forms.BaseForm):
    """A form that forgets any key pasted into one of its text fields before it could be stored or shown again."""

    # The one field that keys are for; it sees to itself.
    key_field = ""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        self.spilled: dict[str, str] = {}
        super().__init__(self._without_keys(data), **kwargs)

    def _without_keys(self, data: Any) -> Any:
        if data is None:
            return None
        kept = data.copy() if isinstance(data, QueryDict) else dict(data)
        for name, text in data.items():
            refusal = _refusal(str(text))
            if refusal and name != self.key_field:
                kept[name] = ""
                self.spilled[name] = refusal
        return kept

    def full_clean(self) -> None:
        super().full_clean()
        for name, refusal in self.spilled.items():
            if name in self.fields:
                # Instead of "this field is required": the field is empty because of what stood in it.
                self.errors.pop(name, None)
                self.add_error(name, forms.ValidationError(refusal))


def _refusal(text: str) -> str:
    if has_secret_key(text):
        return str(SECRET_KEY_REFUSED)
    return str(KEY_IN_WRONG_FIELD) if STOREFRONT_KEY.search(text) else ""
