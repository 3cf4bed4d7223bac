"""Commands as Windows' cmd.exe reads them, and then the program that it starts: two readers with rules of their own."""

from __future__ import annotations

import re

from events.domain.reading.words import Command, Word, not_closed

# Whatever browsers copy escapes each quote for cmd, which then never takes anything for quoted.
_CARET_QUOTE = '^"'
_STEP = re.compile(
    r'(?P<escape>\^(?:\r?\n)?(?P<sign>(?s:.))?)|(?P<quoted>"[^"\r\n]*+"?)|(?P<end>\r?\n|[&|])|[^\^"&|\r\n]++|\r'
)
_SLASHES = re.compile(r'(\\+)("?)')
_VARIABLE = re.compile(r"%[A-Za-z_][A-Za-z0-9_]*%|![A-Za-z_][A-Za-z0-9_]*!")


def commands(text: str) -> tuple[Command, ...]:
    """The commands of a text. Raises `NotClosed`."""
    is_copied = _CARET_QUOTE in text
    lines = (_words(line, text, is_copied=is_copied) for line in _lines(text, is_copied=is_copied))
    return tuple(Command(words) for words in lines if words)


def _lines(text: str, *, is_copied: bool) -> list[str]:
    """The command lines as cmd hands them on: carets resolved, commands parted."""
    lines: list[str] = []
    pieces: list[str] = []
    for step in _STEP.finditer(text):
        if step["end"] is not None:
            lines.append("".join(pieces))
            pieces = []
        elif step["escape"] is not None:
            pieces.append(step["sign"] or "")
        else:
            pieces.append(step.group())
    return [line for line in (*lines, "".join(pieces)) if line.strip()]


def _words(line: str, text: str, *, is_copied: bool) -> tuple[Word, ...]:
    """The arguments as a program of Windows gets them."""
    words: list[Word] = []
    at = 0
    while True:
        while at < len(line) and line[at] in " \t":
            at += 1
        if at >= len(line):
            return tuple(words)
        written, at = _word(line, at, text, is_copied=is_copied)
        words.append(Word(written, tuple(_VARIABLE.findall(written))))


def _word(line: str, at: int, text: str, *, is_copied: bool) -> tuple[str, int]:
    pieces: list[str] = []
    is_quoted = False
    while at < len(line) and (is_quoted or line[at] not in " \t"):
        if slashes := _SLASHES.match(line, at):
            halved, quote = _slashes(slashes[1], slashes[2], is_copied=is_copied)
            pieces.append(halved + quote)
            at = slashes.end() - (1 if slashes[2] and not quote else 0)
        elif line[at] != '"':
            plain = re.compile(r'[^"\\ \t]+' if not is_quoted else r'[^"\\]+').match(line, at)
            pieces.append(plain.group() if plain else line[at])
            at = plain.end() if plain else at + 1
        elif is_quoted and line.startswith('""', at):
            pieces.append('"')
            at += 2
        else:
            is_quoted = not is_quoted
            at += 1
    if is_quoted:
        not_closed(text, 0)
    return "".join(pieces), at


def _slashes(run: str, quote: str, *, is_copied: bool) -> tuple[str, str]:
    """Backslashes, and the quote that they escape: they count in pairs only before a quote.

    Browsers double every one of them, whatever follows.
    """
    if not quote:
        return ("\\" * ((len(run) + 1) // 2) if is_copied else run), ""
    return "\\" * (len(run) // 2), '"' if len(run) % 2 else ""
