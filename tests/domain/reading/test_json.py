"""JSON in its many shapes: the relay's own stays as it is, those of others are said in its words."""

from __future__ import annotations

import json

import pytest

from events.domain.reading import Form, Found, read_pasted
from events.domain.tree import Json, read, write

HASH = "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"
TOKEN = "EAABsbCS1iHgBAKZCZCwulan88212batik"


def only(text: str) -> Found:
    (found,) = read_pasted(text).found
    return found


def told(found: Found) -> dict[str, str]:
    return {each.what: str(each.why) for each in found.not_read}


def written(tree: Json) -> str:
    return write(tree).decode()


def test_the_relays_own_shape_keeps_every_digit_and_unknown_key() -> None:
    text = '{"user_data":{"zp":"40115","location_id":100200300400500600700},"events":[{"a":1.00}],"mine":null}'

    found = only(text)

    assert (written(found.payload), found.not_read) == (text, ())


def test_what_scalev_fills_in_and_what_is_hashed_is_left_out() -> None:
    found = only(f'{{"user_data":{{"em":"{HASH}","client_ip_address":"1.2.3.4","fn":"Wulan"}},"events":[]}}')

    assert written(found.payload) == '{"user_data":{"fn":"Wulan"},"events":[]}'
    assert list(told(found)) == ["user_data.em", "user_data.client_ip_address"]


@pytest.mark.parametrize(
    "text",
    [
        '{"user_data":{},"events":[],"key":"sfpk_TokoBatik88212"}',
        '{"user_data":{},"events":[{"parameters":{"note":"see sk_live_TokoBatik88212"}}]}',
        f'{{"user_data":{{}},"events":[],"access_token":"{TOKEN}"}}',
        f'{{"user_data":{{}},"events":["{TOKEN}"]}}',
        '{"user_data":{},"events":[],"sfpk_TokoBatik88212":1}',
        '{"user_data":{"em":"wulan"},"key":"sfpk_TokoBatik88212",',
        f"{{'user_data': {{}}, 'token': '{TOKEN}', a: b c}}",
    ],
)
def test_a_key_is_never_kept_wherever_it_stands(text: str) -> None:
    kept = repr(read_pasted(text))

    assert "TokoBatik" not in kept
    assert "wulan88212batik" not in kept


def test_metas_own_body_is_said_in_the_words_of_the_relay() -> None:
    event = {
        "event_name": "Purchase",
        "event_time": 1763900000,
        "action_source": "website",
        "event_id": "ord-88212-Purchase",
        "event_source_url": "https://batiknusantara.contoh.id/checkout",
        "user_data": {"em": [HASH], "ph": ["6281290076543", "6281290076544"], "fbp": "fb.1.1.1"},
        "custom_data": {"value": 95300, "currency": "IDR"},
    }
    found = only(json.dumps({"data": [event], "test_event_code": "TEST1", "access_token": TOKEN}))

    assert read(written(found.payload)) == read(
        '{"event_source_url":"https://batiknusantara.contoh.id/checkout",'
        '"user_data":{"ph":"6281290076543","fbp":"fb.1.1.1"},"events":[{"event_id":"ord-88212-Purchase",'
        '"event_name":"Purchase","parameters":{"value":95300,"currency":"IDR"}}]}'
    )
    assert set(told(found)) == {
        "test_event_code",
        "access_token",
        "data[0].event_time",
        "data[0].action_source",
        "data[0].user_data.ph",
        "user_data.em",
    }


def test_several_people_of_metas_body_are_several_payloads() -> None:
    people = [{"event_name": "Lead", "event_time": 1, "user_data": {"fn": name}} for name in ("Wulan", "Sari", "Wulan")]

    found = read_pasted(json.dumps({"data": people})).found

    assert [len(each.event_names) for each in found] == [2, 1]


def test_metas_documented_form_upload_is_read() -> None:
    data = '[{"event_name":"Lead","event_time":1,"user_data":{"fn":"Wulan"}}]'
    text = f"curl -F 'data={data}' -F 'access_token={TOKEN}' https://graph.facebook.com/v26.0/8123/events"

    assert written(only(text).payload) == '{"user_data":{"fn":"Wulan"},"events":[{"event_name":"Lead"}]}'
    assert "https://graph.facebook.com/v26.0/8123/events" in told(only(text))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ('{"event_id":"a","event_name":"Lead"}', '{"user_data":{},"events":[{"event_id":"a","event_name":"Lead"}]}'),
        ('[{"event_id":"a","event_name":"Lead"}]', '{"user_data":{},"events":[{"event_id":"a","event_name":"Lead"}]}'),
        (
            '{"firstName":"Wulan","events":[{"eventName":"Lead"}]}',
            '{"user_data":{"fn":"Wulan"},"events":[{"event_name":"Lead"}]}',
        ),
    ],
)
def test_an_event_alone_and_camel_case_become_a_request(text: str, meant: str) -> None:
    assert written(only(text).payload) == meant


def test_a_list_of_requests_is_several() -> None:
    assert len(read_pasted('[{"user_data":{},"events":[]},{"user_data":{"fn":"Sari"},"events":[]}]').found) == 2


def test_what_is_nearly_json_is_read_as_javascript() -> None:
    reading = read_pasted("{'user_data': {em: mail, /* here */ fn: 'Wulan',}, events: [],}")

    assert (reading.form, written(reading.found[0].payload)) == (
        Form.LITERAL,
        '{"user_data":{"fn":"Wulan"},"events":[]}',
    )
    assert list(told(reading.found[0])) == ["user_data.em: mail"]


def test_json_that_does_not_parse_is_kept_for_a_person_to_mend() -> None:
    text = '{"user_data": {"em": "wulan.pertiwi@contoh.id"}, "events": [}'

    found = only(text)

    assert (found.payload, found.text) == (None, text)
    assert "Mend it in the composer." in next(iter(told(found).values()))


def test_words_around_a_request_are_left_out() -> None:
    reading = read_pasted('Tolong cek ini ya:\n```json\n{"user_data":{},"events":[]}\n```')

    assert written(reading.found[0].payload) == '{"user_data":{},"events":[]}'
    assert reading.not_read[0].what == "Tolong cek ini ya:"
