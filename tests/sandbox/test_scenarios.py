"""The table of scenarios, and the ordinary answers that they give."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from events.sandbox.answers import NEVER_TOLD, Ask, for_scenario
from events.sandbox.running import Running
from events.sandbox.scenarios import KEY, SCENARIOS, STORE_ID, Scenario, by_key, by_store_id
from events.sandbox.wire import ACTS
from tests.sandbox.talk import post

OUTCOMES = {
    *("accepted", "rejected", "not_found", "rate_limited", "server_error"),
    *("unexpected", "timed_out", "interrupted"),
}
SLUGS = [scenario.slug for scenario in SCENARIOS]


def of(slug: str, sandbox: Running) -> Any:
    return post(sandbox, store_id=f"store_sandbox_{slug}")


def test_every_store_id_and_key_of_the_table_could_be_a_real_one() -> None:
    for scenario in SCENARIOS:
        assert re.fullmatch(r"store_[A-Za-z0-9_]+", scenario.store_id)
        assert re.fullmatch(r"sfpk_[\x21-\x7e]{3,251}", scenario.key)
        assert scenario.expected_outcome in OUTCOMES
        assert scenario.title
        assert scenario.explanation


def test_no_two_scenarios_share_a_slug_or_a_title() -> None:
    assert len(set(SLUGS)) == len(SCENARIOS)
    assert len({scenario.title for scenario in SCENARIOS}) == len(SCENARIOS)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=SLUGS)
def test_a_scenario_is_found_by_its_store_id_and_by_its_key_with_any_suffix(scenario: Scenario) -> None:
    store_id, key = scenario.store_id, scenario.key
    for suffix in ("", "_2"):
        assert by_store_id(store_id + suffix) is scenario
        assert by_key(key + suffix) is scenario


@pytest.mark.parametrize("text", [STORE_ID, "store_sandbox", "store_sandbox_", "store_sandbox_rejectedly", "reset"])
def test_a_store_id_that_names_no_scenario_behaves(text: str) -> None:
    assert by_store_id(text) is None
    assert by_key(KEY) is None


@pytest.mark.parametrize("slug", SLUGS)
def test_a_scenario_has_an_answer_that_fits_its_outcome(slug: str) -> None:
    if slug == "slow":
        return
    answer = for_scenario(slug, Ask({}, 1_000_000))
    assert not answer.act or answer.act in ACTS
    by_status = {204: "accepted", 404: "not_found", 429: "rate_limited"}
    classes = {4: "rejected", 5: "server_error"}
    expected = by_status.get(answer.status) or classes.get(answer.status // 100, "unexpected")
    outcome = next(each.expected_outcome for each in SCENARIOS if each.slug == slug)
    assert outcome in ("timed_out", "interrupted") if slug in NEVER_TOLD else outcome == expected


def test_a_scenario_is_chosen_by_the_key_with_any_store(sandbox: Running) -> None:
    assert post(sandbox, store_id="store_vlTest", key="sfpk_sandbox_server_error_x").status == 500


def test_a_wrong_key_is_not_found_even_at_a_store_of_a_scenario(sandbox: Running) -> None:
    assert post(sandbox, store_id="store_sandbox_server_error", key="sk_1234567890").status == 404


@pytest.mark.parametrize(
    ("slug", "member", "kind"),
    [
        ("rejected", "errors", dict), ("error_object", "error", dict), ("error_array", "error", list),
        ("error_number", "error", int), ("error_boolean", "error", bool), ("error_message", "message", str),
        ("errors_list", "errors", list), ("error_code", "error_code", str), ("forbidden", "error_code", str),
    ],
)  # fmt: skip
def test_each_shape_of_the_error_answer_can_be_had(sandbox: Running, slug: str, member: str, kind: type) -> None:
    told = of(slug, sandbox).json()
    assert isinstance(told[member], kind)
    assert set(told) <= {"error", "error_code", "message", "errors"}


@pytest.mark.parametrize(
    ("slug", "status"),
    [
        ("unauthorized", 401), ("forbidden", 403), ("unprocessable", 422), ("not_found", 404), ("unknown", 404),
        ("server_error", 500), ("bad_gateway", 502), ("unavailable", 503), ("ok_200", 200), ("accepted_202", 202),
        ("html_200", 200), ("redirect", 307), ("redirect_get", 302), ("empty_400", 400),
    ],
)  # fmt: skip
def test_a_scenario_answers_with_its_status(sandbox: Running, slug: str, status: int) -> None:
    assert of(slug, sandbox).status == status


def test_the_buyer_is_repeated_where_the_scenario_says_so(sandbox: Running) -> None:
    error = of("rejected_echo", sandbox).json()["error"]
    assert "wulan.pertiwi@contoh.id" in error
    assert "6281290076543" in error


def test_the_plain_rate_limit_asks_for_seconds(sandbox: Running) -> None:
    reply = of("rate_limit", sandbox)
    assert (reply.status, reply.headers["content-type"]) == (429, "text/plain; charset=utf-8")
    assert int(reply.headers["retry-after"]) > 0


def test_the_json_rate_limit_asks_for_a_date(sandbox: Running) -> None:
    reply = of("rate_limit_json", sandbox)
    assert reply.json()["error_code"] == "rate_limited"
    assert parsedate_to_datetime(reply.headers["retry-after"]) > datetime.now(UTC)
    assert reply.headers["x-ratelimit-reset"] == "30"


def test_the_reset_may_be_a_time_in_milliseconds(sandbox: Running) -> None:
    assert int(of("rate_limit_epoch", sandbox).headers["x-ratelimit-reset"]) > 10**12


def test_a_proxy_answers_in_html(sandbox: Running) -> None:
    reply = of("bad_gateway", sandbox)
    assert reply.headers["content-type"].startswith("text/html")
    assert b"502 Bad Gateway" in reply.body


@pytest.mark.parametrize("slug", ["redirect", "redirect_get"])
def test_a_redirect_leads_to_another_path_of_the_sandbox(sandbox: Running, slug: str) -> None:
    assert of(slug, sandbox).headers["location"] == "/elsewhere"
