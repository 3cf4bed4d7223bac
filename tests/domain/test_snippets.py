"""The command that repeats a request: run by real shells, it sends the same bytes and nothing else happens."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events.domain.snippets.shell import LONGEST_ARGUMENT, curl, quoted
from events.sandbox.running import running_sandbox
from events.sandbox.scenarios import KEY, STORE_ID
from tests.programs import found

URL = "http://127.0.0.1:4010/v3/stores/store_TokoBatik01/public/analytics/meta/events"
ORDER = (
    b'{"user_data":{"fn":"Wulan \'Wul\' Pertiwi","em":"wulan.pertiwi@contoh.id"},'
    b'"events":[{"event_id":"ord-88212-Purchase","event_name":"Purchase","parameters":{"value":189000.00}}]}'
)
# Instead of curl: what it was called with, NUL between, and then what came by the pipe.
SHOW = "curl() { for word; do printf '%s\\0' \"$word\"; done; printf '\\1\\0'; if [ \"$word\" = @- ]; then cat; fi; }\n"
SHELLS = [shell for shell in ("bash", "dash", "zsh") if shutil.which(shell)]


def called(command: str, shell: str = "bash") -> tuple[list[str], bytes]:
    """The words that curl is called with by a shell whose key is set, and the body that it would send."""
    done = subprocess.run(
        [shell],
        input=(SHOW + command + "\n").encode(),  # as if pasted: an argument of our own could not be as long
        env={"PATH": "/usr/bin:/bin", "SCALEV_STOREFRONT_KEY": "sfpk_the_readers_own"},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    told, piped = done.stdout.split(b"\0\1\0", 1)
    words = told.decode("utf-8", "surrogateescape").split("\0")
    body = piped if words[-1] == "@-" else words[-1].encode("utf-8", "surrogateescape")
    return words, body


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    "body",
    [
        ORDER,
        b"",
        b"@/etc/passwd",
        b"'; touch /tmp/gone; '",
        b'$(id) `id` $HOME \\ ! " %s \\0101 \\n',
        b"--output\nline two\n",
        b"\x00\x01\x1b[2J\r\t\x7f\xff\xfe \\ '",
        "Kemeja Batik • \u202efdp.exe \x9b".encode(),
        b"\x1b[0m \\n \\0101 \\\\ \\c",
        b"'" * (LONGEST_ARGUMENT + 1),
        b"x" * 300_000,
    ],
)
def test_every_shell_hands_curl_the_same_bytes(shell: str, body: bytes) -> None:
    words, sent = called(curl(URL, body), shell)

    assert sent == body
    assert words[words.index("--url") + 1] == URL
    assert "X-Scalev-Storefront-Api-Key: sfpk_the_readers_own" in words


@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))
@example(b"\\0101'")
@settings(max_examples=60)
def test_any_bytes_come_through(body: bytes) -> None:
    assert called(curl(URL, body))[1] == body


@given(st.text(alphabet=st.characters(exclude_characters="\0\1", exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=25)
def test_any_address_is_one_word(url: str) -> None:
    words, _sent = called(curl(url, b"{}"))

    assert words[words.index("--url") + 1] == url


@given(st.binary(max_size=200))
@example("\ue000".encode())
def test_nothing_in_it_acts_on_a_terminal(body: bytes) -> None:
    assert all(sign == "\n" or sign.isprintable() or sign.isspace() for sign in curl(URL, body))
    assert "\x1b" not in curl(URL, body)
    assert "\r" not in curl(URL, body)


def test_the_key_is_a_placeholder_for_the_readers_shell_to_fill() -> None:
    assert '"X-Scalev-Storefront-Api-Key: $SCALEV_STOREFRONT_KEY"' in curl(URL, ORDER)
    assert "sfpk_" not in curl(URL, ORDER)


def test_a_plain_body_stays_readable() -> None:
    assert curl(URL, b'{"events":[]}').endswith("--data-raw '{\"events\":[]}'")


def test_brackets_in_an_address_are_no_pattern() -> None:
    assert "--globoff" in curl("http://[::1]:4010/", b"{}")
    assert "--globoff" not in curl(URL, b"{}")


def test_a_quote_cannot_end_its_word() -> None:
    assert quoted("it's") == "'it'\\''s'"


@pytest.mark.skipif(not found("curl"), reason="curl is not on this machine")
@pytest.mark.parametrize(("body", "status"), [(ORDER, 204), (b"@name \x00\xff it's", 400)])
def test_real_curl_brings_it_to_the_sandbox(body: bytes, status: int) -> None:
    with running_sandbox() as sandbox:
        command = curl(sandbox.url(STORE_ID), body)
        environment = {"PATH": "/usr/bin:/bin", "NO_PROXY": "*", "SCALEV_STOREFRONT_KEY": KEY}
        answer = subprocess.run(["bash", "-c", command], env=environment, capture_output=True, check=True).stdout
        (received,) = sandbox.received

    assert answer.startswith(f"HTTP/1.1 {status}".encode())
    assert received.body == body
