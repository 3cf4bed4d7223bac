"""What the log searches of one delivery, made here once for both databases.

    facets    the filters as codes: see `facets`
    words     ` e:purchase co:id f:m014 :kq3…`: event names, country, codes of findings, and keyed hashes
              (`encryption.index_hasher`) of the buyer's values; looked up whole. No other token begins with a colon
    text      event names and IDs, order and item IDs, page host and path, and the error, folded: any piece is found

A document only grows: closing a row adds at the ends, which spares the indexes from forgetting what they know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.db import models

from events.domain import matching
from events.domain.payload import Payload
from events.domain.personal import beside_buyer
from events.domain.query import Hasher
from events.domain.redaction import Scrubber, scrubber_of
from events.domain.tree import Array, Json, Number, Object, walk
from events.models.delivery import Delivery
from events.models.search.facets import facets

LONGEST_TOKEN = 120
LONGEST_VALUE = 2_000
# PostgreSQL's tsvector ends at 1 MB; a document that large holds thousands of events.
LONGEST_COLUMN = 400_000
# Ends a value, so that no piece runs from one into the next. What stands behind it tells which value that was.
END = " \n"
EVENT_ID, ORDER_ID = "i", "o"
_ID = re.compile(rf" ([^\n]+?){END}[{EVENT_ID}{ORDER_ID}](?= )")
_NUMBER = re.compile(r"\d[\d-]{6,}\d")


class SearchDocument(models.Model):
    """The searched columns of one delivery; the databases' own indexes hang on them."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE, related_name="document")
    facets = models.TextField(default="")
    words = models.TextField()
    text = models.TextField(default="")

    class Meta:
        db_table = "events_searchdocument"

    def __str__(self) -> str:
        return f"search document of {self.delivery_id}"

    @property
    def hashes(self) -> set[str]:
        """The keyed hashes among its words, each with its colon."""
        return {word for word in self.words.split() if word.startswith(":")}

    @property
    def ids(self) -> set[str]:
        """Event and order IDs, folded."""
        return {found[1] for found in _ID.finditer(self.text)}


class Remark(NamedTuple):
    """What an error adds to a document that stands."""

    words: str
    text: str


NO_REMARK = Remark("", "")


def document(
    delivery: Delivery,
    payload: Json | None,
    error_text: str,
    hasher: Hasher,
    findings: Iterable[str] = (),
    scrub: Scrubber | None = None,
) -> SearchDocument:
    """The search document of a delivery: a pure function of the row, its store's country, and what is given.

    `scrub` takes out what the payload says of its buyer; who has made one for it already need not make another.
    """
    scrub = scrub or scrubber_of(payload)
    clean = partial(scrub, instead=" ")
    read, country = Payload.of(payload), delivery.store.country
    names, buyer = _event_names(delivery, read), tuple(_buyer(read.user_data))
    # Cut last: of half an e-mail nobody could tell that it is one.
    found = ((kind, folded(clean(value))[:LONGEST_VALUE]) for kind, value in _values(delivery, read, names))
    values = dict.fromkeys(found)
    beside = "" if scrub.found_nothing else matching.BETWEEN.join(beside_buyer(payload))
    forms = [*_buyer_forms(buyer, country), *_contacts(beside, country), *numbers(value for _kind, value in values)]
    tokens = [*(event_token(clean(name)) for name in names), *_country(buyer), *map(finding_token, findings)]
    tokens += [f":{hasher(*form)}" for form in dict.fromkeys(forms)]
    said = remark(error_text, clean, country, hasher)
    return SearchDocument(
        delivery_id=delivery.pk,
        facets=facets(delivery),
        words=_joined(dict.fromkeys(tokens)) + said.words,
        text=_joined(f"{value}{END}{kind}" for kind, value in values if value) + said.text,
    )


def remark(error_text: str, clean: Callable[[str], str], country: str, hasher: Hasher) -> Remark:
    """What an error adds at the ends of words and text. `clean` takes out what the payload says of its buyer."""
    if not error_text:
        return NO_REMARK
    error = folded(clean(error_text))[:LONGEST_VALUE]
    forms = dict.fromkeys([*_contacts(error_text, country), *numbers([error])])
    words = "".join(f":{hasher(*form)} " for form in forms)
    # It stands there even where it repeats a value: a document must only grow.
    return Remark(words, f"{error}{END} " if error else "")


def folded(text: str) -> str:
    """Text as it is compared: case, accents and the width of blanks aside."""
    folded = matching.fold(text)
    return " ".join((folded if folded.isprintable() else _UNPRINTABLE.sub(" ", folded)).split())


def event_token(name: str) -> str:
    return "e:" + re.sub(r"[^\w.@+/-]", "_", matching.fold(name).strip())[:LONGEST_TOKEN]


def country_token(code: str) -> str:
    return f"co:{code.lower()}"


def finding_token(code: str) -> str:
    return f"f:{code.lower()}"


_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def _joined(tokens: Iterable[str]) -> str:
    text = " " + "".join(f"{token} " for token in tokens)
    return text if len(text) <= LONGEST_COLUMN else text[: text.rindex(" ", 0, LONGEST_COLUMN) + 1]


def _event_names(delivery: Delivery, read: Payload) -> list[str]:
    named = [event.event_name for event in read.events]
    return named or [str(name) for name in delivery.event_names]


def _values(delivery: Delivery, read: Payload, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(kind, value): everything in clear that a person may look for."""
    yield from (("", name) for name in names)
    events = read.events
    for event_id in [event.event_id for event in events] or map(str, delivery.event_ids):
        yield EVENT_ID, event_id
    for event in events:
        yield from _items(event.parameters)
    yield from (("", line.item_id) for line in read.lines)
    if page := _page(read.page_url):
        yield "", page


def _items(parameters: Object) -> Iterator[tuple[str, str]]:
    """Order and item IDs, written as text or number, alone or in a list."""
    for key in ("order_id", "content_ids", "contents"):
        kind = ORDER_ID if key == "order_id" else ""
        for path, value in walk(parameters.get(key)):
            if isinstance(value, str | Number) and (key != "contents" or path[-1:] == ("id",)):
                yield kind, value if isinstance(value, str) else value.text


def _page(url: str) -> str:
    """Host and path. Query and fragment stay out: they hold what shops should not have put there."""
    try:
        split = urlsplit(url)
        return f"{split.hostname or ''}{unquote(split.path) or '/'}" if url else ""
    except ValueError:
        return ""


def _country(buyer: Iterable[tuple[str, str]]) -> Iterator[str]:
    for value in dict(buyer).get("country", "").split():
        if re.fullmatch(r"[A-Za-z]{2}", value):
            yield country_token(value)


def _buyer_forms(buyer: Iterable[tuple[str, str]], country: str) -> Iterator[tuple[str, str]]:
    """(kind, normal form) of each value that is looked up by its keyed hash."""
    for key, value in buyer:
        yield from _contact(key, value, country)
        if key in ("fn", "ln"):
            yield from (("name", word) for word in matching.name_words(value))
        if key == "external_id":
            yield "external", matching.external_form(value)


def _contacts(text: str, country: str) -> Iterator[tuple[str, str]]:
    for kind, found in matching.contacts(text):
        yield from _contact({"email": "em", "phone": "ph"}[kind], found, country)


def numbers(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A number that a person types may be a phone, so it is looked up by hashes: then orders must have some too."""
    for number in _NUMBER.findall(matching.BETWEEN.join(values)):
        yield from (("digits", run) for run in matching.digit_runs(number))


def _contact(key: str, value: str, country: str) -> Iterator[tuple[str, str]]:
    if key == "em" or matching.is_email(value):
        whole = matching.email_form(value)
        yield from (("email", form) for form in (whole, *whole.rsplit("@", 1)) if form)
    if key == "ph" or matching.is_phone(value):
        yield from (("phone", form) for form in matching.phone_forms(value, country))


def _buyer(user_data: Object) -> Iterator[tuple[str, str]]:
    for key, member in user_data.pairs:
        for value in member if isinstance(member, Array) else (member,):
            if isinstance(value, str | Number):
                yield key, value if isinstance(value, str) else value.text
