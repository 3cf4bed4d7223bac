"""A store's product payload, pasted or uploaded, and the items read of it on their way through the question."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.domain import contract
from events.domain.catalogue import Item
from events.domain.product_payload import NotProducts, Products, read_products
from events.domain.text import Text
from events.forms.pasted import KeepsNoKeys

MOST_BYTES = 5 * 1_048_576
_MEGABYTE = 1_048_576


class ProductsForm(KeepsNoKeys, forms.Form):
    """`read` gives the items of what was pasted; of an uploaded file where there is one."""

    text = forms.CharField(
        label=gettext_lazy("Product payload"),
        required=False,
        strip=False,
        help_text=gettext_lazy("JSON of one product, one bundle or several; what stands around them does not matter."),
        widget=forms.Textarea({"rows": 10, "class": "input-mono", "spellcheck": "false", "data-as-file": "id_file"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file with it"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Up to 5 MB. Where both are given, the file counts."),
        widget=forms.FileInput({"accept": ".json,.txt,application/json", "data-most-bytes": MOST_BYTES}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["file"].widget.attrs["data-too-large"] = _("This file is larger than 5 MB. Take some products out.")

    def clean_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MOST_BYTES:
            size = f"{(file.size or 0) / _MEGABYTE:.1f}"
            raise forms.ValidationError(
                _("This file has %(size)s MB, and 5 fit. Take some products out.") % {"size": size}
            )
        return file

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.cleaned_data["file"] and not self.cleaned_data["text"].strip():
            self.add_error("text", _("Paste a product payload here, or choose a file with one."))
        return self.cleaned_data

    @property
    def given(self) -> str:
        """The field that counts."""
        return "file" if self.cleaned_data.get("file") else "text"

    def read(self) -> Products:
        """For a form that is valid. Raises `NotProducts`."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        return read_products(file.read() if file else self.cleaned_data["text"])


def packed(items: Iterable[Item]) -> str:
    """Items as a hidden field carries them: small, and read again as strictly as at first."""
    rows = [
        {
            contract.LINE_ID_KEYS[item.kind]: item.unique_id,
            "fullname": item.name,
            "sku": item.sku,
            "price": item.price,
            "currency": item.currency,
            "is_active": item.is_active,
        }
        for item in items
    ]
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(rows).encode())).decode()


def unpacked(text: str) -> Products:
    """Raises `NotProducts` for what `packed` did not make."""
    try:
        unpacking = zlib.decompressobj()
        source = unpacking.decompress(base64.urlsafe_b64decode(text), MOST_BYTES)
    except (ValueError, zlib.error) as error:
        raise NotProducts(Text("The items got lost on the way. Paste the payload once more.")) from error
    return read_products(source)
