"""A store's product payload, pasted or uploaded, and the items read of it on their way through the question."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from events.domain import contract
from events.domain.catalogue import Item
from events.domain.product_payload import NotProducts, Products, read_products
from events.domain.text import Text
from events.forms.pasted import KeepsNoKeys
from events.forms.text_or_file import TextOrFileForm

MOST_BYTES = 5 * 1_048_576


class ProductsForm(KeepsNoKeys, TextOrFileForm):
    """`read` gives the items of what was pasted; of an uploaded file where there is one."""

    most_bytes = MOST_BYTES
    nothing_given = gettext_lazy("Paste a product payload here, or choose a file with one.")
    file_too_large = gettext_lazy("This file is larger than 5 MB. Take some products out.")
    file_has_too_many = gettext_lazy("This file has %(size)s MB, and 5 fit. Take some products out.")

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
        widget=forms.FileInput({"accept": ".json,.txt,application/json"}),
    )

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
