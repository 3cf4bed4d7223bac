"""Requests that people write by hand: every way of a shell or a language to say the same, and what cannot be told."""

from __future__ import annotations

import pytest

from events.domain.reading import Form, Found, read_pasted
from events.domain.tree import write
from tests.domain.reading.specimens import URL

SMALL = '{"user_data":{"em":"wulan.pertiwi@contoh.id"},"events":[]}'
SLASHED = SMALL.replace('"', '\\"')


def only(text: str) -> Found:
    (found,) = read_pasted(text).found
    return found


def whys(found: Found) -> list[str]:
    return [f"{each.what}: {each.why}" for each in found.not_read]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f"curl -X POST {URL} -d '{SMALL}'", Form.CURL_BASH),
        (f'$ curl -sS -XPOST "{URL}" --json "{SLASHED}"', Form.CURL_BASH),
        (f"curl {URL} -H'content-type: application/json' \\\n  --data-binary $'{SMALL}'", Form.CURL_BASH),
        (f"curl --url {URL} --data @- <<'EOF'\n{SMALL}\nEOF\n", Form.CURL_BASH),
        (f"echo '{SMALL}' | curl -d @- {URL}", Form.CURL_BASH),
        (f"# Lead\nBASE=x; curl {URL} -d '{SMALL}' | jq .", Form.CURL_BASH),
        (f'curl -X POST "{URL}" ^\n -d "{SLASHED}"', Form.CURL_CMD),
        (f'curl.exe -X POST "{URL}" `\n -H "Accept: */*" `\n -d \'{SLASHED}\'', Form.CURL_POWERSHELL),
        (f"irm -Method Post -Uri '{URL}' -Body '{SMALL}'", Form.POWERSHELL),
        (f"$body = @'\n{SMALL}\n'@\nInvoke-RestMethod {URL} -Method POST -Body $body", Form.POWERSHELL),
        (
            f"$u = '{URL}'\n$b = @{{ user_data = @{{ em = 'wulan.pertiwi@contoh.id' }}; events = @() }}\n"
            "$r = Invoke-WebRequest -Uri $u -Method Post -Body ($b | ConvertTo-Json -Depth 5)",
            Form.POWERSHELL,
        ),
        (
            f"await fetch('{URL}', {{method: 'POST', body: JSON.stringify("
            "{user_data: {em: 'wulan.pertiwi@contoh.id',}, events: []})})",
            Form.FETCH,
        ),
    ],
)
def test_each_way_of_writing_it_gives_the_same_payload(text: str, form: Form) -> None:
    assert read_pasted(text).form is form
    assert write(only(text).payload).decode() == SMALL


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"curl {URL} -d @payload.json", "@payload.json: The contents of this file are not in what you pasted."),
        (f"fetch('{URL}', {{method: 'POST', body: JSON.stringify(payload)}})", "put together by the running page"),
        (f"irm {URL} -Method POST -InFile a.json", "-InFile a.json: The contents of this file"),
        (f"irm {URL} -Method POST -Body @{{ em = 'a' }}", "put ConvertTo-Json behind it"),
    ],
)
def test_a_body_that_stands_elsewhere_is_named(text: str, words: str) -> None:
    reading = read_pasted(text)

    assert reading.found == ()
    assert "The body of this request is not in what was pasted" in reading.problem
    assert words in " ".join(f"{each.what}: {each.why}" for each in reading.not_read)


def test_a_variable_of_a_shell_is_named_and_not_guessed() -> None:
    found = only(f'curl {URL} -d "{{\\"user_data\\":{{\\"em\\":\\"$EMAIL\\"}},\\"events\\":[]}}"')

    assert write(found.payload) == b'{"user_data":{"em":"$EMAIL"},"events":[]}'
    assert any(words.startswith("$EMAIL: Only the shell") for words in whys(found))


def test_variables_of_a_script_are_left_out_and_named() -> None:
    found = only(
        f"fetch(`${{BASE}}{URL[22:]}`, {{method: 'POST', headers: {{'X-Scalev-Storefront-Api-Key': KEY}}, "
        "body: JSON.stringify({user_data: {em: email}, events: [{event_id: id, event_name: 'Lead'}]})})"
    )

    assert write(found.payload) == b'{"user_data":{},"events":[{"event_name":"Lead"}]}'
    assert [words.partition(":")[0] for words in whys(found)][:2] == ["user_data.em", "events[0].event_id"]


@pytest.mark.parametrize(
    "text",
    [f"curl '{URL}' -d '{{", f'curl ^"{URL}^" -d ^"{{', f'irm {URL} -Body "{{', f"irm {URL} -Headers @{{ a = 1"],
)
def test_what_is_never_closed_is_told_with_its_line(text: str) -> None:
    reading = read_pasted(text)

    assert reading.found == ()
    assert "is never closed" in reading.problem


def test_options_and_credentials_are_named_and_never_kept() -> None:
    reading = read_pasted(f"curl -u admin:rahasia -H 'Authorization: Bearer sk_rahasia123' -o out {URL} -d '{SMALL}'")

    assert [each.what for each in reading.found[0].not_read][:3] == ["-u", "-o", "Authorization"]
    assert "rahasia" not in repr(reading)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"curl {URL.replace('meta', 'tiktok')} -d '{SMALL}'", "relay to tiktok"),
        (f"curl -X OPTIONS {URL} -d '{SMALL}'", "question whether it may call"),
        (f"curl {URL}", "has no body"),
        ("curl 'https://www.facebook.com/tr/?id=1&ev=PageView'", "browser pixel's own call"),
    ],
)
def test_a_request_that_is_none_of_the_relays_events_is_explained(text: str, words: str) -> None:
    assert words in read_pasted(text).problem


@pytest.mark.parametrize(
    "text",
    [
        f"const payload = {SMALL};\nawait fetch('{URL}', {{method: 'POST', body: JSON.stringify(payload)}})",
        f"await kirim('meta', {SMALL})\nfunction kirim(to, p) {{ return fetch(URL, {{method: 'POST', body: p}}) }}",
        f"axios.post('{URL}', {SMALL}, {{headers}})",
        f"requests.post('{URL}', json={SMALL})",
    ],
)
def test_a_request_that_a_program_hands_on_is_found_in_it(text: str) -> None:
    assert write(only(text).payload).decode() == SMALL


def test_of_an_object_in_a_program_its_variables_are_named() -> None:
    found = only(
        "const payload = {\n  user_data: {em: email, ...id()}, events: [{event_name: 'Lead'}] };\nsend(payload)"
    )

    assert write(found.payload) == b'{"user_data":{},"events":[{"event_name":"Lead"}]}'
    assert [each.what for each in found.not_read] == ["user_data.em: email", "user_data: ...id()"]
