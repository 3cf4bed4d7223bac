"""Every finding that the console may speak, explained by its own example: for the page and for docs/findings.md.

`python -m events.domain.reference` writes the document; `make docs` puts it in its place.
"""

from __future__ import annotations

import functools
import sys
from dataclasses import dataclass, replace

from events.domain.diagnosis import review
from events.domain.diagnosis.examples import EXAMPLES, Example
from events.domain.diagnosis.variants import VARIANTS
from events.domain.finding import Finding, Severity
from events.domain.patch import before_and_after
from events.domain.presets import unfilled
from events.domain.text import Text
from events.domain.tree import Array, Json, Object, Path, format_path, walk, write
from events.domain.validation import check

LONGEST_VALUE = 100
MOST_VALUES = 3
# By the first letter of their codes, in the order in which they count.
FAMILIES = {
    "C": Text("The contract: Scalev will not accept it"),
    "S": Text("Scalev's traps: accepted, and yet not what was meant"),
    "M": Text("Meta: what it refuses, ignores or cannot match"),
    "H": Text("What was sent before"),
    "F": Text("The form: what cannot be read as it was typed"),
}
_HERE = Text("This console can send JSON only")


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `wrong` and `right` are values of an example that provokes it and of one that does not, as
    `path: JSON`, `–` for none; `fix` is what one click would put there, empty where only a person can tell.
    `also` are the code's other wordings.
    """

    finding: Finding
    wrong: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    fix: tuple[str, ...] = ()
    also: tuple[Entry, ...] = ()

    @property
    def code(self) -> str:
        return self.finding.code

    @property
    def folded(self) -> str:
        """Everything that is said here, in small letters, for a search."""
        said = self.finding
        told = (said.code, said.severity, said.message, said.hint, said.evidence, format_path(said.path), *self.wrong)
        return " ".join((*told, *(other.folded for other in self.also))).casefold()


@functools.cache
def entries() -> tuple[Entry, ...]:
    """All of them, by family and number."""
    found = [*map(_whole, EXAMPLES), *_without_example()]
    order = list(FAMILIES)
    return tuple(sorted(found, key=lambda entry: (order.index(entry.code[0]), entry.code)))


@functools.cache
def codes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.code for entry in entries()))


def by_family() -> dict[str, tuple[Entry, ...]]:
    return {letter: tuple(entry for entry in entries() if entry.code[0] == letter) for letter in FAMILIES}


def _whole(example: Example) -> Entry:
    return replace(_entry(example), also=tuple(_entry(each) for each in VARIANTS if each.code == example.code))


def _entry(example: Example) -> Entry:
    payload = example.provoking
    finding = next(each for each in review(payload, example.known) if each.code == example.code)
    wrong, right = _leaves(payload.tree), _leaves(example.harmless.tree)
    provoked = _shown({path: value for path, value in wrong.items() if right.get(path) != value})
    return Entry(
        finding,
        wrong=(*(provoked or _lacking(payload.tree, finding.path, right)), *_beside(example)),
        right=_shown({path: value for path, value in right.items() if wrong.get(path) != value}),
        fix=tuple(
            f"{format_path(operation.path)}: {before_and_after(payload.tree, operation)[1] or '–'}"
            for operation in finding.fix
        ),
    )


def _lacking(tree: Json, path: Path, right: dict[Path, str]) -> tuple[str, ...]:
    """What is not there: the value meant, or where that one stands, what the right one has and this one lacks."""
    wrong = _leaves(tree)
    missing = [path] if path not in dict(walk(tree)) else [each for each in right if each not in wrong]
    return tuple(f"{format_path(each)}: –" for each in missing)


def _beside(example: Example) -> tuple[str, ...]:
    url = example.known.landing_url
    return (f"landing page: {url}",) if url else ()


def _without_example() -> tuple[Entry, ...]:
    """What is said of texts that are no payload."""
    (no_object,) = check(Array())
    no_json = Finding("C000", Severity.ERROR, (), Text("This is no JSON."), Text("Mend the place named."), _HERE)
    cure = Text("Write it as its kind says, or choose another kind; nothing typed is lost.")
    no_value = Finding("F001", Severity.ERROR, (), Text("What stands in this field cannot be read."), cure, _HERE)
    (not_filled,) = unfilled(Object((("event_id", "{{order.id}}"),)))
    return (
        Entry(no_json, ('{"events": [,]}',)),
        Entry(no_object, ("[]",)),
        Entry(no_value, ("number: 95.300,00",)),
        Entry(not_filled, ("event_id: {{order.id}}",)),
    )


def _leaves(tree: Json) -> dict[Path, str]:
    """The values that hold no other, and empty ones."""
    return {
        path: write(value).decode()
        for path, value in walk(tree)
        if not (isinstance(value, Array | Object) and (value.items if isinstance(value, Array) else value.pairs))
    }


def _shown(values: dict[Path, str]) -> tuple[str, ...]:
    lines = [f"{format_path(path)}: {_short(value)}" for path, value in values.items()]
    return (*lines[:MOST_VALUES], "…") if len(lines) > MOST_VALUES else tuple(lines)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def document() -> str:
    """docs/findings.md."""
    parts = [_HEAD]
    for letter, found in by_family().items():
        parts.append(f"## {letter}: {FAMILIES[letter]}\n")
        parts += [_section(entry) for entry in found]
    return "\n".join(parts)


_HEAD = """# Findings

Each remark that the console may make on a payload: why, what to do about it, on which evidence, and by which example.
An error is a breach of Scalev's published contract, a warning rests on what a vendor states, a hint on less. Written by
`make docs` from the rules themselves; a test fails when it is stale. The console shows the same under *Findings*.
"""


def _section(entry: Entry) -> str:
    finding = entry.finding
    where = format_path(finding.path)
    lines = [
        f"### {finding.code}\n",
        f"**{_prose(finding.message)}**\n",
        f"- Severity: {finding.severity}" + (f", at `{where}`" if where else ""),
        f"- Cure: {_prose(finding.hint)}",
        f"- Evidence: {finding.evidence}",
        *_told("Example", entry.wrong),
        *_told("No cause", entry.right),
        *_told("By one click", entry.fix),
        *(
            f"- Also ({other.finding.severity}): {_prose(other.finding.message)} {_examples(other.wrong)}"
            for other in entry.also
        ),
    ]
    return "\n".join(lines) + "\n"


def _told(what: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return (f"- {what}: {_examples(values)}",) if values else ()


def _prose(text: Text) -> str:
    """Words as Markdown shows them: it would take what stands in angle brackets for a tag."""
    return text.replace("<", "&lt;")


def _examples(values: tuple[str, ...]) -> str:
    return ", ".join(f"`{value}`" for value in values)


if __name__ == "__main__":
    sys.stdout.write(document())
