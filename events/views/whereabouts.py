"""Where a delivery is shown: on a page of its own, or beside the list of a search."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse


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
        return reverse("delivery", args=[pk]) + (f"?{urlencode({'from': self.query})}" if self.query else "")

    def beside(self, pk: int) -> str:
        return self._log_with("open", pk)

    def _log_with(self, name: str, pk: int) -> str:
        return f"{reverse('log')}?{self.query}{'&' if self.query else ''}{name}={pk}"
