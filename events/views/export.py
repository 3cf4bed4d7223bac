"""What a search found, as a file: masked for everybody, in clear for whoever may and says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial

from django.db import Error
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.domain.export.formats import Format, writer_of
from events.domain.rights import Action
from events.forms.export import ClearExportForm, ExportForm
from events.forms.log import Address
from events.models import Delivery, Person
from events.models.audit import Act, record
from events.views.access import PersonRequest, needs
from events.views.exporting import Export
from events.views.files import as_file
from events.views.log_page import in_words

# What the record of an address may hold.
_LONGEST_ADDRESS = 200


@needs(Action.SEE_LOG)
@require_safe
def log_export(request: PersonRequest) -> HttpResponseBase:
    """`?format=` names the file, the rest is the log's own address: the same rows, from the newest on."""
    form = ExportForm(request.GET)
    if not form.is_valid():
        raise Http404
    return _file(request, Format(form.cleaned_data["format"]), reason="")


@needs(Action.EXPORT_CLEAR)
@require_http_methods(["GET", "HEAD", "POST"])
def log_export_clear(request: PersonRequest) -> HttpResponseBase:
    """The form that asks for a reason, and with one the file. The search stays in the address of both."""
    form = ClearExportForm(request.POST or None, initial={"format": Format.CSV})
    if form.is_valid():
        return _file(request, Format(form.cleaned_data["format"]), reason=form.cleaned_data["reason"])
    query = _address(request).encoded()
    context = {
        "form": form,
        "title": _("Export buyers' values in clear"),
        "what": _("What this search found: %(search)s") % {"search": in_words(_address(request))},
        "back": reverse("log") + (f"?{query}" if query else ""),
        "here": reverse("log_export_clear") + (f"?{query}" if query else ""),
    }
    return render(request, "events/export_clear.html", context, status=422 if form.is_bound else 200)


def _address(request: PersonRequest) -> Address:
    """What is searched, with no buyer's value in clear: this form of it is shown and recorded."""
    return replace(Address.of(request.GET), cursor="").hidden()


def _file(request: PersonRequest, kind: Format, *, reason: str) -> HttpResponseBase:
    """Streamed: the first rows leave while the last ones have not been read yet."""
    Delivery.objects.close_expired(timezone.now())
    address, is_clear = _address(request), bool(reason)
    writer = writer_of(kind, is_clear=is_clear)
    export = Export(address.query, writer, is_clear=is_clear, root=request.build_absolute_uri("/"))
    keep = partial(_keep_record, request.user, address, kind, reason)
    if is_clear:
        # Before the first byte: an export that cannot be written down does not begin.
        keep("begun")
    response = StreamingHttpResponse(_counted(export, keep), content_type=writer.media_type)
    name = f"scalev-log-{timezone.localtime():%Y-%m-%d}{'-in-clear' if is_clear else ''}.{writer.suffix}"
    return as_file(response, name)


def _counted(export: Export, keep: Callable[[str], object]) -> Iterator[bytes]:
    """The pieces; once they end, or the reader hangs up, how many deliveries they held is written down."""
    try:
        yield from export
    finally:
        # What was handed out is out: a busy database must not make a whole file look broken.
        with suppress(Error):
            keep(f"{export.count} deliveries" if export.is_whole else f"broken off after {export.count} deliveries")


def _keep_record(by: Person, address: Address, kind: Format, reason: str, outcome: str) -> None:
    query = address.encoded()
    url = reverse("log") + (f"?{query}" if query else "")
    record(
        Act.EXPORTED_CLEAR if reason else Act.EXPORTED,
        by=by,
        target=str(address.query) or _("the whole log"),
        url=url if len(url) <= _LONGEST_ADDRESS else "",
        fields=[kind.value, outcome],
        reason=reason,
    )
