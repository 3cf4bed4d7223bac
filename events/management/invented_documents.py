"""The search documents of invented deliveries, put together of what is made once.

Nothing that is invented names a buyer outside her own data, so her words and the rest's can stand side by side; no
value needs to be scrubbed of her. A test holds these documents against those that `document` makes of the whole.
"""

from __future__ import annotations

from events.domain import redaction
from events.domain.tree import Object
from events.management.believable import Invented, Visit
from events.models import Delivery
from events.models.encryption import index_hasher
from events.models.search.document import END, NO_REMARK, document, event_token, folded, numbers, remark
from events.models.search.facets import facets

# Buyers come and go; of those who went nothing is needed again.
_BUYERS_KEPT = 1_000


class Documents:
    def __init__(self) -> None:
        self._hasher = index_hasher()
        self._masked: dict[Visit, str] = {}
        self._words: dict[Visit, list[str]] = {}

    def of(self, each: Invented, row: Delivery) -> tuple[str, str, str]:
        """Facets, words and text."""
        values = dict.fromkeys((kind, folded(value)) for kind, value in each.values)
        runs = dict.fromkeys(numbers(value for _, value in values))
        words = [*map(event_token, each.names), *self._of_buyer(each.visit, row), *(self._hashed(run) for run in runs)]
        text = "".join(f" {value}{END}{kind}" for kind, value in values)
        said = remark(each.error, str, row.store.country, self._hasher) if each.error else NO_REMARK
        return facets(row), f" {' '.join(dict.fromkeys(words))} {said.words}", f"{text} {said.text}"

    def masked(self, visit: Visit) -> str:
        if visit not in self._masked:
            if len(self._masked) > _BUYERS_KEPT:
                self._masked.clear()
            self._masked[visit] = redaction.masked_buyer(_data(visit))
        return self._masked[visit]

    def _of_buyer(self, visit: Visit, row: Delivery) -> list[str]:
        if visit not in self._words:
            if len(self._words) > _BUYERS_KEPT:
                self._words.clear()
            # Of a row without events: else they would be told of beside her.
            alone = document(Delivery(store=row.store), _data(visit), "", self._hasher)
            self._words[visit] = alone.words.split()
        return self._words[visit]

    def _hashed(self, form: tuple[str, str]) -> str:
        return f":{self._hasher(*form)}"


def _data(visit: Visit) -> Object:
    return Object((("user_data", Object(tuple(visit.user_data.items()))),))
