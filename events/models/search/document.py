"""What the log searches of one delivery: words in clear, filters, and keyed hashes of the buyer's values.

The tokens are made here, once for both databases, so that the same search finds the same rows on either.

    words        event names and IDs, order and item IDs, store, page host and path, error text, and their parts
    s:7 o:rejected c:400 c:4xx ch:server by:3 e:purchase    the filters
    :kq3…        a keyed hash (`encryption.index_hasher`) of a buyer's value; no word can begin with a colon
    z:           stands in every document, for searches that only leave out
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from django.db import models

from events.domain import matching
from events.domain.payload import Payload
from events.domain.query import Hasher
from events.domain.redaction import buyer_values, scrubber
from events.domain.tree import Array, Json, Number, Object, walk
from events.models.delivery import Delivery

LONGEST_TOKEN = 120
LONGEST_TEXT = 2_000
# PostgreSQL's tsvector ends at 1 MB; a document that large holds thousands of events.
LONGEST_DOCUMENT = 500_000
EVERY = "z:"
# Keeps a phrase from running over the end of one value into the next.
_BETWEEN = "|"
_WORD = re.compile(r"[\w@.+/-]+")
_EDGES = "-_@.+/"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")


class SearchDocument(models.Model):
    """The tokens of one delivery between blanks; the database's own index hangs on this column."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE, related_name="document")
    words = models.TextField()

    class Meta:
        db_table = "events_searchdocument"

    def __str__(self) -> str:
        return f"search document of {self.delivery_id}"


def words_of(text: str) -> list[str]:
    """The words of a text as they are indexed and looked up: folded, IDs and paths in one piece."""
    found = (word.strip(_EDGES)[:LONGEST_TOKEN] for word in _WORD.findall(matching.fold(text)))
    return [word for word in found if word]


def document(delivery: Delivery, payload: Json | None, error_text: str, hasher: Hasher) -> str:
    """The search document of a delivery: a pure function of the row, its store, its payload and its error."""
    without_buyer = scrubber(buyer_values(payload), instead=" ")
    texts = dict.fromkeys([*_names(delivery, payload), error_text[:LONGEST_TEXT]])
    clear = [words_of(without_buyer(text)) for text in texts]
    words = [word for text in clear if text for word in (*text, _BETWEEN)]
    seen = set(words)
    parts = dict.fromkeys(part for word in seen for part in parts_of(word) if part not in seen)
    hashes = dict.fromkeys(f":{hasher(kind, form)}" for kind, form in _forms(delivery, payload, error_text, seen))
    named = dict.fromkeys(event_token(without_buyer(name)) for name in _event_names(delivery, payload))
    return _joined((*_filters(delivery), *named, *hashes, *words, *sorted(parts)))


def parts_of(word: str) -> Iterator[str]:
    """What a long token is made of: `ord-88213-purchase` is found by `88213` as well. A UUID's pieces mean nothing."""
    if _UUID.match(word):
        return
    pieces = re.split(r"[\W_]+", word)
    if len(pieces) > 1:
        yield from (piece for piece in pieces if len(piece) > 1)
    if "/" in word:
        yield from (step for step in word.split("/") if len(step) > 1)


def event_token(name: str) -> str:
    return "e:" + re.sub(r"[^\w.@+/-]", "_", matching.fold(name).strip())[:LONGEST_TOKEN]


def _joined(tokens: Iterable[str]) -> str:
    text = " " + " ".join(tokens) + " "
    return text if len(text) <= LONGEST_DOCUMENT else text[: text.rindex(" ", 0, LONGEST_DOCUMENT) + 1]


def ending(delivery: Delivery) -> Iterator[str]:
    """The tokens that change when a row is closed."""
    yield f"o:{delivery.outcome}"
    if delivery.status_code:
        yield from (f"c:{delivery.status_code}", f"c:{delivery.status_code // 100}xx")


def _filters(delivery: Delivery) -> Iterator[str]:
    yield from (EVERY, f"s:{delivery.store_id}", *ending(delivery))
    yield from (f"ch:{delivery.channel}", f"by:{delivery.by_id or 0}")


def _event_names(delivery: Delivery, payload: Json | None) -> list[str]:
    named = [event.event_name for event in Payload.of(payload).events]
    return named or [str(name) for name in delivery.event_names]


def _names(delivery: Delivery, payload: Json | None) -> Iterator[str]:
    """Everything in clear that a person may look for."""
    read = Payload.of(payload)
    yield from (delivery.store.name, delivery.store.store_id)
    yield from _event_names(delivery, payload)
    yield from [event.event_id for event in read.events] or [str(event_id) for event_id in delivery.event_ids]
    for event in read.events:
        yield from _items(event.parameters)
    yield from (line.item_id for line in read.lines)
    yield from _page(read.page_url)


def _items(parameters: Object) -> Iterator[str]:
    """Order and item IDs, written as text or number, alone or in a list."""
    for key in ("order_id", "content_ids", "contents"):
        for path, value in walk(parameters.get(key)):
            if isinstance(value, str | Number) and (key != "contents" or path[-1] == "id"):
                yield value if isinstance(value, str) else value.text


def _page(url: str) -> tuple[str, ...]:
    """Host and path together, and the path alone.

    Query and fragment stay out: they hold what shops should not have put there.
    """
    try:
        split = urlsplit(url)
        return f"{split.hostname or ''}{unquote(split.path)}", unquote(split.path)
    except ValueError:
        return ()


def _forms(
    delivery: Delivery, payload: Json | None, error_text: str, words: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """(kind, normal form) of each value that is looked up by its keyed hash."""
    country = delivery.store.country
    for key, value in _buyer(Payload.of(payload).user_data):
        yield from _contact(key, value, country)
        if key in ("fn", "ln"):
            yield from (("name", word) for word in matching.name_words(value))
        if key == "external_id":
            yield "external", matching.external_form(value)
    everywhere = [value for path, value in walk(payload) if isinstance(value, str) and path[:1] != ("user_data",)]
    for text in (*everywhere, error_text):
        for kind, found in matching.contacts(text):
            yield from _contact({"email": "em", "phone": "ph"}[kind], found, country)
    # A number that a person types may be a phone, so it is looked up by its hash: then orders must have one too.
    yield from (("phone", matching.phone_form(word)) for word in words if matching.is_phone(word))


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
