"""What a buyer's deliveries say of her beside what she was looked for by: words in which others may have named her."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from events.domain import matching
from events.domain.buyer import Buyer
from events.domain.personal import said_of_buyer
from events.domain.redaction import Blotter
from events.domain.tree import Json
from events.models import search
from events.models.body import Body
from events.models.encryption import index_hasher

# A shorter ID stands in many a text by chance.
SHORTEST_ID = 6
_NAMES, _OF_HER_BROWSER = ("fn", "ln"), ("fbc", "fbp")
# A body may be large: no more of them are held at once.
_AT_ONCE = 10


class Learned:
    """Gathers from deliveries that are hers, before they are emptied: in what words, IDs and hashes she may be told."""

    def __init__(self, buyer: Buyer) -> None:
        self._hasher = index_hasher()
        self._buyer = buyer
        self._asked = frozenset(buyer.forms())
        self._tokens: set[str] = set()
        self._ids: set[str] = set()
        # What is sure to be hers, and what others may have, too: by the token that tells it, with its kind.
        self._own: set[str] = set()
        self._looked_up: dict[str, set[str]] = {}
        self._kinds: dict[str, str] = {}
        self._name_words: set[str] = set()

    def read(self, pks: Collection[int]) -> None:
        """Learn from these deliveries what their bodies and the index know."""
        for document in search.SearchDocument.objects.filter(pk__in=pks):
            self._tokens |= document.hashes
            self._ids |= document.ids
        bodies = Body.objects.filter(pk__in=pks).select_related("delivery__store")
        for body in bodies.iterator(_AT_ONCE):
            self._take(body.read_payload(), body.delivery.store.country)

    def tokens(self, besides: Collection[int] = ()) -> frozenset[str]:
        """The hashes of what was asked for, and what no other delivery holds: her mail's domain is everybody's."""
        asked = {f":{self._hasher(*form)}" for form in self._asked}
        return frozenset(asked | (self._tokens - search.kept(self._tokens, besides)))

    def values(self, besides: Collection[int] = ()) -> tuple[str, ...]:
        """What she is known by, in clear: what was asked for, and what no other delivery holds."""
        kept = search.kept(self._looked_up, besides)
        hers = (value for token, values in self._looked_up.items() if token not in kept for value in values)
        ids = (each for each in self._ids if len(each) >= SHORTEST_ID)
        return _longest_first({*self._buyer.values, *self._own, *hers, *ids})

    def shared(self, besides: Collection[int] = ()) -> tuple[str, ...]:
        """The kinds (email, phone, external) of which another delivery holds the same value."""
        return tuple(sorted({self._kinds[token] for token in search.kept(self._looked_up, besides)}))

    def without_her(self) -> Callable[[str], str]:
        """What takes her out of a text that is written for her erasure, in which a single name is hers for sure."""
        looked_up = (value for values in self._looked_up.values() for value in values)
        return Blotter(_longest_first({*self._buyer.values, *self._own, *self._name_words, *looked_up}))

    def _take(self, payload: Json, country: str) -> None:
        said = [(key, value.strip()) for key, value in said_of_buyer(payload)]
        if self._asked.isdisjoint(form for key, value in said for form in _forms(key, value, country)):
            return  # she is named in another buyer's
        for key, value in said:
            whole = next(_forms(key, value, country), None)
            if key in _OF_HER_BROWSER:
                self._own.add(value)
            elif whole and (key != "external_id" or len(value) >= SHORTEST_ID):
                token = f":{self._hasher(*whole)}"
                self._looked_up.setdefault(token, set()).add(value)
                self._kinds[token] = whole[0]
        self._take_name([dict(said).get(key, "") for key in _NAMES])

    def _take_name(self, names: list[str]) -> None:
        words = " ".join(names).split()
        # One word alone is many people's.
        if len(words) > 1:
            self._own.add(" ".join(words))
        self._name_words.update(word for word in words if len(word) > 2)


def _longest_first(values: Collection[str]) -> tuple[str, ...]:
    """Her local part must not be cut out of her address."""
    return tuple(sorted(values, key=lambda value: (-len(value), value)))


def _forms(key: str, value: str, country: str) -> Iterator[tuple[str, str]]:
    """(kind, normal form) by which a value is found, the whole first; none for what is no such value."""
    if key == "em" and matching.is_email(value):
        yield "email", matching.email_form(value)
    elif key == "ph" and matching.is_phone(value):
        yield from (("phone", form) for form in matching.phone_forms(value, country))
    elif key == "external_id":
        yield "external", matching.external_form(value)
