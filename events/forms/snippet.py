"""A request that was pasted or saved somewhere else, and what was read of it on its way to the composer."""

from __future__ import annotations

import codecs
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from events.domain.reading import MOST_LETTERS
from events.domain.reading.sign_in import without_sign_ins
from events.domain.redaction import hide_keys
from events.domain.tree import NotJson, Object, read
from events.forms.text_or_file import TextOrFileForm
from events.models import Store

# PowerShell and Notepad save in these.
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class SnippetForm(TextOrFileForm):
    """`source` is what is to be read. Drawn again, it shows no key and no cookie that stood in it."""

    most_bytes = MOST_LETTERS
    nothing_given = gettext_lazy("Paste a request here, or choose a file with one.")
    file_too_large = gettext_lazy(
        "This file is larger than 5 MB. Save the visit again for one page only, or give it to “Check a visit”."
    )
    file_has_too_many = gettext_lazy(
        "This file has %(size)s MB, and 5 fit. Save the visit again for one page only, or give the whole of it to "
        "“Check a visit”."
    )

    text = forms.CharField(
        label=gettext_lazy("The request, as you copied it"),
        required=False,
        strip=False,
        help_text=gettext_lazy("It is read here, never run, and kept nowhere."),
        widget=forms.Textarea({"rows": 14, "class": "input-mono", "spellcheck": "false", "data-as-file": "id_file"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file with it, such as a HAR"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "Up to 5 MB; what is longer than 1 MB goes here. Where both are given, the file counts."
        ),
        widget=forms.FileInput({"accept": ".har,.json,.txt,.sh,.ps1,.html,.js"}),
    )

    @property
    def source(self) -> str:
        """For a form that is valid."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        return _decoded(file.read()) if file else self.cleaned_data["text"].replace("\r\n", "\n")

    def masked(self) -> SnippetForm:
        """The same with every key and cookie in its text masked, for the page that shows it again."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict or a dict
        data["text"] = hide_keys(without_sign_ins(data.get("text", "")))
        self.data = data
        return self


class OpenForm(forms.Form):
    """One of the payloads that were read, and the store it is to be composed for."""

    store = forms.ModelChoiceField(Store.objects.current(), empty_label=None)
    payload = forms.CharField(required=False, strip=False)
    text = forms.CharField(required=False, strip=False)
    named = forms.CharField(required=False, max_length=128)

    def clean_text(self) -> str:
        return hide_keys(self.cleaned_data["text"].replace("\r\n", "\n"))

    def clean_payload(self) -> Object | None:
        written = self.cleaned_data["payload"]
        try:
            tree = read(written) if written else None
        except NotJson as error:
            raise forms.ValidationError(str(error)) from error
        return tree if isinstance(tree, Object) else None


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    return content.decode(encoding, "replace")
