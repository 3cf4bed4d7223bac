"""A recording of a visit, as a browser's developer tools save it."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEGABYTE = 1_000_000
# What fits into one request (`serve`), form and all. The page's script sends far less of a recording than this.
MOST_SENT = 64 * MEGABYTE


class RecordingForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The recording (HAR)"),
        allow_empty_file=True,
        error_messages={
            "required": gettext_lazy("Choose a recording first: the file that ends in .har."),
            "invalid": gettext_lazy("Choose a recording first: the file that ends in .har."),
        },
        widget=forms.FileInput({"accept": ".har,.gz,.json"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        attrs = self.fields["file"].widget.attrs
        attrs["data-most-sent"] = str(MOST_SENT)
        attrs["data-too-large"] = _too_large()

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_SENT:
            raise forms.ValidationError(_too_large())
        return file


def _too_large() -> str:
    words = _(
        "This file is larger than %(size)s MB. Pack it with gzip, or record the visit again without the downloads "
        "around it."
    )
    return words % {"size": MOST_SENT // MEGABYTE}
