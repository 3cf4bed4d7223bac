"""Value and currency, and the parameters that Meta requires of an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from events.domain.circumstances import Circumstances
from events.domain.diagnosis.amounts import amount, currency_of
from events.domain.diagnosis.remarks import META, Fix, added, hint, warning
from events.domain.finding import Finding
from events.domain.iso import CURRENCIES, CURRENCY_NAMES
from events.domain.meta import STANDARD_EVENTS
from events.domain.patch import replace
from events.domain.payload import Event, Payload
from events.domain.text import Text
from events.domain.tree import Json, Number, Path

_REQUIRED = {event.name: event.required for event in STANDARD_EVENTS}
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+\Z")


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    for event in payload.events:
        yield from _missing(event, known)
        yield from _value(event, known)
        yield from _currency(event, known)


def _missing(event: Event, known: Circumstances) -> Iterator[Finding]:
    for key in _REQUIRED.get(event.event_name, ()):
        if event.parameters.get(key) in (None, ""):
            path = _at(event, key)
            fix = _added(event, key, known.currency) if key == "currency" and known.currency else ()
            text = Text("Meta requires `{key}` for {name}.", key=key, name=event.event_name)
            yield warning("M020", path, text, Text("Fill it in."), META, fix)


def _value(event: Event, known: Circumstances) -> Iterator[Finding]:
    path, value = _at(event, "value"), event.parameters.get("value")
    if value in (None, ""):
        return
    if not isinstance(value, Number):
        meant = amount(value, currency_of(event, known)) if isinstance(value, str) else ""
        yield warning(
            "M021",
            path,
            Text("The value is not a number."),
            Text("Write digits only: 189000, without Rp and without dots between thousands."),
            META,
            (replace(path, Number(meant)),) if meant else (),
        )
    elif currency_of(event, known) == "IDR" and _THOUSANDS.match(value.text):
        digits = value.text.replace(".", "")
        yield warning(
            "M023",
            path,
            Text("Meta reads {value} as a number with a fraction, not as thousands.", value=value.text[:20]),
            Text("Write the amount without dots: {digits}", digits=digits[:20]),
            META,
            (replace(path, Number(digits)),),
        )
    elif value.text.startswith("-"):
        yield warning("M025", path, Text("The value is below zero."), Text("Meta counts values from 0 up."), META)
    elif event.event_name == "Purchase" and _is_zero(value.text):
        text = Text("A Purchase worth nothing: Meta learns from it that buyers pay nothing.")
        yield hint("M026", path, text, Text("Fill in what the buyer paid."))


def _currency(event: Event, known: Circumstances) -> Iterator[Finding]:
    path, currency = _at(event, "currency"), event.parameters.get("currency")
    if isinstance(currency, str) and currency:
        if currency.strip().upper() in CURRENCIES:
            return
        meant = CURRENCY_NAMES.get(re.sub(r"[\s.]", "", currency).upper(), "")
        yield warning(
            "M022",
            path,
            Text("“{currency}” is not a currency code.", currency=currency[:20]),
            Text("Write three letters: IDR for Rupiah, USD for US dollars."),
            META,
            (replace(path, meant),) if meant else (),
        )
    elif event.parameters.get("value") not in (None, "") and "currency" not in _REQUIRED.get(event.event_name, ()):
        fix = _added(event, "currency", known.currency) if known.currency else ()
        text = Text("A value without its currency: Meta's Diagnostics list this as a fault.")
        yield warning("M024", path, text, Text("Fill in the currency, like IDR."), META, fix)


def _added(event: Event, key: str, value: Json) -> Fix:
    return added((*event.path, "parameters"), event.tree, key, value)


def _at(event: Event, key: str) -> Path:
    return (*event.path, "parameters", key)


def _is_zero(text: str) -> bool:
    try:
        return Decimal(text) == 0
    except ArithmeticError:
        return False
