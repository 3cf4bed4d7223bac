"""With which other delivery one is compared."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Delivery

_NUMBER = re.compile(r"#?\s*(\d{1,18})\Z")
# Its own page, or the list with it open beside.
_LINK = re.compile(r"/log/(?:(\d{1,18})(?![^/?#])|\?(?:[^#]*&)?open=(\d{1,18})(?![^&#]))")


class CompareForm(forms.Form):
    """Cleaned, `other` is the number of a delivery that exists, and is not the one that is `here`."""

    other = forms.CharField(
        label=gettext_lazy("Number or link of another delivery"),
        max_length=4_000,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the number of a delivery, or paste its link.")},
    )

    def __init__(self, *args: Any, here: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "compare-%s", **kwargs})
        self.here = here

    def clean_other(self) -> int:
        written: str = self.cleaned_data["other"]
        found = _NUMBER.match(written) or _LINK.search(written)
        if found is None:
            raise forms.ValidationError(self.fields["other"].error_messages["required"])
        number = int(next(filter(None, found.groups())))
        if number == self.here:
            raise forms.ValidationError(_("This is the delivery that you look at. Choose another one."))
        if not Delivery.objects.filter(pk=number).exists():
            raise forms.ValidationError(_("There is no delivery %(number)d.") % {"number": number})
        return number
