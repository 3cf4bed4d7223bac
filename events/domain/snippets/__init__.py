"""A request in the words of other tools: commands, programs, and the browser's half for a shop's page.

Purpose: text that somebody copies and runs elsewhere. The storefront key is a placeholder, never the key itself, and
nothing in a value can do more than be a value: `FORMS` lists what there is, `written` writes it.

May import: the rest of `events.domain`. Must not import: Django, a clock, a database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from events.domain.payload import Payload
from events.domain.snippets import literals, page, programs, shell
from events.domain.text import Text

curl = shell.curl


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a request. `name` is that of the tool; `use` says in a sentence what to do with it."""

    key: str
    name: str
    use: Text
    sends: bool
    write: Callable[[str, bytes, Payload | None], str]


_KEY = Text("Put the storefront key in for {placeholder}, in the first lines.", placeholder=programs.KEY_PLACEHOLDER)
FORMS = (
    Form(
        "curl",
        "cURL",
        Text("Your shell fills the storefront key in: set {variable} first.", variable="SCALEV_STOREFRONT_KEY"),
        True,
        lambda url, body, payload: shell.curl(url, body),
    ),
    Form("fetch", "fetch", _KEY, True, lambda url, body, payload: programs.fetch(url, body)),
    Form("python", "Python requests", _KEY, True, lambda url, body, payload: programs.python_requests(url, body)),
    Form(
        "json",
        "JSON",
        Text("The same values, laid out for reading."),
        False,
        lambda url, body, payload: literals.json_text(payload.tree) if payload else "",
    ),
    Form(
        "fbq",
        "fbq",
        Text("The browser's half of this event, for the page that carries Meta's pixel. The ID is this event's alone."),
        False,
        lambda url, body, payload: page.fbq(payload) if payload else "",
    ),
    Form(
        "track",
        "Scalev.analytics.track",
        Text(
            "For a page in Scalev's HTML mode, in the place of the server's half. That `eventId` is taken is inferred."
        ),
        False,
        lambda url, body, payload: page.scalev_track(payload) if payload else "",
    ),
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A request in one form."""

    form: Form
    text: str


def snippets_of(url: str, body: bytes, payload: Payload | None) -> tuple[Snippet, ...]:
    """The request in every form that can hold it; `payload` is None for a body that is no JSON object."""
    written = (Snippet(form, form.write(url, body, payload)) for form in FORMS)
    return tuple(snippet for snippet in written if snippet.text)
