"""The lines of the cart: the IDs by which Scalev knows variants and bundles."""

from __future__ import annotations

from collections.abc import Iterator

from events.domain.circumstances import Circumstances
from events.domain.diagnosis.remarks import SCALEV, hint, warning
from events.domain.finding import Finding
from events.domain.payload import Line, Payload
from events.domain.text import Text


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    for line in payload.lines:
        yield from _line(line, known)


def _line(line: Line, known: Circumstances) -> Iterator[Finding]:
    path, prefix = (*line.path, line.id_key), line.id_key.removesuffix("unique_id")
    if line.item_id in known.known_items:
        return
    if line.tree.get(line.id_key) == "":
        yield hint("S005", path, Text("This line has no ID."), Text("Paste the item's unique ID."))
    elif line.item_id.isascii() and line.item_id.isdigit():
        yield warning(
            "S006",
            path,
            Text("A number is the wrong kind of ID here."),
            Text("Use the unique ID that begins with {prefix}", prefix=prefix),
            SCALEV,
        )
    elif line.item_id and not line.item_id.startswith(prefix):
        yield hint(
            "S007",
            path,
            Text("Unique IDs in Scalev's examples begin with {prefix}", prefix=prefix),
            Text("Check that this is the item's unique ID and not its SKU."),
        )
    elif line.item_id and known.known_items:
        yield hint(
            "S009",
            path,
            Text("This ID is not in the store's catalogue as it was last read here."),
            Text("Pick the item from the list, or read the catalogue again if it is new."),
        )
