"""How a rule speaks: a warning rests on what a vendor states, a hint on less, and each names its evidence."""

from __future__ import annotations

from events.domain.finding import Finding, Severity
from events.domain.patch import Operation, add
from events.domain.text import Text
from events.domain.tree import Json, Object, Path

SCALEV = Text("Scalev's documentation")
META = Text("Meta's documentation")
META_CODE = Text("Meta's own published code")
# What a warning may rest on: a rule that one of the two wrote down, or that its code was seen to follow.
VENDORS = (SCALEV, META, META_CODE)
THIRD_PARTY = Text("Reports of others who send to Meta; neither Scalev nor Meta states it")
INFERENCE = Text("Our inference; no vendor states it")
OWN_LIMIT = Text("A limit of this console's own")

Fix = tuple[Operation, ...]


def added(path: Path, owner: Object, key: str, value: Json) -> Fix:
    """What puts a key into the object at `path` of its `owner`, which is made where it is missing."""
    part = owner.get(str(path[-1]))
    if isinstance(part, Object):
        return (add((*path, key), value),)
    return () if str(path[-1]) in owner else (add(path, Object(((key, value),))),)


def warning(code: str, path: Path, message: Text, hint: Text, evidence: Text, fix: Fix = ()) -> Finding:
    return Finding(code, Severity.WARNING, path, message, hint, evidence, fix)


def hint(code: str, path: Path, message: Text, cure: Text, evidence: Text = INFERENCE, fix: Fix = ()) -> Finding:
    return Finding(code, Severity.HINT, path, message, cure, evidence, fix)
