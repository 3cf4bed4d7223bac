"""Personal data where Meta wants none: in addresses, in event IDs and in an event's parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from events.domain import matching
from events.domain.circumstances import Circumstances
from events.domain.diagnosis.remarks import THIRD_PARTY, Fix, hint
from events.domain.finding import Finding
from events.domain.meta import PARAMETER_KINDS
from events.domain.patch import remove, replace
from events.domain.payload import Event, Payload
from events.domain.text import Text
from events.domain.tree import Array, Json, Number, Object, Path, walk

_CURE = Text("Take it out. Meta warns about personal data outside the buyer's fields, and may drop the event.")
# Asked first: of the texts of a payload few hold either sign.
_SIGNS = ("@", "%40", "+", "0", "6")
# Numbers that begin like a phone are ordinary here, and taking one out would leave a product without its ID.
_IDS = frozenset({"id", "content_ids", "order_id", "sku"})
_WRITTEN_PHONE = re.compile(r"[\d\s().+-]{9,24}\Z")
_PHONE_END = 9
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class _Buyer:
    """What the payload itself says of its buyer: the end of her phone, and the words of her names."""

    phone: str
    names: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, known: Object) -> _Buyer:
        phone, names = known.get("ph"), (known.get("fn"), known.get("ln"))
        digits = re.sub(r"\D", "", phone) if isinstance(phone, str) else ""
        words = (matching.name_words(name) for name in names if isinstance(name, str) and len(name) < _LONGEST)
        return cls(digits[-_PHONE_END:] if len(digits) >= _PHONE_END else "", tuple(filter(None, words)))

    @property
    def signs(self) -> tuple[str, ...]:
        """One of them stands in every text that `is_named` finds."""
        return (*(words[0] for words in self.names[:1]), *([self.phone[-3:]] if self.phone else []))

    def is_named(self, key: str, text: str) -> bool:
        """Whether a value is her phone or holds her whole name; one of her names alone, where the key asks for it."""
        if self.phone and _WRITTEN_PHONE.match(text) and re.sub(r"\D", "", text).endswith(self.phone):
            return True
        words, whole = matching.name_words(text[:_LONGEST]), [word for name in self.names for word in name]
        if len(whole) > 1 and set(whole) <= set(words):
            return True
        asks = key not in PARAMETER_KINDS and any(each in key.casefold() for each in ("nama", "name"))
        return asks and words in self.names


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    buyer = _Buyer.of(payload.user_data)
    for key, url in (("event_source_url", payload.page_url), ("referrer_url", payload.referrer_url)):
        if text := _in_address(url, buyer):
            bare = url.partition("?")[0]
            fix = (replace((key,), bare),) if not _in_address(bare, buyer) else ()
            yield hint("M050", (key,), text, _CURE, THIRD_PARTY, fix)
    signs = buyer.signs
    for event in payload.events:
        yield from _event_id(event, buyer)
        # All texts at once first: hardly any event has what is looked for, and paths are dear.
        written: list[str] = []
        _gather(event.parameters, written)
        together = "\n".join(written)
        folded = matching.fold(together) if signs else ""
        if not _holds_contact(together) and not any(sign in folded for sign in signs):
            continue
        for path, value in walk(event.parameters, (*event.path, "parameters")):
            if isinstance(value, str | Number) and (text := _in_parameter(path, value, buyer)):
                yield _parameter(path, text)


def _gather(tree: Json, found: list[str]) -> None:
    """The texts, and the numbers that are long enough for a phone."""
    if isinstance(tree, str):
        found.append(tree)
    elif isinstance(tree, Number):
        if len(tree.text) >= _PHONE_END:
            found.append(tree.text)
    elif isinstance(tree, Object):
        for _key, value in tree.pairs:
            _gather(value, found)
    elif isinstance(tree, Array):
        for item in tree.items:
            _gather(item, found)


_HERS_IN_ADDRESS = Text("The buyer's own name or phone stands in this address.")
_HERS = Text("The buyer's own name or phone stands in this parameter.")


def _in_address(url: str, buyer: _Buyer) -> Text | None:
    if url and matching.contacts(url):
        return Text("An e-mail or a phone stands in this address.")
    query = url.partition("?")[2].partition("#")[0][:_LONGEST]
    return _HERS_IN_ADDRESS if any(buyer.is_named(*pair) for pair in parse_qsl(query)) else None


def _in_parameter(path: Path, value: str | Number, buyer: _Buyer) -> Text | None:
    text, key = value if isinstance(value, str) else value.text, _key(path)
    if isinstance(value, str) and _holds_contact(text):
        kinds = {kind for kind, _found in matching.contacts(text)}
        if key not in _IDS or "email" in kinds:
            return Text("An e-mail or a phone stands in this parameter.")
    return _HERS if buyer.is_named(key, text) else None


def _event_id(event: Event, buyer: _Buyer) -> Iterator[Finding]:
    event_id = event.event_id
    has_email = "@" in event_id and any(kind == "email" for kind, _found in matching.contacts(event_id))
    if has_email or (event_id and buyer.is_named("event_id", event_id)):
        text = Text("The event ID names the buyer.")
        cure = Text("Make it of the order's number, in the browser's pixel as well: Meta keeps it as it is.")
        yield hint("M051", (*event.path, "event_id"), text, cure, THIRD_PARTY)


def _key(path: Path) -> str:
    return next(step for step in reversed(path) if isinstance(step, str))


def _holds_contact(text: str) -> bool:
    return any(sign in text for sign in _SIGNS) and bool(matching.contacts(text))


def _parameter(path: Path, text: Text) -> Finding:
    # Taking an entry out of a list would move the others to other places, and a product needs its ID.
    fix: Fix = () if isinstance(path[-1], int) or path[-1] in _IDS else (remove(path),)
    return hint("M051", path, text, _CURE, THIRD_PARTY, fix)
