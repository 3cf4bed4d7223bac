"""The log's query language: text -> SearchQuery, and the form of it that may stand in a URL.

Free words, "quoted phrases", `store: outcome: status: event: by: channel: country: is: finding: group: run: tag:`,
`before: after: last: took:`, whole values behind `id: order: host:`, and, for the buyer, `email: phone: external:
name:`; `-` leaves out. Filters of one kind add up, everything else narrows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from events.domain import matching
from events.domain.filter_values import SPOKEN_OUTCOMES, Unreadable, read_value, span_ms
from events.domain.outcome import Outcome
from events.domain.query_fields import BUYER, LISTS, NOBODY, PREFIXES, Field, near
from events.domain.text import Text

__all__ = [
    "BUYER", "LISTS", "NOBODY", "Field", "Hasher", "Note", "SearchQuery", "Term", "hashes", "moment", "parse",
    "redacted", "span_ms",
]  # fmt: skip

Hasher = Callable[[str, str], str]
MAX_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `value` is checked: an outcome is one of `Outcome`, a time is an ISO date or time."""

    field: Field
    value: str
    negated: bool = False

    def __str__(self) -> str:
        sign = "-" if self.negated else ""
        if self.field is Field.WORD:
            return sign + self.value
        if self.field is Field.PHRASE:
            return f'{sign}"{self.value}"'
        value = SPOKEN_OUTCOMES[Outcome(self.value)] if self.field is Field.OUTCOME else self.value
        return f"{sign}{self.field.value}:{_quoted(value)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A piece of the text that could not be read, where it begins, and why. The rest is searched all the same."""

    piece: str
    place: int
    message: Text

    @property
    def in_line(self) -> str:
        """For who has no page: with the place in what was typed."""
        return f"{self.piece} (letter {self.place + 1}): {self.message}"


@dataclass(frozen=True)
class SearchQuery:
    terms: tuple[Term, ...] = ()
    notes: tuple[Note, ...] = ()

    def __str__(self) -> str:
        """The query as it can be typed again, with what could not be read at its end."""
        return " ".join([*map(str, self.terms), *(note.piece for note in self.notes if note.piece)])

    def __bool__(self) -> bool:
        return bool(self.terms)

    def of(self, *fields: Field) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.field in fields)

    def without(self, *terms: Term) -> SearchQuery:
        return replace(self, terms=tuple(term for term in self.terms if term not in terms))

    def adding(self, *terms: Term) -> SearchQuery:
        return replace(self, terms=(*self.terms, *(term for term in terms if term not in self.terms)))


def parse(text: str) -> SearchQuery:
    """Read what was typed; nothing is refused as a whole."""
    terms: list[Term] = []
    notes: list[Note] = []
    for match in _PIECE.finditer(_UNPRINTABLE.sub(" ", _seen(text[:MAX_LENGTH]))):
        try:
            for term in _terms(match):
                _add(term, terms)
        except Unreadable as error:
            notes.append(Note(match.group().strip(), match.start(), error.text))
    if len(text) > MAX_LENGTH:
        notes.append(Note("", MAX_LENGTH, Text("Only the first {number} letters are read.", number=MAX_LENGTH)))
    return SearchQuery(tuple(dict.fromkeys(terms)), tuple(notes))


def _add(term: Term, terms: list[Term]) -> None:
    """What reads like the time of the day belongs to the date right before it."""
    clock = re.fullmatch(r"(\d\d?)[:.](\d\d)", term.value) if term.field is Field.WORD and not term.negated else None
    if clock and terms and terms[-1].field in (Field.AFTER, Field.BEFORE) and len(terms[-1].value) == len("2026-11-23"):
        at = f"{terms[-1].value}T{clock[1]:0>2}:{clock[2]}"
        terms[-1] = replace(terms[-1], value=read_value(terms[-1].field.value, at))
    else:
        terms.append(term)


def redacted(query: SearchQuery, hasher: Hasher) -> SearchQuery:
    """The same search with every buyer's value as a keyed hash, and no e-mail or phone in what was not readable."""
    terms = tuple(_hashed(term, hasher) if term.field in BUYER else term for term in query.terms)
    notes = tuple(replace(note, piece=_harmless(note.piece)) for note in query.notes)
    return SearchQuery(tuple(dict.fromkeys(terms)), notes)


def hashes(term: Term) -> tuple[tuple[str, ...], ...]:
    """The keyed hashes of a HASH term: groups, of one of which all must be found.

    What may be a phone may as well be a piece of an order's number, which is known by its runs of digits.
    """
    kind, *found = term.value.split(".")
    if kind == Field.PHONE and len(found) > 1:
        return ((found[0],), tuple(found[1:]))
    return (tuple(found),)


def moment(term: Term, zone: tzinfo) -> datetime:
    """The time of a BEFORE or AFTER term; what names no zone is meant in `zone`, and a date is its first moment."""
    read = datetime.fromisoformat(term.value)
    return read if read.tzinfo else read.replace(tzinfo=zone)


# PostgreSQL refuses a NUL in any text, and half a surrogate pair has no place in a URL.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
# A phone as people space it. Only these beginnings, or a prefix, make one of several words: two order numbers stay two.
_BEGUN = r"(?:(?:\(?\+|0|\(0|62)\d|62\s8\d|8\d\d(?!\d))"
_REST = rf"[\d().{matching.DASHES}-]*"
_MORE = rf"\s{{1,2}}\(?\d{_REST}"
_NAMED = rf"(?:{'|'.join(name for name, field in PREFIXES.items() if field is Field.PHONE)}):\s{{0,2}}"
_PIECE = re.compile(
    rf"""(?P<minus>-?)(?:
        (?P<phone>(?:{_BEGUN}{_REST}(?:{_MORE})+|(?i:{_NAMED})[+(]*\d{_REST}(?:{_MORE})*)(?!\S))
      | (?:(?P<prefix>[A-Za-z_]+):(?!//))?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))?
    )""",
    re.VERBOSE,
)


def _seen(text: str) -> str:
    """Without marks that nobody sees: contact apps copy those of direction around a phone."""
    return text if text.isascii() else "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def _terms(match: re.Match[str]) -> Iterator[Term]:
    negated = bool(match["minus"])
    if match["phone"]:
        yield from _phone(match["phone"], negated)
    elif match["prefix"]:
        yield from _filters(match["prefix"].lower(), (match["quoted"] or match["bare"] or "").strip(), negated)
    elif match["bare"] is not None:
        yield from _free(match["bare"], Field.WORD, negated)
    elif match["quoted"] is not None:
        yield from _free(match["quoted"], Field.PHRASE, negated)
    elif negated:
        raise Unreadable(Text("Nothing stands behind this minus sign."))


def _phone(text: str, negated: bool) -> Iterator[Term]:
    """The longest run from the first piece on that is a phone; what follows it stands for itself."""
    prefix, _colon, digits = text.rpartition(":")
    pieces = digits.split()
    runs = range(len(pieces), 1, -1)
    end = next((end for end in runs if matching.is_phone(" ".join(pieces[:end]))), 1 if prefix else 0)
    if end:
        yield _buyer(Field.PHONE, " ".join(pieces[:end]), negated)
    for place, piece in enumerate(pieces[end:], start=end):
        # A minus is the first one's alone.
        yield from _free(piece, Field.WORD, negated and not place)


def _free(value: str, field: Field, negated: bool) -> Iterator[Term]:
    """Words, with the e-mails and phones among them told apart: those must not stand in clear."""
    value = " ".join(value.split())
    if matching.is_phone(value):
        yield Term(Field.PHONE, value, negated)
        return
    for kind, found in matching.contacts(value):
        yield Term(Field(kind), found, negated)
    rest = matching.without_contacts(_page(value))
    # What was cut out of a longer piece must not read as a filter or a minus where it stands alone.
    words = [rest] if rest == value else re.findall(r"\w[\w./-]*", rest)
    for word in words if field is Field.WORD else [" ".join(words)]:
        if re.search(r"[^\W_]", word):
            yield Term(Field.PHONE if matching.is_phone(word) else field, word, negated)


def _page(value: str) -> str:
    """Of a page's address host and path, as they are indexed; anything else as it is."""
    address = re.match(r"https?://([^?#]*)", value, re.IGNORECASE)
    return address[1] if address else value


def _filters(prefix: str, value: str, negated: bool) -> Iterator[Term]:
    field = PREFIXES.get(prefix)
    if field is None:
        raise Unreadable(_unknown(prefix))
    if not value:
        raise Unreadable(Text("Write what to look for right behind {name}:", name=prefix))
    if field in BUYER:
        yield _buyer(field, value, negated)
        return
    if field is not Field.BY and matching.without_contacts(value) != value:
        raise Unreadable(Text("An e-mail or a phone cannot stand behind {name}:", name=prefix))
    for choice in value.split(",") if field in LISTS else (value,):
        yield Term(field, read_value(field.value, choice.strip()), negated)


def _unknown(prefix: str) -> Text:
    if meant := near(prefix):
        return Text("There is no filter called {name}:. Did you mean {near}:?", name=prefix, near=meant[0])
    return Text("There is no filter called {name}:. Put words that hold a colon in quotes.", name=prefix)


def _buyer(field: Field, value: str, negated: bool) -> Term:
    if not _forms(field, value):
        raise Unreadable(Text("Nothing in this can be looked up as {name}:", name=field.value))
    return Term(field, value.strip(), negated)


def _forms(field: Field, value: str) -> tuple[str, ...]:
    match field:
        case Field.EMAIL:
            forms: tuple[str, ...] = (matching.email_form(value),)
        case Field.PHONE:
            forms = (matching.phone_form(value),)
        case Field.EXTERNAL:
            forms = (matching.external_form(value),)
        case _:
            forms = matching.name_words(value)[:8]
    return tuple(form for form in forms if any(sign.isalnum() for sign in form))


def _hashed(term: Term, hasher: Hasher) -> Term:
    kind = term.field.value
    found = [hasher(kind, form) for form in _forms(term.field, term.value)]
    if term.field is Field.PHONE:
        found += [hasher("digits", run) for run in matching.digit_runs(matching.phone_form(term.value))]
    return Term(Field.HASH, ".".join([kind, *found]), term.negated)


def _harmless(piece: str) -> str:
    """An unreadable piece as it may stand in a URL: a mistyped `email:` must not carry the address there."""
    name, colon, _ = piece.partition(":")
    name_or_slip = name.lstrip("-").lower()
    fields = [PREFIXES[each] for each in ([name_or_slip] if name_or_slip in PREFIXES else near(name_or_slip))]
    names_buyer = not fields or not set(fields).isdisjoint(BUYER) or matching.contacts(piece)
    return f"{name}:…" if colon and names_buyer else piece


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r'[\s"]', value) else value
