"""An error group in plain words: one sentence for all its deliveries, and a shorter one for lists."""

from __future__ import annotations

import re
from dataclasses import replace

from events.domain.ending import Ending, Explanation
from events.domain.explanation import explain
from events.domain.outcome import Outcome
from events.domain.text import Text

# Whose form says what the outcome alone leaves open.
_TOLD = {
    Outcome.REJECTED: "Scalev refused this request: {what}.",
    Outcome.UNREACHABLE: "Scalev was not reached: {what}.",
    Outcome.TIMED_OUT: "Scalev did not answer in time: {what}.",
    Outcome.INTERRUPTED: "No whole answer came: {what}.",
}
_KEY_REFUSED = (401, 403)


def explain_group(outcome: Outcome, status: int | None, form: str) -> Explanation:
    """The sentence of a group and what to do, from its outcome and its `grouping.normal_form` alone."""
    plain = explain(Ending(outcome, status))
    if outcome is Outcome.UNREACHABLE:
        plain = Explanation(Text("Scalev was not reached."), plain.meaning, _LOOK)
    if not form or outcome not in _TOLD or status in _KEY_REFUSED:
        return plain
    sentence = Text(_TOLD[outcome], what=_unquoted(form))
    return replace(plain, sentence=sentence)


def title(outcome: Outcome, status: int | None, form: str) -> Text:
    """For a list that names the outcome beside it: the words that tell this group from the others."""
    if not form or outcome is Outcome.UNEXPECTED:
        # What came unexpectedly may call itself “OK”.
        return explain_group(outcome, status, form).sentence
    words = _unquoted(form)
    return Text("{words}", words=words[:1].upper() + words[1:] if _PLAIN_WORD.match(words) else words)


# No name of a key or a path: those are written as they are.
_PLAIN_WORD = re.compile(r"[a-z']+(?:[ ,;]|\Z)")
_LOOK = Text("Open the newest delivery: it says what stopped the connection.")


def _unquoted(form: str) -> str:
    """Scalev's own words stand in “ ” beside a place; alone they need none."""
    is_quoted = form.startswith("“") and form.endswith("”") and form.count("“") == 1
    return form[1:-1] if is_quoted else form
