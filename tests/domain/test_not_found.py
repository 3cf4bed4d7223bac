"""“Store not found”: what the log says for and against each of its four causes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.domain.ending import Ending
from events.domain.explanation import explain
from events.domain.not_found import Likelihood, Probe, Traces, causes_of, next_step_of, probe_of, probe_words
from events.domain.outcome import Outcome

BATIK, OTHER = "store_TokoBatikNusantara7Kx2Qd", "store_SepatuCibaduyut41"
NEVER = Traces(store_id=BATIK, sent_to=BATIK, key_is_storefront=True)
SOON = timedelta(minutes=12)


def known(**more: object) -> Traces:
    return Traces(**{"store_id": BATIK, "sent_to": BATIK, "key_is_storefront": True, **more})  # type: ignore[arg-type]


def standing(traces: Traces, word: str) -> tuple[Likelihood, str]:
    """How the cause stands whose sentence holds this word, and why."""
    (found,) = [cause for cause in causes_of(traces) if word in cause.text]
    return found.likelihood, str(found.why)


@pytest.mark.parametrize(
    "traces",
    [NEVER, known(before=SOON), known(other_after=SOON), known(other_refused=SOON), known(after=SOON), Traces(BATIK)],
)
def test_all_four_causes_stand_in_the_order_of_their_likelihood(traces: Traces) -> None:
    order = [list(Likelihood).index(cause.likelihood) for cause in causes_of(traces)]

    assert len(order) == 4
    assert order == sorted(order)
    assert all(cause.why for cause in causes_of(traces))


def test_a_key_that_was_taken_before_is_no_page_key_and_hardly_stands_beside_a_wrong_store_id() -> None:
    traces = known(before=SOON)

    assert standing(traces, "page key")[0] is Likelihood.RULED_OUT
    assert standing(traces, "store ID") == (
        Likelihood.UNLIKELY,
        "Scalev knew it 12 minutes before. The store would have to have been deleted there since.",
    )
    assert standing(traces, "storefront key")[0] is Likelihood.POSSIBLE
    assert standing(traces, "plan") == (
        Likelihood.POSSIBLE,
        "It was active 12 minutes before, and may have ended since.",
    )


def test_another_key_that_is_taken_since_leaves_only_the_key() -> None:
    traces = known(other_key="sfpk_…41c2", other_after=SOON)

    assert standing(traces, "storefront key") == (
        Likelihood.LIKELY,
        "Scalev took another key of this store 12 minutes after.",
    )
    assert standing(traces, "store ID")[0] is Likelihood.RULED_OUT
    assert standing(traces, "plan")[0] is Likelihood.RULED_OUT
    assert next_step_of(traces).startswith("Let an admin copy the storefront key")


def test_two_keys_refused_of_a_store_that_was_found_before_point_at_the_plan() -> None:
    traces = known(before=timedelta(days=2), other_key="sfpk_…41c2", other_refused=SOON)

    assert standing(traces, "plan")[0] is Likelihood.LIKELY
    assert standing(traces, "storefront key")[0] is Likelihood.UNLIKELY
    assert "subscription" in next_step_of(traces)


def test_a_key_that_was_never_taken_beside_one_that_was_is_the_likeliest() -> None:
    assert standing(known(other_before=SOON), "storefront key")[0] is Likelihood.LIKELY


def test_the_same_key_in_another_store_where_it_is_taken_names_that_store() -> None:
    likelihood, why = standing(known(twins=("Sepatu Cibaduyut",)), "storefront key")

    assert likelihood is Likelihood.LIKELY
    assert "Sepatu Cibaduyut" in why


@pytest.mark.parametrize(("sent_to", "id_before"), [("48213", ""), (BATIK, OTHER)])
def test_a_store_id_of_another_form_or_than_before_is_the_likeliest(sent_to: str, id_before: str) -> None:
    traces = known(store_id=sent_to, sent_to=sent_to, id_before=id_before, before=SOON)

    likelihood, why = standing(traces, "store ID")

    assert likelihood is Likelihood.LIKELY
    assert sent_to in why
    assert "compare the store ID" in next_step_of(traces)


def test_a_store_id_that_was_corrected_since_asks_for_a_test() -> None:
    traces = known(sent_to=OTHER, after=SOON)

    assert standing(traces, "store ID") == (
        Likelihood.LIKELY,
        f"This one went to `{OTHER}`; the store's ID here is `{BATIK}` now.",
    )
    assert "corrected since" in next_step_of(traces)


@pytest.mark.parametrize(
    ("is_storefront", "likelihood"),
    [(True, Likelihood.UNLIKELY), (False, Likelihood.LIKELY), (None, Likelihood.POSSIBLE)],
)
def test_a_page_key_is_told_by_how_it_begins(is_storefront: bool | None, likelihood: Likelihood) -> None:
    assert standing(known(key_is_storefront=is_storefront), "page key")[0] is likelihood


def test_once_the_key_is_taken_again_nothing_is_left_to_find_out() -> None:
    traces = known(after=SOON)

    assert {cause.likelihood for cause in causes_of(traces)} <= {Likelihood.RULED_OUT}
    assert next_step_of(traces) == "Scalev takes events with this key again: resend the event as it was."
    assert probe_of(traces) is Probe.NONE


def test_an_untried_other_key_is_the_test_that_tells_most() -> None:
    traces = known(other_key="sfpk_…41c2")

    assert probe_of(traces) is Probe.OTHER_KEY
    assert "the cause is the key of this request" in probe_words(traces)


@pytest.mark.parametrize(
    ("traces", "words"),
    [
        (NEVER, "whether it is still so"),
        (known(refused_again=SOON), "Once something was changed"),
        (known(other_key="sfpk_…41c2", other_refused=SOON), "whether it is still so"),
    ],
)
def test_without_one_the_same_key_is_tested(traces: Traces, words: str) -> None:
    assert probe_of(traces) is Probe.SAME_KEY
    assert words in probe_words(traces)


def test_without_a_log_all_four_are_possible() -> None:
    causes = explain(Ending(Outcome.NOT_FOUND, 404)).causes

    assert [cause.likelihood for cause in causes] == [Likelihood.POSSIBLE] * 4


def test_a_missing_pixel_is_said_not_to_be_among_them_and_that_this_is_inferred() -> None:
    (remark,) = explain(Ending(Outcome.NOT_FOUND, 404, traces=NEVER)).likely

    assert "pixel" in remark
    assert "(inferred)" in remark
