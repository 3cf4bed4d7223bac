"""Where a delivery is shown: on a page of its own, or beside the list of a search."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict
from django.urls import get_script_prefix, reverse

from events.models import Delivery


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`query` is the log's query string, "" for the whole log."""

    query: str
    is_beside: bool = False

    @property
    def log(self) -> str:
        return reverse("log") + (f"?{self.query}" if self.query else "")

    def row(self, pk: int) -> str:
        """The row of a delivery in the list, on whichever page that stands by now."""
        return f"{self._log_with('row', pk)}#row-{pk}"

    def url(self, pk: int) -> str:
        """A delivery, shown in the same way."""
        return self.beside(pk) if self.is_beside else self.page(pk)

    def page(self, pk: int) -> str:
        before, after = _around_number(get_script_prefix())
        return f"{before}{pk}{after}" + (f"?{urlencode({'from': self.query})}" if self.query else "")

    def beside(self, pk: int) -> str:
        return self._log_with("open", pk)

    def _log_with(self, name: str, pk: int) -> str:
        return f"{reverse('log')}?{self.query}{'&' if self.query else ''}{name}={pk}"


@functools.lru_cache(maxsize=8)  # a page of the log leads to fifty deliveries
def _around_number(_prefix: str) -> tuple[str, str]:
    """What stands before and behind the number in the address of a delivery's page."""
    before, _number, after = reverse("delivery", args=[0]).rpartition("0")
    return before, after


def came_from(request: HttpRequest) -> str:
    """The log's query from which this page was opened, re-encoded so that it can lead nowhere else; "" for none."""
    written = request.POST.get("from", "") or request.GET.get("from", "")
    try:
        return QueryDict(written.rpartition("?")[2]).urlencode() if "=" in written else ""
    except (TooManyFieldsSent, ValueError):
        return ""


def address(request: HttpRequest, delivery: Delivery) -> str:
    """A delivery's page, as reached from the same search."""
    return Whereabouts(came_from(request)).page(delivery.pk)
