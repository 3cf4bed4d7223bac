"""What an export is asked for: which file, and for one in clear, why."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from events.domain.export.formats import Format

LOG_FILES = [
    (Format.CSV.value, _("CSV, for a spreadsheet")),
    (Format.JSONL.value, _("JSON Lines, for programs")),
    (Format.EXCHANGES.value, _("JSON Lines with request and response")),
    (Format.HAR.value, _("HAR, for a browser's developer tools")),
]
PAGE = "html"
DELIVERY_FILES = [(PAGE, _("A page to mail or print")), (Format.HAR.value, _("HAR, for a browser's developer tools"))]


class ExportForm(forms.Form):
    """One with the buyer masked."""

    format = forms.ChoiceField(label=_("File"), choices=LOG_FILES)


class ClearExportForm(forms.Form):
    """One in clear: whoever hands buyers' data on says why."""

    format = forms.ChoiceField(label=_("File"), choices=LOG_FILES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why do you need them in clear?"),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off", "placeholder": _("Scalev asks for the exact requests")}),
        error_messages={"required": _("Write down why you need them in clear.")},
    )


class DeliveryExportForm(ExportForm):
    format = forms.ChoiceField(label=_("File"), choices=DELIVERY_FILES)


class ClearDeliveryExportForm(ClearExportForm):
    format = forms.ChoiceField(label=_("File"), choices=DELIVERY_FILES, widget=forms.RadioSelect)


class ClearGroupExportForm(ClearExportForm):
    """Of an error group there is one file only."""

    format = forms.ChoiceField(choices=[(PAGE, PAGE)], widget=forms.HiddenInput)
