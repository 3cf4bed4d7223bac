"""A request as a command that somebody else can run: the storefront key is a placeholder, never the key itself.

Written for the shells that people paste into (bash, dash, zsh). Whatever the body holds stays one argument: it cannot
end the quotes, name a file, ring the terminal or turn the direction of writing.
"""

from __future__ import annotations

import re

from events.domain.contract import KEY_HEADER

# The reader's shell fills this in; it is the one place where the shell is asked to put something in.
KEY_PLACEHOLDER = "$SCALEV_STOREFRONT_KEY"
# Linux takes no single argument of 128 KB or more; a builtin's words know no such limit.
LONGEST_ARGUMENT = 64 * 1024

_NOT_PLAIN = re.compile(rb"[^\x20-\x5b\x5d-\x7e\n]")
# curl reads these in an address as a list of several ones.
_GLOB = re.compile(r"[\[\]{}]")


def curl(url: str, body: bytes) -> str:
    """The POST as a curl command that sends exactly these bytes, and shows the answer with its status line."""
    sent = _quoted_body(body)
    piped = f"{sent} |\n" if sent.startswith("printf ") else ""
    options = [
        f"curl --include{' --globoff' if _GLOB.search(url) else ''} --url {quoted(url)}",
        "--header 'Content-Type: application/json'",
        f'--header "{KEY_HEADER}: {KEY_PLACEHOLDER}"',
        # Raw, since a body that begins with @ would name a file.
        "--data-binary @-" if piped else f"--data-raw {sent}",
    ]
    return piped + " \\\n  ".join(options)


def quoted(text: str) -> str:
    """One word for the shell, taken as it stands."""
    return "'" + text.replace("'", "'\\''") + "'"


def _quoted_body(body: bytes) -> str:
    """A quoted argument; or a `printf` to pipe from, for what no argument can hold or no terminal should be shown."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return f"printf '%b' {quoted(_escaped_bytes(body))}"
    if any(map(_acts, text)):
        return f"printf '%b' {quoted(_escaped(text))}"
    return f"printf '%s' {quoted(text)}" if len(body) > LONGEST_ARGUMENT else quoted(text)


def _acts(sign: str) -> bool:
    """Whether a sign acts on a terminal or on a reader's eye. A line break does not: it is safe within quotes."""
    return sign != "\n" and not sign.isprintable()


def _escaped(text: str) -> str:
    """The text as `printf %b` reads it: acting signs as octal bytes, everything else as people read it."""
    return "".join(_octal(sign.encode()) if _acts(sign) else sign for sign in text.replace("\\", "\\\\"))


def _escaped_bytes(body: bytes) -> str:
    return _NOT_PLAIN.sub(lambda byte: _octal(byte.group()).encode(), body).decode("ascii")


def _octal(signs: bytes) -> str:
    return "".join(f"\\0{sign:03o}" for sign in signs)
