"""The data that a browser would send for the form of a page, read from its HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict


class _Inputs(HTMLParser):
    """Collects the names and values of the form controls that are sent without being pressed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.data = FormData(mutable=True)
        self._select = ""
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and name and given.get("type") not in ("submit", "checkbox", "radio"):
            self.data.appendlist(name, value)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.data):
            self.data[self._select] = value
        elif tag == "textarea":
            self._textarea = name
            self.data[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.data[self._textarea] = f"{self.data[self._textarea]}{data}".removeprefix("\n")


class FormData(QueryDict):
    """A form's data; `but` gives a changed copy."""

    def but(self, changes: dict[str, str]) -> QueryDict:
        changed = self.copy()
        for name, value in changes.items():
            changed[name] = value
        return changed


def inputs_of(response: Any) -> FormData:
    parser = _Inputs()
    parser.feed(response.content.decode())
    return parser.data
