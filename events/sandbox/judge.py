"""Judges a request body by the published contract, and remembers every rule it looked at."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from .published import BODY, Items, Members, Schema, Text, Whole
from .reading import Unreadable, Written, read

Path: TypeAlias = tuple[str | int, ...]

# A body of a hundred thousand broken lines is refused in as many words as one of a hundred.
MAX_REFUSALS = 100
MAX_CHECKS = 400

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class RuleHit:
    """One rule held against one place of the body. `message` completes the sentence "<place> …"."""

    path: Path
    rule: str
    message: str
    passed: bool = False

    @property
    def place(self) -> str:
        """The path as people write it: `events[0].event_id`; the whole body is `body`."""
        return written_path(self.path)


@dataclass(frozen=True)
class Verdict:
    """What the contract says. `rules` are the refusals (empty when accepted), `checks` all that was asked."""

    accepted: bool
    rules: tuple[RuleHit, ...]
    checks: tuple[RuleHit, ...]


def judge(body: bytes) -> Verdict:
    """The verdict on the exact bytes of a body. Never raises."""
    refusals: list[RuleHit] = []
    checks: list[RuleHit] = []
    for hit in _look_at_body(body):
        if len(checks) < MAX_CHECKS or not hit.passed:
            checks.append(hit)
        if not hit.passed:
            refusals.append(hit)
        if len(refusals) == MAX_REFUSALS:
            break
    return Verdict(not refusals, tuple(refusals), tuple(checks))


def written_path(path: Path) -> str:
    """`("variants", 0, "quantity")` as `variants[0].quantity`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN_KEY.fullmatch(part):
            text += f".{part}" if text else part
        else:
            text += f"[{json.dumps(part)}]"
    return text or "body"


def _look_at_body(body: bytes) -> Iterator[RuleHit]:
    try:
        value = read(body)
    except Unreadable as refusal:
        yield RuleHit((), refusal.rule, str(refusal))
        return
    yield RuleHit((), "the body is JSON", "is JSON in UTF-8", passed=True)
    yield from _look(BODY, value, ())


def _look(schema: Schema, value: object, path: Path) -> Iterator[RuleHit]:
    if isinstance(schema, (Text, Whole)) and schema.nullable and value is None:
        yield RuleHit(path, "nullable: true", "may be null", passed=True)
    elif isinstance(schema, Text):
        yield _typed(path, "string", isinstance(value, str), value)
    elif isinstance(schema, Whole):
        yield from _look_at_number(schema, value, path)
    elif isinstance(schema, Items):
        yield from _look_at_items(schema, value, path)
    else:
        yield from _look_at_members(schema, value, path)


def _look_at_number(schema: Whole, value: object, path: Path) -> Iterator[RuleHit]:
    whole = isinstance(value, Written) and value.is_whole
    yield _typed(path, "integer", whole, value)
    if schema.positive and whole:
        assert isinstance(value, Written)
        words = "is at least 1" if value.is_positive else f"must be at least 1, found {_shown(value)}"
        yield RuleHit(path, "minimum: 1", words, value.is_positive)


def _look_at_items(schema: Items, value: object, path: Path) -> Iterator[RuleHit]:
    yield _typed(path, "array", isinstance(value, list), value)
    if not isinstance(value, list):
        return
    if schema.at_least:
        enough = len(value) >= schema.at_least
        words = f"has {len(value)}" if enough else f"must have at least {schema.at_least} item"
        yield RuleHit(path, f"minItems: {schema.at_least}", words, enough)
    for index, item in enumerate(value):
        yield from _look(schema.of, item, (*path, index))


def _look_at_members(schema: Members, value: object, path: Path) -> Iterator[RuleHit]:
    yield _typed(path, "object", isinstance(value, dict), value)
    if not isinstance(value, dict):
        return
    for key in schema.required:
        there = key in value
        yield RuleHit((*path, key), "required", "is there" if there else "is required", there)
    for key, member in value.items():
        if key in schema.known:
            yield from _look(schema.known[key], member, (*path, key))
        elif schema.closed:
            words = f"is not allowed here; allowed are {', '.join(schema.known)}"
            yield RuleHit((*path, key), "additionalProperties: false", words)


def _typed(path: Path, name: str, passed: bool, value: object) -> RuleHit:
    article = "an" if name[0] in "aio" else "a"
    words = f"is {article} {name}" if passed else f"must be {article} {name}, found {_shown(value)}"
    return RuleHit(path, f"type: {name}", words, passed)


def _shown(value: object) -> str:
    """What was found, without a buyer's value: kinds for everything, digits for short numbers only."""
    if isinstance(value, Written):
        return value.text if len(value.text) <= 24 else f"a number of {len(value.text)} characters"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return "a string" if isinstance(value, str) else "an array" if isinstance(value, list) else "an object"
