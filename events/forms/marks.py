"""What people leave at a delivery: words that gather it with others, and notes."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.domain.filter_values import tag_word
from events.domain.redaction import hide_keys, scrub

LONGEST_TAG, MOST_TAGS = 40, 20
LONGEST_NOTE = 2_000
MASKED, WRITTEN = "masked", "written"


class TagForm(forms.Form):
    """One or more tags, parted by blanks or commas; `words` gives them in their one form, none twice.

    `there` are those that the delivery has, `hidden` the buyer's values, which are no tags.
    """

    words = forms.CharField(
        label=gettext_lazy("Add tags"),
        max_length=400,
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "list": "tags-in-use",
                "placeholder": gettext_lazy("lebaran, follow-up"),
            }
        ),
        error_messages={"required": gettext_lazy("Write a word, like lebaran.")},
    )

    def __init__(self, *args: Any, there: Collection[str] = (), hidden: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "tags-%s", **kwargs})
        self.there = there
        self.hidden = hidden

    def clean_words(self) -> list[str]:
        typed: str = self.cleaned_data["words"]
        if scrub(typed, self.hidden) != typed:
            raise forms.ValidationError(
                _("A tag stands in lists and addresses, so it holds nothing of a buyer. Write it into a note instead.")
            )
        found = [_tag(word) for word in re.split(r"[\s,;]+", typed) if word]
        new = [word for word in dict.fromkeys(found) if word not in self.there]
        if len(self.there) + len(new) > MOST_TAGS:
            raise forms.ValidationError(
                _("A delivery has %(most)d tags at most. Remove one that is no longer needed.") % {"most": MOST_TAGS}
            )
        return new


def _tag(word: str) -> str:
    if len(word.lstrip("#")) > LONGEST_TAG:
        raise forms.ValidationError(_("A tag has %(most)d letters at most.") % {"most": LONGEST_TAG})
    tag = tag_word(word)
    if not tag:
        raise forms.ValidationError(_("“%(word)s” holds no letter and no digit.") % {"word": word})
    return tag


class NoteText(forms.CharField):
    """A browser sends a line's end as two signs, and counts it as one."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class NoteForm(forms.Form):
    """A note. Where something of a buyer stands in it, it is kept once `as` says how: masked, or as it is written.

    `hidden` are the buyer's values; `masked` is then the text without them, and "" where it holds none.
    """

    text = NoteText(
        label=gettext_lazy("Note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )

    def __init__(self, *args: Any, hidden: Collection[str] = (), name: str = "note", **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{name}-%s", **kwargs})
        self.hidden = hidden
        self.masked = ""

    def clean_text(self) -> str:
        # A storefront key is shown to nobody, and nobody types one in for everybody to read.
        text = hide_keys(self.cleaned_data["text"])
        masked = scrub(text, self.hidden)
        choice = self.data.get("as", "")
        if masked == text or choice == WRITTEN:
            return text
        if choice == MASKED:
            return masked
        self.masked = masked
        raise forms.ValidationError(
            _("Something of a buyer stands in it, and everybody who sees the log will read it."), code="buyer"
        )
