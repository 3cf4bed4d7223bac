"""Name lookups under a deadline."""

import concurrent.futures
import threading

import pytest

from events.delivery.attempt import Unreached
from events.delivery.resolving import Resolution


def test_lookups_of_one_name_at_one_time_share_a_thread() -> None:
    asked: list[str] = []
    may_answer = threading.Event()

    def slow(host: str, port: int) -> list[str]:
        asked.append(host)
        may_answer.wait(5)
        return ["93.184.215.14"]

    resolution = Resolution(slow)
    for _ in range(5):
        with pytest.raises(Unreached):
            resolution.lookup("events.contoh.id", 443, 0.02)
    may_answer.set()
    assert resolution.lookup("events.contoh.id", 443, 5) == ["93.184.215.14"]
    assert asked == ["events.contoh.id"]


def test_an_answer_is_not_kept_for_the_next_lookup() -> None:
    answers = iter([["93.184.215.14"], ["10.0.0.7"]])
    resolution = Resolution(lambda host, port: next(answers))
    assert [resolution.lookup("events.contoh.id", 443, 5) for _ in range(2)] == [["93.184.215.14"], ["10.0.0.7"]]


@pytest.mark.parametrize("error", [OSError("rahasia"), UnicodeError("rahasia")])
def test_whatever_the_resolver_raises_reaches_all_who_wait(error: Exception) -> None:
    def failing(host: str, port: int) -> list[str]:
        raise error

    resolution = Resolution(failing)

    def fails(_: int) -> bool:
        with pytest.raises(Unreached) as raised:
            resolution.lookup("events.contoh.id", 443, 5)
        return "rahasia" not in raised.value.detail

    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        assert all(threads.map(fails, range(8)))
