"""Forms that take a text, or a file with it, as for a page that is pasted into."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise

_MEGABYTE = 1_048_576


class TextOrFileForm(forms.Form):
    """The fields `text` and `file` are the subclass's own; where both are given, the file counts.

    `nothing_given` is what it says where neither is, `file_too_large` what its page says of a file of more than
    `most_bytes` before it is sent, and `file_has_too_many` afterwards, with its megabytes as `%(size)s`.
    """

    most_bytes: ClassVar[int]
    nothing_given: ClassVar[Promise]
    file_too_large: ClassVar[Promise]
    file_has_too_many: ClassVar[Promise]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        attrs = self.fields["file"].widget.attrs
        attrs["data-most-bytes"], attrs["data-too-large"] = self.most_bytes, str(self.file_too_large)

    def clean_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > self.most_bytes:
            size = f"{(file.size or 0) / _MEGABYTE:.1f}"
            raise forms.ValidationError(str(self.file_has_too_many) % {"size": size})
        return file

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.cleaned_data["file"] and not self.cleaned_data["text"].strip():
            self.add_error("text", str(self.nothing_given))
        return self.cleaned_data

    @property
    def given(self) -> str:
        """The field that counts."""
        return "file" if self.cleaned_data.get("file") else "text"
