"""What breaks the contract and can be read in one way only is mended by one click."""

from __future__ import annotations

import pytest

from events.domain.patch import apply
from events.domain.tree import read, write
from events.domain.validation import check

EVENT = '{"event_id":"1","event_name":"Lead"}'


def whole(user: str = "{}", events: str = f"[{EVENT}]", more: str = "") -> str:
    return f'{{"user_data":{user},"events":{events}{more}}}'


def line(members: str) -> str:
    return whole(more=f',"variants":[{{"variant_unique_id":"variant_k3R9"{members}}}]')


MENDED = [
    ("C002", f'{{"events":[{EVENT}]}}', f'{{"events":[{EVENT}],"user_data":{{}}}}'),
    ("C010", whole("null"), whole()),
    ("C011", whole('{"ph":6281290076543}'), whole('{"ph":"6281290076543"}')),
    ("C012", whole('{"location_id":"7"}'), whole('{"location_id":7}')),
    ("C020", whole(events=EVENT), whole()),
    ("C024", whole(events='[{"event_id":88213000000000000001,"event_name":"Lead"}]'),
     whole(events='[{"event_id":"88213000000000000001","event_name":"Lead"}]')),
    ("C025", whole(events=f'[{EVENT[:-1]},"parameters":null}}]'), whole()),
    ("C025", whole(events=f'[{EVENT[:-1]},"parameters":[]}}]'), whole()),
    ("C030", whole(more=',"variants":null'), whole()),
    ("C034", line(""), line(',"quantity":1')),
    ("C035", line(',"quantity":"2"'), line(',"quantity":2')),
    ("C036", line(',"quantity":0'), line(',"quantity":1')),
    ("C040", whole(events=f'[{EVENT[:-1]},"event_time":1763866800}}]'), whole()),
]  # fmt: skip


@pytest.mark.parametrize(("code", "wrong", "right"), MENDED)
def test_a_breach_that_can_be_read_in_one_way_is_mended(code: str, wrong: str, right: str) -> None:
    (finding,) = check(read(wrong))

    assert finding.code == code
    assert write(apply(read(wrong), finding.fix)).decode() == right
    assert check(read(right)) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        whole('{"em":["a"]}'),
        whole('{"location_id":"tujuh"}'),
        whole('{"location_id":"٧"}'),
        whole("[]"),
        whole(events='"satu"'),
        whole(events="[]"),
        whole(events='[{"event_name":"Lead"}]'),
        whole(events=f'[{EVENT[:-1]},"parameters":["value"]}}]'),
        whole(more=',"variants":{"a":1}'),
        line(',"quantity":"1.5"'),
        line(',"quantity":true'),
    ],
)
def test_what_only_a_person_can_tell_has_no_fix(wrong: str) -> None:
    (finding,) = check(read(wrong))

    assert finding.fix == ()
