"""What lies over an exchange for whoever may not see the buyer: one veil for both sides of it."""

from __future__ import annotations

from dataclasses import dataclass

from events.domain import contract
from events.domain.personal import buyer_values
from events.domain.redaction import hide_keys, mask_payload, scrub
from events.domain.tree import Array, Json, Number, Object, Path, at, walk

_CLEAR_MEMBERS = ("country",)


@dataclass(frozen=True, slots=True)
class Veil:
    """Hides the buyer of one payload, or with `is_lifted` only what nobody may see: storefront and secret keys."""

    values: tuple[str, ...]
    is_lifted: bool = False

    @classmethod
    def over(cls, payload: Json, *, is_lifted: bool = False) -> Veil:
        return cls(buyer_values(payload), is_lifted)

    def text(self, text: str) -> str:
        """Free text as this viewer may read it."""
        return hide_keys(text) if self.is_lifted else scrub(text, self.values)

    def payload(self, tree: Json) -> Json:
        """The request's own tree."""
        return self.tree(tree) if self.is_lifted else mask_payload(tree)

    def path(self, path: Path) -> Path:
        """Where something stands in the request, in the keys that this viewer sees there."""
        return tuple(step if isinstance(step, int) or step in contract.KNOWN_KEYS else self.text(step) for step in path)

    def tree(self, tree: Json) -> Json:
        """Any other tree, an answer's for one: keys, texts and numbers may all repeat the buyer."""
        if isinstance(tree, str):
            return self.text(tree)
        if isinstance(tree, Number):
            shown = self.text(tree.text)
            return tree if shown == tree.text else shown
        if isinstance(tree, Array):
            return Array(tuple(self.tree(item) for item in tree))
        if isinstance(tree, Object):
            return Object(tuple((self.text(key), self.tree(value)) for key, value in tree.pairs))
        return tree


def without_buyer(payload: Json) -> Json:
    """The payload without its buyer: `user_data` keeps the country, and any other value that names her is left out.

    Left out and not masked: a mask that is sent on would be a wrong value at Meta.
    """
    if not isinstance(payload, Object):
        return payload
    known = payload.get("user_data")
    members = known.pairs if isinstance(known, Object) else ()
    kept = Object(tuple(pair for pair in members if pair[0] in _CLEAR_MEMBERS))
    masked = mask_payload(payload)
    assert isinstance(masked, Object)
    if "user_data" not in payload:
        return _pruned(payload, masked)
    return _pruned(payload.with_("user_data", kept), masked.with_("user_data", kept))


def names_buyer(payload: Json, path_end: str) -> bool:
    """Whether any value under a key of this name, outside `user_data`, would be masked."""
    masked = mask_payload(payload)
    return any(
        path[-1:] == (path_end,) and path[0] != "user_data" and at(masked, path) != value
        for path, value in walk(payload)
    )


def _pruned(value: Json, masked: Json) -> Json:
    """Both trees have one shape; where a leaf or a key differs, the value names the buyer."""
    if isinstance(value, Object) and isinstance(masked, Object):
        pairs = zip(value.pairs, masked.pairs, strict=True)
        return Object(
            tuple(
                (key, _pruned(member, other))
                for (key, member), (shown, other) in pairs
                if key == shown and (not _is_leaf(member) or member == other)
            )
        )
    if isinstance(value, Array) and isinstance(masked, Array):
        items = zip(value, masked, strict=True)
        return Array(tuple(_pruned(item, other) for item, other in items if not _is_leaf(item) or item == other))
    return value


def _is_leaf(value: Json) -> bool:
    return not isinstance(value, Array | Object)
