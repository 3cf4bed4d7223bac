"""Text typed by a person and the JSON value it stands for, there and back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.domain.text import Text
from events.domain.tree import Array, Json, NotJson, Number, is_number, quoted, read, write

KINDS: dict[str, str | Promise] = {
    "text": _("text"),
    "number": _("number"),
    "boolean": _("true or false"),
    "list": _("list of texts"),
    "json": _("JSON"),
    "null": _("nothing (null)"),
}
# What a one-line input cannot hold or HTML cannot carry; such text is shown as its JSON literal instead.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Mistyped(ValueError):
    """Text that its kind cannot be made of; `text` says what to write instead."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True)
class Row:
    """A key of the person's own with a typed value. `origin` is its place among the base's pairs, if it has one."""

    key: str = ""
    kind: str = "text"
    value: str = ""
    origin: int | None = None


def shown(value: Json) -> str:
    """A value as it stands in an input."""
    if value is None:
        return ""
    if isinstance(value, str):
        return quoted(value) if _UNSHOWABLE.search(value) else value
    if isinstance(value, Array) and kind_of(value) == "list":
        return ", ".join(str(item) for item in value)
    return write(value).decode()


def kind_of(value: Json) -> str:
    """The kind of row in which a value can be typed without losing anything."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "text"
    if isinstance(value, Number):
        return "number"
    return "list" if isinstance(value, Array) and len(value) and all(map(_listable, value)) else "json"


def _listable(item: Json) -> bool:
    return isinstance(item, str) and item == item.strip() != "" and "," not in item and not _UNSHOWABLE.search(item)


def row_of(key: str, value: Json, origin: int) -> Row:
    return Row(key=shown(key), kind=kind_of(value), value=shown(value), origin=origin)


def same(typed: str, drawn: str) -> bool:
    """Whether an input still holds what was drawn in it; browsers drop line breaks and some rewrite them."""
    return re.sub(r"[\r\n]", "", typed) == re.sub(r"[\r\n]", "", drawn)


def number_or_text(typed: str) -> Json:
    """A number where the text is one, else the text as it is: the rules then say what is wrong with it."""
    return Number(typed) if is_number(typed) else typed


def from_row(row: Row) -> Json:
    """The value of a typed row that is not empty. Raises `Mistyped`."""
    typed = row.value.strip()
    if row.kind == "number":
        if not is_number(typed):
            raise Mistyped(Text("This is not a number. Write digits only, such as 189000."))
        return Number(typed)
    if row.kind == "boolean":
        if typed.lower() not in ("true", "false"):
            raise Mistyped(Text("Write true or false."))
        return typed.lower() == "true"
    if row.kind == "list":
        return Array(tuple(item for item in map(str.strip, typed.split(",")) if item))
    if row.kind == "json":
        return read_typed(typed)
    return None if row.kind == "null" else typed


def read_typed(typed: str) -> Json:
    """JSON typed by a person. Raises `Mistyped` with the place."""
    try:
        return read(typed)
    except NotJson as error:
        where = Text(" ({place})", place=error.place) if error.place else Text("")
        raise Mistyped(Text("This cannot be read as JSON: {why}{where}.", why=error.message, where=where)) from error
