"""Commands as bash, zsh and their kin read them: quotes, escapes, lines that go on, pipes and documents in place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from events.domain.reading.characters import joined_halves
from events.domain.reading.words import Command, Word, not_closed

_PLAIN = re.compile(r"[^\s'\"\\$`|&;<>()#]+|#")
_SINGLE = re.compile(r"'([^']*+)'")
_ANSI = re.compile(r"\$'((?:[^'\\]|\\(?s:.))*+)'")
_DOUBLE = re.compile(r'\$?"((?:[^"\\]|\\(?s:.))*+)"')
_VARIABLE = re.compile(r"\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]|\{[^}\n]{0,200}\})|`[^`]{0,500}`|\$\([^()]{0,500}\)")
_OPERATOR = re.compile(r"<<<|<<-?|[0-9]?>>?&?[0-9]?|<|&&|\|\||[|&;()]|\n")
_ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|0?([0-7]{1,3})|((?s:.)))")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "e": "\x1b", "E": "\x1b"}
_PIPE, _DOCUMENT, _TEXT, _FILE = "|", ("<<", "<<-"), "<<<", ("<", ">", ">>")


@dataclass
class _Line:
    """What is gathered of one command; `awaits` is the operator that the next word belongs to."""

    words: list[Word] = field(default_factory=list)
    given: Word | None = None
    awaits: str = ""


def commands(text: str) -> tuple[Command, ...]:
    """The commands of a text. Raises `NotClosed`."""
    return _Shell(text.replace("\r\n", "\n")).run()


class _Shell:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.done: list[Command] = []
        self.line = _Line()
        self.document: str | None = None
        self.piped: Word | None = None

    def run(self) -> tuple[Command, ...]:
        while self.at < len(self.text):
            if continued := re.compile(r"(?:[^\S\n]+|\\\n)+").match(self.text, self.at):
                self.at = continued.end()
            elif self.text[self.at] == "#":
                self.at = (self.text.find("\n", self.at) + 1 or len(self.text) + 1) - 1
            elif operator := _OPERATOR.match(self.text, self.at):
                self.at = operator.end()
                self._operate(operator.group())
            else:
                self._take(self._word())
        self._end("\n")
        return tuple(self.done)

    def _operate(self, sign: str) -> None:
        if sign in _DOCUMENT or sign == _TEXT or sign in _FILE or ">" in sign:
            self.line.awaits = sign
        elif sign == "\n" and self.document is not None:
            self.line.given = self._read_document(self.document)
            self.document = None
            self._end(sign)
        else:
            self._end(sign)

    def _take(self, word: Word) -> None:
        awaits, self.line.awaits = self.line.awaits, ""
        if awaits in _DOCUMENT:
            self.document = word.text
        elif awaits == _TEXT:
            self.line.given = word
        elif not awaits:
            self.line.words.append(word)

    def _end(self, sign: str) -> None:
        """A command ends; into the next one goes what it writes, where that is told."""
        line, self.line = self.line, _Line()
        if not line.words and line.given is None:
            return
        command = Command(tuple(line.words), line.given or self.piped)
        self.piped = _written(command) if sign == _PIPE else None
        self.done.append(command)

    def _read_document(self, ending: str) -> Word:
        found = re.compile(rf"(?s:(.*?))^[ \t]*{re.escape(ending)}[ \t]*$\n?", re.MULTILINE).match(self.text, self.at)
        if found is None:
            not_closed(self.text, self.at)
        self.at = found.end()
        return Word(found[1].removesuffix("\n"))

    def _word(self) -> Word:
        """One word: pieces of plain, quoted and escaped text that stand together."""
        pieces: list[str] = []
        variables: list[str] = []
        start = self.at
        while self.at < len(self.text) and (piece := self._piece(variables)) is not None:
            pieces.append(piece)
        # What is no part of a word and nothing else either.
        self.at += self.at == start
        return Word("".join(pieces), tuple(variables))

    def _piece(self, variables: list[str]) -> str | None:
        text, at = self.text, self.at
        if text.startswith("\\\n", at):
            self.at += 2
            return ""
        if text[at] == "\\":
            self.at += 2
            return text[at + 1 : at + 2]
        for pattern, meant in ((_PLAIN, str), (_SINGLE, str), (_ANSI, ansi)):
            if found := pattern.match(text, at):
                self.at = found.end()
                return meant(found[1] if pattern is not _PLAIN else found[0])
        if found := _DOUBLE.match(text, at):
            self.at = found.end()
            variables += _VARIABLE.findall(re.sub(r"\\(?s:.)", "", found[1]))
            return re.sub(r'\\([$`"\\\n])', lambda sign: "" if sign[1] == "\n" else sign[1], found[1])
        return self._variable(variables)

    def _variable(self, variables: list[str]) -> str | None:
        if found := _VARIABLE.match(self.text, self.at):
            self.at = found.end()
            variables.append(found[0])
            return found[0]
        if self.text[self.at] in "'\"":
            not_closed(self.text, self.at)
        if self.text[self.at] in "$`":
            self.at += 1
            return self.text[self.at - 1]
        return None


def ansi(text: str) -> str:
    """What stands between the quotes of `$'…'`."""
    return joined_halves(_ESCAPED.sub(_sign, text)) if "\\" in text else text


def _sign(found: re.Match[str]) -> str:
    two, four, eight, octal, plain = found.groups()
    if plain is not None:
        return _SIGNS.get(plain, plain if plain in "\\'\"?" else f"\\{plain}")
    number = int(octal, 8) % 256 if octal else int(two or four or eight, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"


def _written(command: Command) -> Word | None:
    """What `echo` and `printf` write, as they feed it to the command behind the pipe."""
    words = command.words[1:]
    if command.name == "printf" and len(words) == 2 and words[0].text in ("%s", "%b"):
        return Word(ansi(words[1].text), words[1].variables) if words[0].text == "%b" else words[1]
    if command.name == "echo" and words and words[0].text not in ("-e", "-n"):
        return Word(" ".join(word.text for word in words), tuple(name for word in words for name in word.variables))
    return words[-1] if command.name == "echo" and words else None
