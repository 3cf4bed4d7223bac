"""How long an answer asks to wait, from headers of undocumented units."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from events.domain.waiting import wait_asked

NOW = datetime(2026, 11, 23, 3, 40, 31, tzinfo=UTC)
EPOCH = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7), ("0", 1), ("86400", 3600), ("9" * 30, 3600), ("Mon, 23 Nov 2026 03:41:01 GMT", 30)],
)
def test_retry_after_is_read_as_seconds_or_date_and_held_in_bounds(value: str, seconds: int) -> None:
    wait = wait_asked((("Retry-After", value),), NOW)

    assert wait is not None
    assert (wait.seconds, wait.header) == (seconds, "Retry-After")


@pytest.mark.parametrize("value", ["", "-5", "besok pagi", "1.5", "9" * 5000])
def test_a_useless_retry_after_leaves_the_word_to_the_reset_header(value: str) -> None:
    wait = wait_asked((("retry-after", value), ("x-ratelimit-reset", "40")), NOW)

    assert wait is not None
    assert (wait.seconds, wait.header) == (40, "X-Ratelimit-Reset")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("30", 30), (str(EPOCH + 45), 45), (str((EPOCH + 45) * 1000), 45), (str(EPOCH - 100), 1), ("7200", 3600)],
)
def test_the_unit_of_the_reset_header_is_told_by_its_size(value: str, seconds: int) -> None:
    wait = wait_asked((("X-Ratelimit-Reset", value),), NOW)

    assert wait is not None
    assert wait.seconds == seconds


@pytest.mark.parametrize("headers", [(), (("X-Ratelimit-Reset", "besok"),), (("Retry-After", "-1"),)])
def test_headers_without_a_usable_wait_say_nothing(headers: tuple[tuple[str, str], ...]) -> None:
    assert wait_asked(headers, NOW) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1", "1 second"),
        ("45", "45 seconds"),
        ("121", "3 minutes"),
        ("3600", "60 minutes"),
        ("9000", "at least an hour"),
    ],
)
def test_a_wait_is_said_in_words(value: str, words: str) -> None:
    wait = wait_asked((("Retry-After", value),), NOW)

    assert wait is not None
    assert wait.words == words


def test_a_wait_is_over_once_it_has_passed() -> None:
    wait = wait_asked((("Retry-After", "10"),), NOW)

    assert wait is not None
    assert not wait.is_over(timedelta(seconds=9))
    assert wait.is_over(timedelta(seconds=10))
