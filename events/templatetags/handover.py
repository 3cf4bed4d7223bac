"""What a request needs to be used elsewhere: commands that repeat it, and a page that leans on no other file."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.domain import snippets
from events.domain.export.entry import iso as iso_time
from events.domain.payload import Payload
from events.domain.tree import Json, Object

register = template.Library()

# A command is to be read and pasted; a longer one names the downloaded body.
LONGEST_COMMAND_BODY = 64 * 1024
# Where every form stands on one page.
LONGEST_COPIED_BODY = 32 * 1024
_SYMBOL = re.compile(r'<symbol id="([a-z_]+)" viewBox="([^"]+)"([^>]*)>(.*?)</symbol>')


class SentBody(Protocol):
    """What a command needs to know of a body: `text` is it, unless it is withheld."""

    text: str
    is_withheld: bool


class ReadBody(SentBody, Protocol):
    """`tree` counts only where `is_json`."""

    tree: Json
    is_json: bool


@register.simple_tag
def curl(url: str, body: SentBody) -> str:
    """The request as a curl command; "" for a body that is not shown or too long to paste."""
    if body.is_withheld or len(body.text) > LONGEST_COMMAND_BODY:
        return ""
    return snippets.curl(url, body.text.encode("utf-8", "replace"))


@register.simple_tag
def copies(url: str, body: ReadBody) -> tuple[snippets.Snippet, ...]:
    """The request in every form that can be copied; none for a body that is not shown or too long to paste."""
    if body.is_withheld or len(body.text) > LONGEST_COPIED_BODY:
        return ()
    payload = Payload(body.tree) if body.is_json and isinstance(body.tree, Object) else None
    return snippets.snippets_of(url, body.text.encode("utf-8", "replace"), payload)


@register.filter
def iso(at: datetime | None) -> str:
    """ISO 8601 in UTC with milliseconds, for readers in any zone."""
    return iso_time(at) or ""


@register.simple_tag
@functools.lru_cache(maxsize=4)
def own_style(name: str) -> SafeString:
    """A style sheet of ours within the page, and a policy that lets this page do nothing but wear it.

    For files that are opened from a disk, where no header comes along.
    """
    content = _static(name)
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    # Our own file, in which nothing can close the element.
    style = SafeString(f"<style>{content}</style>")  # nosec B703
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'; base-uri 'none'"
    return format_html('<meta http-equiv="Content-Security-Policy" content="{}">\n{}', policy, style)


@register.simple_tag
@functools.lru_cache(maxsize=64)
def own_icon(name: str) -> SafeString:
    """A symbol of img/icons.svg, drawn into the page itself."""
    # Shapes of our own file, too.
    box, attributes, shapes = _symbols()[name]
    drawn = f'<svg class="icon" viewBox="{box}"{attributes} aria-hidden="true" focusable="false">{shapes}</svg>'
    return SafeString(drawn)  # nosec B703


@functools.cache
def _symbols() -> dict[str, tuple[str, str, str]]:
    found = _SYMBOL.findall(_static("img/icons.svg"))
    return {name: (box, attributes, shapes) for name, box, attributes, shapes in found}


def _static(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")
