"""Value and currency, and the parameters that Meta requires of an event or lists for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from events.domain.circumstances import Circumstances
from events.domain.diagnosis.amounts import amount, currency_of
from events.domain.diagnosis.remarks import META, META_CODE, THIRD_PARTY, Fix, added, hint, warning
from events.domain.finding import Finding
from events.domain.iso import CURRENCIES, CURRENCY_NAMES
from events.domain.meta import STANDARD_EVENTS, StandardEvent
from events.domain.patch import remove, replace
from events.domain.payload import Event, Payload
from events.domain.text import Text
from events.domain.tree import Json, Number, Path, write

_STANDARD = {event.name: event for event in STANDARD_EVENTS}
_CUSTOM = StandardEvent("", "")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+\Z")


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    for event in payload.events:
        standard = _STANDARD.get(event.event_name, _CUSTOM)
        yield from _missing(event, standard, known)
        yield from _value(event, known)
        yield from _predicted(event, known)
        yield from _currency(event, standard, known)


def _missing(event: Event, standard: StandardEvent, known: Circumstances) -> Iterator[Finding]:
    parameters = event.parameters
    for key in standard.required:
        if is_empty(parameters.get(key)):
            path = _at(event, key)
            fix = _added(event, key, known.currency) if key == "currency" and known.currency else ()
            text = Text("Meta requires `{key}` for {name}.", key=key, name=event.event_name)
            yield warning("M020", path, text, Text("Fill it in."), META, fix)
    # A value without its currency is spoken of by itself.
    spoken = () if is_empty(parameters.get("value")) else ("currency",)
    lacking = [key for key in standard.recommended if key not in spoken and is_empty(parameters.get(key))]
    if lacking:
        keys = ", ".join(f"`{key}`" for key in lacking)
        text = Text("{name} says more with {keys}, which Meta lists for it.", name=event.event_name, keys=keys)
        yield hint("M038", _at(event, lacking[0]), text, Text("Fill in what the page knows."), META)
    for key, value in parameters.pairs:
        if is_empty(value) and key not in (*standard.required, *lacking, *spoken):
            text, cure = Text("`{key}` is sent empty.", key=key), Text("Leave it out: an empty value says nothing.")
            yield hint("M013", _at(event, key), text, cure, THIRD_PARTY, (remove(_at(event, key)),))


def is_empty(value: Json) -> bool:
    """Null or an empty text. Not by `in`: to compare a number with a text takes longer than the rest of a rule."""
    return value is None or (isinstance(value, str) and not value)


def _predicted(event: Event, known: Circumstances) -> Iterator[Finding]:
    path, value = _at(event, "predicted_ltv"), event.parameters.get("predicted_ltv")
    if not is_empty(value) and not isinstance(value, Number):
        meant = amount(value, currency_of(event, known)) if isinstance(value, str) else ""
        fix = (replace(path, Number(meant)),) if meant else ()
        yield warning("M021", path, Text("`predicted_ltv` is not a number."), _DIGITS, META_CODE, fix)


_DIGITS = Text("Write digits only: 189000, without Rp and without dots between thousands.")


def _value(event: Event, known: Circumstances) -> Iterator[Finding]:
    path, value = _at(event, "value"), event.parameters.get("value")
    if is_empty(value):
        return
    if not isinstance(value, Number):
        meant = amount(value, currency_of(event, known)) if isinstance(value, str) else ""
        fix = (replace(path, Number(meant)),) if meant else ()
        yield warning("M021", path, Text("The value is not a number."), _DIGITS, META, fix)
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


def _currency(event: Event, standard: StandardEvent, known: Circumstances) -> Iterator[Finding]:
    path, currency = _at(event, "currency"), event.parameters.get("currency")
    if is_empty(currency):
        if not is_empty(event.parameters.get("value")) and "currency" not in standard.required:
            fix = _added(event, "currency", known.currency) if known.currency else ()
            text = Text("A value without its currency: Meta's Diagnostics list this as a fault.")
            yield warning("M024", path, text, Text("Fill in the currency, like IDR."), META, fix)
        return
    written = currency if isinstance(currency, str) else write(currency).decode()
    if not isinstance(currency, str) or currency.strip().upper() not in CURRENCIES:
        meant = CURRENCY_NAMES.get(re.sub(r"[\s.]", "", written).upper(), "")
        yield warning(
            "M022",
            path,
            Text("“{currency}” is not a currency code.", currency=written[:20]),
            Text("Write three letters: IDR for Rupiah, USD for US dollars."),
            META,
            (replace(path, meant),) if meant else (),
        )


def _added(event: Event, key: str, value: Json) -> Fix:
    return added((*event.path, "parameters"), event.tree, key, value)


def _at(event: Event, key: str) -> Path:
    return (*event.path, "parameters", key)


def _is_zero(text: str) -> bool:
    try:
        return Decimal(text) == 0
    except ArithmeticError:
        return False
