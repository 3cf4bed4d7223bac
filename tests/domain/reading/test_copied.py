"""What browsers copy is read to the last digit, and what says nothing of the event is named and left out."""

from __future__ import annotations

import pytest

from events.domain.reading import Form, Found, read_pasted
from events.domain.snippets import curl
from events.domain.tree import read, write
from tests.domain.reading import specimens

COPIES = {
    "curl_bash": (specimens.curl_bash, Form.CURL_BASH),
    "curl_firefox": (specimens.curl_firefox, Form.CURL_BASH),
    "curl_cmd": (specimens.curl_cmd, Form.CURL_CMD),
    "powershell": (specimens.powershell, Form.POWERSHELL),
    "fetch": (specimens.fetch, Form.FETCH),
    "har": (lambda: specimens.har(specimens.BODY), Form.HAR),
}
copies = pytest.mark.parametrize("name", COPIES)


def only(text: str) -> Found:
    (found,) = read_pasted(text).found
    return found


def without_body(har: str) -> str:
    return har.replace(', "postData": {"text": ""}', "")


def told(found: Found) -> dict[str, str]:
    return {each.what: str(each.why) for each in found.not_read}


@copies
def test_a_copied_request_gives_the_same_payload(name: str) -> None:
    copy, form = COPIES[name]
    reading = read_pasted(copy())

    assert reading.form is form
    assert write(only(copy()).payload) == write(read(specimens.BODY))


@copies
def test_store_and_page_are_noticed(name: str) -> None:
    found = only(COPIES[name][0]())

    assert (found.store_id, found.page) == (specimens.STORE, "https://batiknusantara.contoh.id/")


@copies
def test_the_key_is_told_by_its_last_four_and_never_kept(name: str) -> None:
    reading = read_pasted(COPIES[name][0]())

    assert "x-scalev-storefront-api-key: …8212" in {what.lower() for what in told(reading.found[0])}
    assert "TokoBatikNusantara" not in repr(reading)


@pytest.mark.parametrize("name", ["curl_bash", "curl_firefox", "curl_cmd", "fetch", "har"])
def test_cookies_and_the_browser_are_named_and_never_kept(name: str) -> None:
    reading = read_pasted(COPIES[name][0]())

    assert {"cookie", "user-agent"} <= {what.lower() for what in told(reading.found[0])}
    assert "geheim" not in repr(reading)


def test_letters_beyond_ascii_survive_powershell() -> None:
    found = only(specimens.powershell('{"user_data":{"fn":"Élodie 😀"},"events":[]}'))

    assert write(found.payload).decode() == '{"user_data":{"fn":"Élodie 😀"},"events":[]}'


def test_doubled_quotes_of_older_copies_are_read() -> None:
    assert only(specimens.curl_cmd_doubled()).event_names == ("Lead",)


@pytest.mark.parametrize(
    "body", [specimens.BODY, specimens.BODY + "\t", '{"user_data":{},"events":[],"a":"' + "x" * 70_000 + '"}']
)
def test_the_consoles_own_command_is_read_back(body: str) -> None:
    found = only(curl(specimens.URL, body.encode()))

    assert write(found.payload) == write(read(body))


@pytest.mark.parametrize("odd", ["%EF%B8%8F%E2%9D%A4", "%CA%FE", "%PATH%", "^", '{""', "`"])
def test_no_sign_of_another_shell_deceives_about_a_copy_of_bash(odd: str) -> None:
    body = '{"user_data":{},"events":[],"event_source_url":"https://contoh.id/' + odd.replace('"', '\\"') + '"}'

    for text in (
        specimens.curl_bash(body),
        curl(specimens.URL, body.encode()),
        f"curl --location '{specimens.URL}' --header 'Content-Type: application/json' --data '{body}'",
    ):
        assert read_pasted(text).form is Form.CURL_BASH
        assert write(only(text).payload) == write(read(body))


def test_an_escaped_sign_in_an_address_is_no_variable_of_cmd() -> None:
    body = '{"user_data":{},"events":[],"event_source_url":"https://contoh.id/%EF%B8%8F"}'
    text = f'curl -X POST "{specimens.URL}" -d "' + body.replace('"', '\\"') + '"'

    assert (read_pasted(text).form, write(only(text).payload)) == (Form.CURL_BASH, body.encode())


def test_a_variable_in_the_keys_place_is_no_key() -> None:
    assert "X-Scalev-Storefront-Api-Key" in told(only(curl(specimens.URL, specimens.BODY.encode())))


def test_of_all_that_was_copied_the_calls_of_the_relay_count() -> None:
    text = f"curl 'https://contoh.id/a.js' ;\n{specimens.curl_bash()} ;\ncurl 'https://contoh.id/b.png' --compressed"

    reading = read_pasted(text)

    assert [found.event_names for found in reading.found] == [("Purchase",)]
    assert [str(each.why) for each in reading.not_read] == ["2 other requests are no calls of Scalev's relay to Meta."]


def test_one_other_request_is_not_counted_in_the_plural() -> None:
    (rest,) = read_pasted(f"curl 'https://contoh.id/a.js' ;\n{specimens.curl_bash()}").not_read

    assert rest.why == "1 other request is no call of Scalev's relay to Meta."


def test_several_calls_of_a_recording_are_listed_with_their_time() -> None:
    lead = '{"user_data":{},"events":[{"event_id":"b","event_name":"Lead"}]}'

    reading = read_pasted(specimens.har(specimens.BODY, lead))

    assert [(found.at[11:19], found.event_names) for found in reading.found] == [
        ("02:00:00", ("Purchase",)),
        ("02:00:01", ("Lead",)),
    ]
    assert reading.not_read[0].what == "3 other requests"


def test_a_recording_without_a_call_of_the_relay_says_so() -> None:
    reading = read_pasted(specimens.har())

    assert (reading.form, reading.found) == (Form.HAR, ())
    assert "holds 1 request, and that is no call of Scalev's relay" in reading.problem


def test_a_call_without_a_body_is_named_beside_those_that_have_one() -> None:
    reading = read_pasted(without_body(specimens.har("", specimens.BODY)))

    assert [found.event_names for found in reading.found] == [("Purchase",)]
    assert reading.not_read[0].what.startswith("2026-11-24T02:00:00.500Z POST https://api.scalev.com/")
    assert reading.not_read[0].why == "This request has no body, so there is no event in it."


@pytest.mark.parametrize("body", ["", "data=[]"])
def test_a_recording_whose_calls_hold_no_event_never_comes_back_empty(body: str) -> None:
    reading = read_pasted(specimens.har(body))

    assert bool(reading.found) is not bool(reading.problem)
    assert reading.not_read or reading.found[0].not_read


@pytest.mark.parametrize("cut", [200, 900])
def test_a_recording_that_is_cut_off_says_so(cut: int) -> None:
    reading = read_pasted(specimens.har(specimens.BODY)[:cut])

    assert "cut off" in reading.problem


def test_a_recording_that_is_too_large_leads_to_the_audit() -> None:
    reading = read_pasted(specimens.har("x" * 5_300_000))

    assert "larger than 5 MB" in reading.problem
    assert "Check a visit" in reading.problem
