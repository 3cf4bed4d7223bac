"""HTML by nesting calls: whatever is not markup already is escaped, so no page can forget to."""

from html import escape
from typing import TypeAlias


class Markup(str):
    """Text that is HTML. Only `tag`, `together` and constants of this package make it."""

    __slots__ = ()


Child: TypeAlias = str | int | None

_VOID = {"meta", "link", "br"}


def tag(name: str, *children: Child, **attributes: str | None) -> Markup:
    """One element. A trailing `_` in an attribute's name falls off, other `_` become `-`; None leaves it out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = together(*children)
    return Markup(f"<{name}{written}>" if name in _VOID else f"<{name}{written}>{inside}</{name}>")


def together(*children: Child) -> Markup:
    """Children side by side; None is nothing."""
    return Markup("".join(_escaped(child) for child in children if child is not None))


def _escaped(child: Child) -> str:
    return child if isinstance(child, Markup) else escape(str(child))
