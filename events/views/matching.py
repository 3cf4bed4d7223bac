"""How Meta will look for the buyer of a payload: which keys are there, and each value in the form that it compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.domain.finding import Finding
from events.domain.match_keys import ESTIMATE, Standing, match_keys
from events.domain.meta_forms import Compared, compared
from events.domain.payload import Payload
from events.domain.text import writable
from events.domain.tree import Json
from events.forms.compose.fields import BUYER_FIELDS
from events.views.evidence import Evidence

_LABELS: dict[str, str | Promise] = {field.key: field.label for field in BUYER_FIELDS} | {"zp": _("Postcode")}

_SYMBOLS = {
    Standing.THERE: "success",
    Standing.PARTLY: "open",
    Standing.DOUBTFUL: "warning",
    Standing.CALLER: "acknowledged",
    Standing.MISSING: "pending",
}


@dataclass(frozen=True, slots=True)
class Form:
    """What one library, or both where they agree, makes of a value: `text` is None where it refuses it.

    `libraries` says whose form it is; `id` finds the hash on the page.
    """

    libraries: str | Promise
    text: str | None
    digest: str
    id: str


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """One of the buyer's values as Meta will compare it; a doubted one carries a warning elsewhere."""

    label: str | Promise
    value: Compared
    forms: tuple[Form, ...]
    is_doubted: bool

    @property
    def is_refused(self) -> bool:
        return self.value.sdk is None and self.value.builder is None


def matching_of(
    tree: Json, findings: tuple[Finding, ...], *, by_browser: bool, is_clear: bool = True
) -> dict[str, Any]:
    """The context of `_match.html` and its parts. A hash identifies a buyer, so that without a clear sight none is."""
    payload = Payload.of(tree)
    match = match_keys(payload, findings, by_browser=by_browser)
    doubted = {name for step in match.steps if step.standing is Standing.DOUBTFUL for name in step.names}
    values = compared(payload) if is_clear else ()
    return {
        "match": match,
        "match_steps": tuple((_SYMBOLS[step.standing], step) for step in match.steps),
        "match_estimate": ESTIMATE,
        "compared": tuple(
            ComparedValue(_LABELS[value.key], value, _forms(value), value.key in doubted) for value in values
        ),
        "compared_in_clear": is_clear,
    }


def matching_of_sent(evidence: Evidence | None, *, by_browser: bool) -> dict[str, Any]:
    """The same of what was sent, as far as its viewer may see the buyer; nothing where it is no JSON."""
    body = evidence.sent.body if evidence else None
    if evidence is None or body is None or not body.is_json:
        return {}
    return matching_of(body.tree, evidence.findings, by_browser=by_browser, is_clear=evidence.is_clear)


def _forms(value: Compared) -> tuple[Form, ...]:
    place = f"hash-{value.key}"
    if value.agree:
        return (_form(_("Both libraries"), value.sdk, value.sdk_hash, place),)
    return (
        _form(_("Business SDK"), value.sdk, value.sdk_hash, f"{place}-sdk"),
        _form(_("Parameter builder"), value.builder, value.builder_hash, f"{place}-builder"),
    )


def _form(libraries: Promise, text: str | None, digest: str, place: str) -> Form:
    return Form(libraries, text if text is None else writable(text), digest, place)
