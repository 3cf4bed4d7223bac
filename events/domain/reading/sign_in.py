"""Cookies and other ways to sign in, which stand in whatever is copied of a signed-in browser: shown to nobody."""

from __future__ import annotations

import re

from events.domain.credentials import DOTS

_SIGNS = re.compile(r"authorization|cookie|page-api-key|(?<!\S)-[buU]\b|--(?:proxy-)?user\b|--oauth2-", re.IGNORECASE)
_NAME = r"(?:(?:proxy-)?authorization|(?:set-)?cookie|x-scalev-page-api-key)"
_QUOTE = r"""(?P<quote>\^"|\\"|["'`])"""
# To the end of a text in quotes, whatever a shell or a language does to write the same quote inside of it.
_VALUE = r"""(?:'\\''|''|""|(?!(?P=quote))(?:[\\`]\^?[^\n]|[^\n]))++"""
_OPTION = r"(?<!\S)(?:-[buU]|--cookie|--(?:proxy-)?user|--oauth2-bearer)"
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        # -H 'cookie: a=b', and ^"cookie: a=b^" in cmd.
        rf"(?P<head>{_QUOTE}[ \t]*+{_NAME}[ \t]*+:[ \t]*+){_VALUE}",
        # "cookie": "a=b", Cookie = 'a=b', ["cookie", "a=b"]; what goes on with a colon is another name.
        rf"""(?P<head>(?<![\w-]){_NAME}(?:\\?["'`])?\s*+(?:[:=]>?|(?<=["'`\s]),)\s*+[bfru$]{{0,2}}{_QUOTE}){_VALUE}"""
        r"(?!(?P=quote)\s*+:)",
        # {"name": "cookie", "value": "a=b"} in a HAR.
        rf"""(?P<head>"name\\?"\s*+:\s*+\\?"{_NAME}\\?"\s*+,\s*+\\?"value\\?"\s*+:\s*+{_QUOTE}){_VALUE}""",
        # As a message itself has it: Cookie: a=b
        rf"^(?P<head>[ \t<>*]*+{_NAME}[ \t]*+:?[ \t]*+(?:\r?\n)?[ \t]*+)"
        r"(?:[\w.-]+=|[\w-]+[ \t]+[\w+/=.~-]+[ \t]*$)[^\n]*+",
        # curl -b 'a=b', curl -u name:secret
        rf"(?P<head>{_OPTION}(?:[ \t]+|=)?\$?{_QUOTE}){_VALUE}",
        rf"""(?P<head>{_OPTION}(?:[ \t]+|=))[^\s"'$^-]\S*+""",
        # System.Net.Cookie("a", "b") of PowerShell.
        rf"(?P<head>\bCookie\([^,()\n]{{0,200}},\s*+{_QUOTE}){_VALUE}",
    )
)
_TEXT = r""""(?:\\.|[^"\\])*+"?|'(?:\\.|[^'\\])*+'?"""
_LISTED = re.compile(
    rf"""(?P<head>\bcookies\\?["']?\s*+[:=]\s*+)(?:\[(?:[^\]"']|{_TEXT})*+\]?|\{{(?:[^}}"']|{_TEXT})*+\}}?)""",
    re.IGNORECASE | re.DOTALL,
)


def without_sign_ins(text: str) -> str:
    """The text with dots for the value of each, in whatever form the request is written down."""
    if not _SIGNS.search(text):
        return text
    for pattern in _WRITTEN:
        text = pattern.sub(rf"\g<head>{DOTS}", text)
    return _LISTED.sub(r"\g<head>[]", text)
