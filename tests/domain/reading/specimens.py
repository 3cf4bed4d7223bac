"""Requests as browsers copy them: each tool's own way of quoting, over the same believable purchase."""

from __future__ import annotations

import json
import re

STORE = "store_vlzpML8edzxO5roOdV7Oyfn6"
URL = f"https://api.scalev.com/v3/stores/{STORE}/public/analytics/meta/events"
KEY = "sfpk_TokoBatikNusantara88212"
# Everything that a shell or a language may trip over: quotes, escapes, a percent sign, an exclamation mark.
BODY = (
    r'{"event_source_url":"https://batiknusantara.contoh.id/checkout","user_data":{"fn":"Wulan",'
    r'"em":"wulan.pertiwi@contoh.id","ph":"6281290076543"},"events":[{"event_id":"ord-88212-Purchase",'
    r'"event_name":"Purchase","parameters":{"value":95300.00,"currency":"IDR",'
    r'"content_name":"Kemeja \"Parang\" it\'s 100% $new `x` ^y & <z>!","note":"a\nb\\c"}}]}'
).replace(r"\'", "'")
HEADERS = (
    ("accept", "*/*"),
    ("accept-language", "id-ID,id;q=0.9"),
    ("content-type", "application/json"),
    ("cookie", "_fbp=fb.1.1763900000000.1098115397; session=geheim"),
    ("origin", "https://batiknusantara.contoh.id"),
    ("referer", "https://batiknusantara.contoh.id/"),
    ("user-agent", 'Mozilla/5.0 (X11; Linux x86_64) "Chromium";v="156"'),
    ("x-scalev-storefront-api-key", KEY),
)


def curl_bash(body: str = BODY, url: str = URL) -> str:
    """“Copy as cURL (bash)” of Chrome and its kin."""
    options = [f"-H {_bash(f'{name}: {value}')}" for name, value in HEADERS]
    return " \\\n  ".join([f"curl {_bash(url)}", *options, f"--data-raw {_bash(body)}"])


def curl_firefox() -> str:
    """“Copy as cURL (POSIX)” of Firefox, which names the method."""
    options = [f"-H {_bash(f'{name.title()}: {value}')}" for name, value in HEADERS]
    return " \\\n  ".join([f"curl {_bash(URL)}", "--compressed", "-X POST", *options, f"--data-raw {_bash(BODY)}"])


def curl_cmd() -> str:
    """“Copy as cURL (cmd)” of today's Chrome and Firefox."""
    options = [f"-H {_caret(f'{name}: {value}')}" for name, value in HEADERS]
    return " ^\r\n  ".join([f"curl {_caret(URL)}", *options, f"--data-raw {_caret(BODY)}"])


def curl_cmd_doubled() -> str:
    """The same of older ones, which double each quote."""
    body = '{"user_data":{"fn":"Wulan"},"events":[{"event_id":"a","event_name":"Lead"}]}'
    return f'curl "{URL}" -X POST -H "{HEADERS[7][0]}: {KEY}" --data-raw "{body.replace(chr(34), chr(34) * 2)}"'


def powershell(body: str = BODY) -> str:
    """“Copy as PowerShell” of Chrome, which writes what is not ASCII as bytes."""
    table = "\n".join(
        f'  "{name}"={_backtick(value)}' for name, value in HEADERS if name not in ("cookie", "user-agent")
    )
    written = _backtick(body)
    if not body.isascii():
        written = f"([System.Text.Encoding]::UTF8.GetBytes({written}))"
    return (
        "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n"
        '$session.UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"\n'
        '$session.Cookies.Add((New-Object System.Net.Cookie("_fbp", "fb.1.1.1", "/", ".contoh.id")))\n'
        f'Invoke-WebRequest -UseBasicParsing -Uri "{URL}" `\n-Method "POST" `\n-WebSession $session `\n'
        f'-Headers @{{\n{table}\n}} `\n-ContentType "application/json" `\n-Body {written}'
    )


def fetch() -> str:
    """“Copy as fetch” of Chrome."""
    options = {
        "headers": dict(HEADERS),
        "referrer": "https://batiknusantara.contoh.id/",
        "body": BODY,
        "method": "POST",
        "mode": "cors",
        "credentials": "omit",
    }
    return f"fetch({json.dumps(URL)}, {json.dumps(options, indent=2)});"


def har(*bodies: str) -> str:
    """A visit: a page, what it loads, a question before each call, and a call of the relay for each body."""
    page = {"startedDateTime": "2026-11-24T02:00:00.000Z", "request": {"method": "GET", "url": "https://contoh.id/"}}
    entries = [page]
    for number, body in enumerate(bodies):
        at = f"2026-11-24T02:00:0{number}.500Z"
        asked = {"method": "POST", "url": URL, "headers": [{"name": n, "value": v} for n, v in HEADERS]}
        entries.append({"startedDateTime": at, "request": asked | {"method": "OPTIONS"}})
        entries.append({"startedDateTime": at, "request": asked | {"postData": {"text": body}}})
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "WebInspector"}, "pages": [], "entries": entries}})


def _bash(text: str) -> str:
    if not re.search(r"[\0-\x1f!']", text):
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return "$'" + re.sub(r"[\0-\x1f!]", lambda sign: f"\\u{ord(sign[0]):04x}", escaped) + "'"


def _caret(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = re.sub(r"[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]", r"^\g<0>", escaped)
    return '^"' + re.sub(r"%(?=[a-zA-Z0-9_])", "%^", escaped) + '^"'


def _backtick(text: str) -> str:
    escaped = re.sub(r'[`$"]', r"`\g<0>", text)
    return '"' + re.sub(r"[^\x20-\x7e]", lambda sign: "".join(map(_unit, _units(sign[0]))), escaped) + '"'


def _units(sign: str) -> tuple[int, ...]:
    """A sign as browsers count it: one beyond the first 65,536 is two."""
    pairs = sign.encode("utf-16-be")
    return tuple(int.from_bytes(pairs[at : at + 2]) for at in range(0, len(pairs), 2))


def _unit(number: int) -> str:
    return f"$([char]{number})"
