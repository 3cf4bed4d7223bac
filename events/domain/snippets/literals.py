"""Text and JSON as literals of JavaScript and Python that can stand anywhere, also within a page's `<script>`.

Nothing in a value can end its quotes, close the element around it, act on a terminal or turn the direction of writing.
"""

from __future__ import annotations

import re

from events.domain.tree import Array, Json, Number, Object, pretty, write

_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*\Z")
# Words that JavaScript keeps for itself are good keys, too; this one would set what the object is made of.
_PROTOTYPE = "__proto__"
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def json_text(value: Json) -> str:
    """JSON over several lines, in which every sign that acts or cannot be seen is spelt out."""
    # Outside of texts JSON has no such sign but the line breaks, so that the escape is always within quotes.
    return "".join(sign if sign.isprintable() or sign == "\n" else _utf16(sign) for sign in pretty(value))


def json_line(value: Json) -> str:
    """The same in one line."""
    return "".join(sign if sign.isprintable() else _utf16(sign) for sign in write(value).decode())


def script_text(text: str) -> str:
    """A JavaScript literal in single quotes."""
    return "'" + "".join(map(_script_sign, text)) + "'"


def script_value(value: Json, margin: str = "") -> str:
    """A JSON value as JavaScript, over several lines; numbers keep their digits."""
    inner = margin + "  "
    if isinstance(value, Object) and value.pairs:
        lines = [f"{inner}{_script_key(key)}: {script_value(each, inner)}" for key, each in value.pairs]
        return "{\n" + ",\n".join(lines) + f"\n{margin}}}"
    if isinstance(value, Array) and value.items:
        return "[\n" + ",\n".join(inner + script_value(each, inner) for each in value) + f"\n{margin}]"
    if isinstance(value, str):
        return script_text(value)
    return _plain(value)


def script_comment(text: str) -> str:
    """One line that nothing in `text` can end."""
    return "// " + "".join(_script_sign(sign) if not sign.isprintable() or sign == "<" else sign for sign in text)


def python_text(text: str) -> str:
    """A Python literal in double quotes."""
    return '"' + "".join(map(_python_sign, text)) + '"'


def _plain(value: bool | Number | Array | Object | None) -> str:
    """What needs no line of its own."""
    return write(value).decode()


def _script_key(key: str) -> str:
    if key == _PROTOTYPE:
        return f"['{key}']"
    return key if _NAME.match(key) else script_text(key)


def _script_sign(sign: str) -> str:
    """`<` is escaped, so that no text opens or closes an element; what acts or cannot be seen is spelt out."""
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign.isprintable() and sign != "<":
        return sign
    return _utf16(sign)


def _utf16(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _python_sign(sign: str) -> str:
    if sign == '"':
        return '\\"'
    if sign in _ESCAPES and sign != "'":
        return _ESCAPES[sign]
    if sign.isprintable():
        return sign
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
