"""Likely trouble beyond the contract: what Scalev or Meta will take and yet not do what was meant.

Warnings rest on a rule that a vendor states. An inference is a hint, and its evidence says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from urllib.parse import urlsplit

from events.domain import contract
from events.domain.finding import Finding, Severity
from events.domain.meta import STANDARD_EVENTS, suggestion
from events.domain.payload import Event, Payload
from events.domain.text import NO_TEXT, Text
from events.domain.tree import Number, Path
from events.domain.validation import breaches

_SCALEV = Text("Scalev's documentation")
_META = Text("Meta's documentation")
_INFERENCE = Text("Our inference; no vendor states it")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+\Z")
_CURRENCY = re.compile(r"[A-Za-z]{3}\Z")


# Nobody reads more of them, and a pasted list of thousands would have several for each entry.
MOST_FINDINGS = 200


def review(payload: Payload) -> tuple[Finding, ...]:
    """The remarks on a payload: contract errors first, then warnings, then hints; the first ones of very many."""
    found = list(islice(breaches(payload.tree), MOST_FINDINGS + 1))
    likely = chain(_page(payload), _buyer(payload), _events(payload), _lines(payload))
    order = {Severity.WARNING: 0, Severity.HINT: 1}
    rest = islice(likely, MOST_FINDINGS + 1 - len(found))
    found += sorted(rest, key=lambda finding: order[finding.severity])
    if len(found) <= MOST_FINDINGS:
        return tuple(found)
    text = Text("There is more to say than these {n} remarks.", n=MOST_FINDINGS)
    return (*found[:MOST_FINDINGS], _hint("S008", (), text, Text("Mend these first, then look again."), NO_TEXT))


def _page(payload: Payload) -> Iterator[Finding]:
    if "?" in payload.page_url:
        yield _hint(
            "S001",
            ("event_source_url",),
            Text("Scalev drops everything after “?” before this address reaches Meta."),
            Text("If a click ID stands there, fill in “Click ID” as well: Meta will not see it here."),
            _SCALEV,
        )
    if payload.page_url and not urlsplit_host(payload.page_url):
        yield _warning(
            "S002",
            ("event_source_url",),
            Text("This is not a full web address."),
            Text("Begin with https:// and the shop's host."),
            _SCALEV,
        )


def _buyer(payload: Payload) -> Iterator[Finding]:
    for key in contract.USER_READ_ONLY_KEYS:
        if key in payload.user_data:
            yield _warning(
                "S003",
                ("user_data", key),
                Text("Scalev fills `{key}` in by itself, from the caller that it sees.", key=key),
                Text("Remove it: what you write here is read-only in Scalev's description."),
                _SCALEV,
            )
    yield from _phone(payload.user_data.get("ph"))
    country = payload.user_data.get("country")
    if isinstance(country, str) and country and not re.fullmatch(r"[a-z]{2}", country):
        yield _warning(
            "M002",
            ("user_data", "country"),
            Text("The country is not a two-letter code in small letters."),
            Text("Write id for Indonesia, sg for Singapore."),
            _META,
        )


def _phone(phone: object) -> Iterator[Finding]:
    if isinstance(phone, str) and re.match(r"\s*0(?!0)", phone):
        yield _warning(
            "M001",
            ("user_data", "ph"),
            Text("The phone has no country code, so Meta finds nobody by it."),
            Text("Write 62812… instead of 0812…"),
            _META,
        )


def _events(payload: Payload) -> Iterator[Finding]:
    for event in payload.events:
        if event.tree.get("event_id") == "":
            yield _warning(
                "S004",
                (*event.path, "event_id"),
                Text("The event ID is empty, so Meta cannot tell a repeat from a new event."),
                Text("Use the same ID as the browser's pixel, or make a new one."),
                _META,
            )
        yield from _event_name(event)
        yield from _money(event)


def _event_name(event: Event) -> Iterator[Finding]:
    meant = suggestion(event.event_name)
    if meant:
        yield _warning(
            "M010",
            (*event.path, "event_name"),
            Text("Meta will count “{name}” as a custom event, not as {meant}.", name=event.event_name, meant=meant),
            Text("Write {meant}, exactly so.", meant=meant),
            _META,
        )


def _money(event: Event) -> Iterator[Finding]:
    required = next((known.required for known in STANDARD_EVENTS if known.name == event.event_name), ())
    for key in required:
        if event.parameters.get(key) in (None, ""):
            yield _warning(
                "M020",
                (*event.path, "parameters", key),
                Text("Meta requires `{key}` for {name}.", key=key, name=event.event_name),
                Text("Fill it in."),
                _META,
            )
    value, currency = event.parameters.get("value"), event.parameters.get("currency")
    if value is not None and value != "" and not isinstance(value, Number):
        yield _warning(
            "M021",
            (*event.path, "parameters", "value"),
            Text("The value is not a number."),
            Text("Write digits only: 189000, without Rp and without dots between thousands."),
            _META,
        )
    if isinstance(value, Number) and currency == "IDR" and _THOUSANDS.match(value.text):
        yield _warning(
            "M023",
            (*event.path, "parameters", "value"),
            Text("Meta reads {value} as a number with a fraction, not as thousands.", value=value.text[:20]),
            Text("Write the amount without dots: {digits}", digits=value.text.replace(".", "")[:20]),
            _META,
        )
    if isinstance(currency, str) and currency and not _CURRENCY.match(currency):
        yield _warning(
            "M022",
            (*event.path, "parameters", "currency"),
            Text("“{currency}” is not a currency code.", currency=currency[:20]),
            Text("Write three letters: IDR for Rupiah, USD for US dollars."),
            _META,
        )


def _lines(payload: Payload) -> Iterator[Finding]:
    for line in payload.lines:
        path = (*line.path, line.id_key)
        if line.tree.get(line.id_key) == "":
            yield _warning("S005", path, Text("This line has no ID."), Text("Paste the item's unique ID."), _SCALEV)
        elif line.item_id.isdigit():
            prefix = line.id_key.removesuffix("_unique_id")
            yield _warning(
                "S006",
                path,
                Text("A number is the wrong kind of ID here."),
                Text("Use the unique ID that begins with {prefix}_", prefix=prefix),
                _SCALEV,
            )
        elif line.item_id and not line.item_id.startswith(line.id_key.removesuffix("unique_id")):
            yield _hint(
                "S007",
                path,
                Text(
                    "Unique IDs in Scalev's examples begin with {prefix}", prefix=line.id_key.removesuffix("unique_id")
                ),
                Text("Check that this is the item's unique ID and not its SKU."),
                _INFERENCE,
            )


def urlsplit_host(url: str) -> str:
    """The host of a full http(s) address, or "" where there is none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _warning(code: str, path: Path, message: Text, hint: Text = NO_TEXT, evidence: Text = NO_TEXT) -> Finding:
    return Finding(code, Severity.WARNING, path, message, hint, evidence)


def _hint(code: str, path: Path, message: Text, hint: Text, evidence: Text) -> Finding:
    return Finding(code, Severity.HINT, path, message, hint, evidence)
