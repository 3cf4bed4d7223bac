"""curl's own options: which of a command's words are address, headers and body of a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote_plus

from events.domain.reading.remark import NotRead
from events.domain.reading.request import Request
from events.domain.reading.words import Command, Word
from events.domain.text import Text

_DATA = {"-d", "--data", "--data-ascii", "--data-binary", "--data-raw", "--json", "--data-urlencode", "-F", "--form",
         "--form-string"}  # fmt: skip
_HEADERS = {"-A": "User-Agent", "--user-agent": "User-Agent", "-e": "Referer", "--referer": "Referer",
            "-b": "Cookie", "--cookie": "Cookie"}  # fmt: skip
_SECRETS = {"-u", "--user", "--oauth2-bearer", "-E", "--cert", "--key", "--pass", "-U", "--proxy-user"}
_SILENT_VALUES = {"-o", "--output", "-w", "--write-out", "-m", "--max-time", "--connect-timeout", "--retry", "-c",
                  "--cookie-jar", "-D", "--dump-header", "--retry-delay", "--max-redirs", "-x", "--proxy", "--resolve",
                  "--cacert", "--limit-rate", "-K", "--config", "--interface", "--ciphers"}  # fmt: skip
_FLAGS = {"--compressed", "--include", "--silent", "--show-error", "--insecure", "--location", "--verbose", "--http2",
          "--http1.1", "--http3", "--fail", "--globoff", "--post301", "--fail-with-body", "--no-buffer", "--ipv4",
          "--ipv6", "--no-progress-meter", "--progress-bar", "--path-as-is", "--ssl-no-revoke", "-0", "-4", "-6",
          "-#"} | {f"-{letter}" for letter in "isSkLvfgNn"}  # fmt: skip
_NO_EFFECT = Text("An option of curl that says nothing about the event.")
_SECRET = Text("A way to sign in: it was not stored, and the relay takes none.")
_FILE = Text("The contents of this file are not in what you pasted. Paste them instead.")
_VARIABLE = Text("Only the shell in which the command was written knows its value. Write in the one that you mean.")


@dataclass
class _Gathered:
    url: str = ""
    method: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)


def begun(command: Command) -> Command | None:
    """The command from its `curl` on: before it may stand a prompt, a variable, `sudo`. None without one."""
    for place in range(min(len(command.words), 4)):
        rest = Command(command.words[place:], command.given)
        if rest.name == "curl":
            return rest
    return None


def requests(command: Command) -> tuple[Request, ...]:
    """What a curl command asks for: one request, or several parted by `--next`."""
    groups: list[list[Word]] = [[]]
    for word in command.words[1:]:
        if word.text in ("--next", "-:"):
            groups.append([])
        else:
            groups[-1].append(word)
    return tuple(_request(words, command) for words in groups if words)


def _request(words: list[Word], command: Command) -> Request:
    gathered, place = _Gathered(), 0
    while place < len(words):
        word = words[place]
        option, attached = _option(word.text)
        value = Word(attached, word.variables) if attached else words[place + 1] if place + 1 < len(words) else None
        takes = option.startswith("-") and option not in _FLAGS and value is not None and _takes_value(option, value)
        _take(option, value if takes else None, word, gathered, command)
        place += 2 if takes and not attached else 1
    body = "&".join(gathered.bodies) if gathered.bodies else None
    method = gathered.method or ("GET" if body is None else "POST")
    return Request(gathered.url, method, tuple(gathered.headers), body, tuple(gathered.not_read))


def _option(text: str) -> tuple[str, str]:
    """An option and what is written to it: `-XPOST`, `-sSd…`; several short ones give the last with a meaning."""
    if text.startswith("--") or not text.startswith("-") or len(text) <= 2:
        return text, ""
    for place, letter in enumerate(text[1:], start=1):
        if f"-{letter}" not in _FLAGS:
            return f"-{letter}", text[place + 1 :]
    return text[:2], ""


def _takes_value(option: str, value: Word) -> bool:
    if (
        option in _DATA | _SECRETS | _SILENT_VALUES | {"-X", "--request", "-H", "--header", "--url"}
        or option in _HEADERS
    ):
        return True
    # Of an option that nobody knows: what follows is its value unless it looks like something of its own.
    return not value.text.startswith(("-", "http://", "https://", "{"))


def _take(option: str, value: Word | None, word: Word, gathered: _Gathered, command: Command) -> None:
    if not option.startswith("-"):
        _address(word, gathered)
    elif value is not None and option in _DATA:
        _body(option, value, gathered, command)
    elif value is not None and option == "--url":
        _address(value, gathered)
    elif value is not None and option in ("-X", "--request"):
        gathered.method = value.text
    elif value is not None and (option in ("-H", "--header") or option in _HEADERS):
        gathered.headers.append(_header(option, value.text))
    elif option not in _FLAGS:
        gathered.not_read.append(NotRead(option, _SECRET if option in _SECRETS else _NO_EFFECT))


def _header(option: str, text: str) -> tuple[str, str]:
    if option in _HEADERS:
        return _HEADERS[option], text
    name, _colon, rest = text.partition(":")
    return name.strip(), rest.strip()


def _address(word: Word, gathered: _Gathered) -> None:
    """The first one counts: what stands behind it is most often a piece of broken quoting."""
    if not gathered.url:
        gathered.url = word.text
        return
    gathered.not_read.append(
        NotRead(word.text, Text("It stands outside of the quotes, so curl takes it for an address."))
    )


def _body(option: str, value: Word, gathered: _Gathered, command: Command) -> None:
    text, variables = value.text, value.variables
    if text.startswith("@") and option not in ("--data-raw", "--form-string"):
        if text != "@-" or command.given is None:
            gathered.not_read.append(NotRead(text, _FILE))
            return
        text, variables = command.given.text, command.given.variables
    if option == "--data-urlencode" or option in ("-F", "--form", "--form-string"):
        name, _equals, rest = text.partition("=")
        text = f"{name}={quote_plus(rest)}"
    gathered.bodies.append(text)
    gathered.not_read += [NotRead(name, _VARIABLE) for name in dict.fromkeys(variables)]
