"""Each rule speaks where it should, is silent where it should, and its fix mends what it named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from events.domain import diagnosis, validation
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import EXAMPLES, Example
from events.domain.diagnosis.variants import VARIANTS
from events.domain.finding import Finding, Severity
from events.domain.patch import apply
from events.domain.payload import Payload
from events.domain.tree import Object

BY_CODE = {example.code: example for example in EXAMPLES}
# No payload can be any other JSON than an object: tested with the contract.
ELSEWHERE = {"C001"}


def remarks(example: Example) -> list[Finding]:
    return [finding for finding in review(example.provoking, example.known) if finding.code == example.code]


def test_every_code_has_one_example() -> None:
    assert diagnosis.__file__
    rules = [path for path in Path(diagnosis.__file__).parent.glob("*.py") if path.stem != "examples"]
    sources = [path.read_text() for path in (*rules, Path(validation.__file__))]
    spoken = {code for source in sources for code in re.findall(r'"([CSMH]\d{3})"', source)}

    assert spoken - ELSEWHERE == set(BY_CODE)
    assert len(BY_CODE) == len(EXAMPLES)


@pytest.mark.parametrize("code", BY_CODE)
def test_a_rule_speaks_of_what_is_wrong_and_is_silent_about_what_is_right(code: str) -> None:
    example = BY_CODE[code]

    assert len(remarks(example)) == 1
    assert code not in {finding.code for finding in review(example.harmless, example.known)}


@pytest.mark.parametrize("code", BY_CODE)
def test_a_remark_names_its_cause_its_cure_and_its_evidence(code: str) -> None:
    (finding,) = remarks(BY_CODE[code])

    assert finding.message
    assert finding.hint
    assert finding.evidence
    assert (finding.severity is Severity.ERROR) is code.startswith("C")


# The others only a person can mend.
MENDED = [code for code, example in BY_CODE.items() if any(finding.fix for finding in remarks(example))]


@pytest.mark.parametrize("code", MENDED)
def test_what_a_fix_does_leaves_nothing_to_say_about_it(code: str) -> None:
    example = BY_CODE[code]
    (finding,) = remarks(example)

    mended = apply(example.provoking.tree, finding.fix)

    assert isinstance(mended, Object)
    before = {each.code for each in review(example.provoking, example.known)}
    after = {each.code for each in review(Payload(mended), example.known)}
    assert code not in after
    assert after <= before


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.code)
def test_another_wording_of_a_code_has_an_example_of_its_own(variant: Example) -> None:
    (said,) = remarks(variant)
    others = [each for each in (BY_CODE[variant.code], *VARIANTS) if each.code == variant.code and each is not variant]

    assert said.message not in {remarks(other)[0].message for other in others}
    assert said.hint


def test_an_inference_is_a_hint_and_says_so() -> None:
    findings = [remarks(example)[0] for example in EXAMPLES]
    inferred = [finding for finding in findings if "inference" in finding.evidence]

    assert inferred
    assert {finding.severity for finding in inferred} == {Severity.HINT}
