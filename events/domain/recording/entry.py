"""One call that a recording holds, without its headers, its cookies and whatever came back as its body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

from events.domain.recording.scanner import TOO_LARGE

Fields = tuple[tuple[str, str], ...]
# What a browser says of a call that a blocker, a policy or a missing network kept from leaving.
_STOPPED = re.compile(r"BLOCKED_BY|blocked|NAME_NOT_RESOLVED|INTERNET_DISCONNECTED|CONNECTION_REFUSED", re.IGNORECASE)

# What sends a call on to another address, where the recording holds it once more.
SENT_ON = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Entry:
    """`number` counts from 1 in the file's order. `status` is 0 where no answer is known, `error` what the browser
    says of that. `fields` are the parts of a form where the browser took it apart itself.
    """

    number: int
    at: datetime | None
    method: str
    url: str
    status: int = 0
    error: str = ""
    mime: str = ""
    body: str = ""
    fields: Fields = ()
    is_base64: bool = False
    is_cut: bool = False

    @property
    def address(self) -> SplitResult:
        """The URL in its parts; one that is none is empty."""
        try:
            parts = urlsplit(self.url)
            _ = parts.hostname
        except ValueError:
            return urlsplit("")
        return parts

    @property
    def stopped(self) -> str:
        """The browser's word for why this never left, "" where nothing says so."""
        return self.error if not self.status and _STOPPED.search(self.error) else ""


def read_entry(number: int, found: dict[str, Any]) -> Entry:
    """An entry of `log.entries`; whatever has not the type that the format asks for counts as not there."""
    request, response = _part(found, "request"), _part(found, "response")
    posted = _part(request, "postData")
    status = response.get("status")
    return Entry(
        number=number,
        at=moment(_text(found, "startedDateTime")),
        method=_text(request, "method").upper(),
        url=_text(request, "url"),
        status=status if type(status) is int else 0,
        error=_text(response, "_error") or _text(found, "_error"),
        mime=_text(posted, "mimeType"),
        body=_text(posted, "text"),
        fields=_fields(posted.get("params")),
        is_base64=_text(posted, "encoding").lower() == "base64",
        is_cut=posted.get("text") is TOO_LARGE or posted.get("params") is TOO_LARGE,
    )


def moment(text: str) -> datetime | None:
    """An ISO 8601 time in UTC; without a zone it is taken for UTC."""
    try:
        read = datetime.fromisoformat(text.strip())
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _part(found: dict[str, Any], key: str) -> dict[str, Any]:
    part = found.get(key)
    return part if isinstance(part, dict) else {}


def _text(found: dict[str, Any], key: str) -> str:
    text = found.get(key)
    return text if isinstance(text, str) else ""


def _fields(params: Any) -> Fields:
    if not isinstance(params, list):
        return ()
    named = [each for each in params if isinstance(each, dict) and isinstance(each.get("name"), str)]
    return tuple((each["name"], _text(each, "value")) for each in named)
