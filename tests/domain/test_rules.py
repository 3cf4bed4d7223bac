"""Each rule speaks where it should, is silent where it should, and its fix mends what it named."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from events.domain import diagnosis, validation
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import EXAMPLES, Example
from events.domain.diagnosis.remarks import THIRD_PARTY, VENDORS
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


SAID = [finding for example in (*EXAMPLES, *VARIANTS) for finding in remarks(example)]


def test_a_warning_rests_on_what_a_vendor_states_and_everything_less_is_a_hint() -> None:
    for finding in SAID:
        if finding.severity is Severity.WARNING:
            assert finding.evidence in VENDORS, finding.code
        if "inference" in finding.evidence or finding.evidence == THIRD_PARTY:
            assert finding.severity is Severity.HINT, finding.code


def test_no_rule_writes_a_warning_on_anything_else() -> None:
    """Also where no example leads: in each call, one of the vendors is named."""
    assert diagnosis.__file__
    calls = [
        call
        for path in Path(diagnosis.__file__).parent.glob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "warning"
    ]
    passed_on = {"evidence"}
    for call in calls:
        names = {
            each.id for each in (*call.args, *(word.value for word in call.keywords)) if isinstance(each, ast.Name)
        }
        assert names & ({"SCALEV", "META", "META_CODE"} | passed_on), ast.unparse(call)
        assert not names & {"INFERENCE", "THIRD_PARTY"}, ast.unparse(call)

    assert len(calls) > 30


@pytest.mark.parametrize("code", ["M018", "M041", "M045", "S005"])
def test_what_no_vendor_states_says_that_it_is_an_inference(code: str) -> None:
    (finding,) = remarks(BY_CODE[code])

    assert finding.severity is Severity.HINT
    assert "inference" in finding.evidence
