"""A half that did not arrive counts for nothing; one of which no answer is known is said to be open."""

from __future__ import annotations

import pytest

from tests.domain.audited import ID, both, judged, only, told
from tests.recordings import EMAIL, ORDER, answered, call, event, hit, unanswered

BLOCKED, FAILED, ABORTED = "net::ERR_BLOCKED_BY_CLIENT", "net::ERR_FAILED", "net::ERR_ABORTED"


def test_a_half_that_scalev_refused_counts_for_nothing() -> None:
    pair = only(hit("Purchase", ID, **ORDER), call(event("Purchase", ID, **ORDER), status=404))

    assert told(pair).startswith("browser_only: Only the browser's half counts: Scalev refused the server's with")
    assert pair.facts()["server_at"] is None
    assert told(only(call(event("A", "1"), status=404))).startswith(
        "server_only: Neither half reached Meta: no hit of the pixel in this recording has its name and its ID, and "
        "Scalev refused the server's with status 404."
    )


def test_a_hit_that_a_blocker_stopped_counts_for_nothing() -> None:
    stopped = unanswered(hit("Purchase", ID, **ORDER), BLOCKED)

    pair = only(stopped, call(event("Purchase", ID, **ORDER)))

    assert told(pair).startswith("server_only: Only the server's half counts: the browser stopped the pixel’s")
    assert "ERR_BLOCKED_BY_CLIENT" in told(pair)
    assert "nothing was sent to Scalev" in told(only(stopped))
    assert "Neither half reached Meta" in told(only(stopped, call(event("Purchase", ID), status=400)))


def test_a_hit_of_which_the_answer_is_not_known_may_well_have_arrived() -> None:
    browser, server = both()

    pair = only(unanswered(browser, ABORTED), server)

    assert pair.verdict == "paired"
    assert "No answer from Meta to the pixel’s hit is recorded; it may well have arrived." in told(pair)
    assert "may well have arrived" not in told(only(unanswered(browser, ABORTED), browser, server))


def test_a_hit_that_meta_answered_has_arrived_whatever_else_is_said_of_it() -> None:
    browser, server = both()
    browser["response"] |= {"status": 200, "_error": "net::ERR_BLOCKED_BY_ORB"}

    assert only(browser, server).verdict == "paired"


LEFT = "is certain: no answer to the server's came, most likely as the page was left before Scalev answered. It may"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (BLOCKED, "counts: the browser stopped the server's (net::ERR_BLOCKED_BY_CLIENT). A blocker does this"),
        (FAILED, "counts: the server's failed in the browser (net::ERR_FAILED). Most likely the page's origin is not"),
        (ABORTED, LEFT),
        ("NS_BINDING_ABORTED", LEFT),
        ("", LEFT),
        ("net::ERR_TIMED_OUT", "is certain: no answer to the server's came (net::ERR_TIMED_OUT). It may have arrived"),
    ],
)
def test_a_call_without_an_answer_makes_no_pair(error: str, words: str) -> None:
    browser, server = both()

    pair = only(browser, unanswered(server, error))

    assert told(pair).startswith(f"browser_only: Only the browser's half {words}")
    assert pair.facts()["server_at"] is None
    assert not judged(browser, unanswered(server, error)).is_whole


def test_a_call_that_scalev_took_in_the_end_makes_a_pair() -> None:
    browser, server = both()

    assert only(browser, unanswered(server, ABORTED), server).verdict == "paired"


@pytest.mark.parametrize("is_behind", [True, False])
@pytest.mark.parametrize(("status", "cure"), [(404, "Most likely the page's origin"), (503, "Scalev could not")])
def test_a_preflight_that_scalev_turned_away_kept_the_call_from_being_made(
    status: int, cure: str, *, is_behind: bool
) -> None:
    browser, server = both()
    preflight = call(event("Purchase", ID), status=status)
    preflight["request"]["method"] = "OPTIONS"
    recorded = [preflight, unanswered(server)]

    found = judged(browser, *(reversed(recorded) if is_behind else recorded))

    (pair,) = found.pairs
    assert f"never sent the server's, as Scalev turned away its preflight with status {status}." in told(pair)
    assert pair.judgement.cure.startswith(cure)
    assert [str(left.what) for left in found.unjudged] == ["Preflights that Scalev turned away"]


def test_an_unregistered_origin_is_called_an_inference() -> None:
    browser, server = both()

    assert "Inferred" in only(browser, unanswered(server, FAILED)).judgement.cure


def test_a_call_that_may_have_arrived_is_never_called_lost() -> None:
    alone = unanswered(call(event("Purchase", ID)), ABORTED)
    stopped = unanswered(hit("Purchase", ID), BLOCKED)

    assert told(only(alone)).startswith("server_only: Perhaps no half reached Meta: no hit of the pixel in this")
    assert told(only(stopped, alone)).startswith("browser_only: Perhaps no half reached Meta: the browser stopped")
    assert "Only the browser's half is certain" in told(
        only(hit("Purchase", ID), alone, call(event("Purchase", ID), seconds=1, status=400))
    )


def test_the_browsers_word_is_masked() -> None:
    browser, server = both()

    assert EMAIL not in told(only(browser, unanswered(server, f"blocked {EMAIL}")))


def test_what_a_redirect_sends_on_is_one_half_where_it_ends() -> None:
    browser, server = both()
    hops = (answered(browser, 307), answered(browser, 307), browser, answered(server, 308), server)

    found = judged(*hops)

    assert [(pair.verdict, len(pair.group.hits), len(pair.group.sent)) for pair in found.pairs] == [("paired", 1, 1)]
    assert [(left.count, str(left.what)) for left in found.unjudged] == [(3, "Redirects")]


def test_a_redirect_that_nothing_follows_is_judged_itself() -> None:
    browser, server = both()

    assert only(answered(browser, 302), server).verdict == "paired"
    assert "the server's was sent on to another address (status 308)" in told(only(browser, answered(server, 308)))


def test_the_same_half_before_a_redirect_is_doubled() -> None:
    browser, server = both()

    assert only(browser, answered(browser, 307), browser, server).verdict == "doubled"
