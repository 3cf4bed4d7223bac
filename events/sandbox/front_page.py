"""The front page: what came in, and how to make the sandbox misbehave."""

from .cross_origin import ALLOWED_HEADERS, Registered
from .ledger import Received
from .marks import mark_of, shown
from .markup import Markup, tag, together
from .page import document
from .scenarios import GROUPS, KEY, PREFLIGHTS, STORE_ID, Scenario

# As the console writes each outcome, so that what stands here is found there.
_CONSOLE_SAYS = {
    "accepted": "Accepted",
    "rejected": "Refused",
    "not_found": "Not found",
    "rate_limited": "Rate limited",
    "server_error": "Server error",
    "unexpected": "Unexpected answer",
    "timed_out": "Timed out",
    "unreachable": "Not reached",
    "interrupted": "Interrupted",
}
_COLUMNS = ("No.", "Time (UTC)", "Answer", "Decided by", "Store")


def page(rows: tuple[Received, ...], registered: Registered) -> Markup:
    """`rows` are oldest first; the page shows the newest first."""
    cards = (_good_store(), _browsers(registered), _scenarios(), _scripts())
    return document("Sandbox", _introduction(rows), _received(rows), *cards)


def _introduction(rows: tuple[Received, ...]) -> Markup:
    return tag(
        "div",
        tag("h1", _headline(rows)),
        tag(
            "p",
            "This is a stand-in for Scalev on your own machine. It judges what it receives by the published "
            "contract, keeps the last requests in memory, and sends nothing on to Scalev or Meta.",
            class_="lead",
        ),
        class_="opening",
    )


def _headline(rows: tuple[Received, ...]) -> str:
    if not rows:
        return "Nothing has come in yet."
    asked = sum(row.is_preflight for row in rows)
    told = _counted(len(rows) - asked, "request") + " came in"
    beside = f", and {_counted(asked, 'preflight').lower()}" if asked else ""
    return f"{told}, {sum(row.accepted for row in rows)} accepted{beside}."


def _counted(number: int, noun: str) -> str:
    return f"One {noun}" if number == 1 else f"{number} {noun}s"


def _received(rows: tuple[Received, ...]) -> Markup:
    if not rows:
        hint = "Send an event from the console to one of the stores below, and it appears here with its reasons."
        return _card("What came in", tag("p", hint, class_="empty"))
    reset = tag("form", tag("button", "Forget all of it"), method="post", action="/reset")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in _COLUMNS)))
    body = tag("tbody", *(_row(row) for row in reversed(rows)))
    return _card("What came in", tag("table", head, body, class_="received"), beside=reset)


def _row(row: Received) -> Markup:
    cells = (
        tag("a", f"#{row.number}", href=f"/requests/{row.number}"),
        tag("time", row.at.strftime("%H:%M:%S"), datetime=row.at.isoformat(timespec="milliseconds")),
        together(shown(mark_of(row)), " ", tag("span", _wire(row), class_="wire")),
        together(tag("span", row.decided_by.place, class_="wire"), " ", row.decided_by.words),
        tag("span", row.store_id or row.path, class_="wire"),
    )
    return tag("tr", *(tag("td", cell, data_label=name) for name, cell in zip(_COLUMNS, cells, strict=True)))


def _wire(row: Received) -> str:
    return f"{row.method} {row.answered}" if row.is_preflight else row.answered


def _good_store() -> Markup:
    return _card(
        "A store that behaves",
        tag(
            "p",
            "Toko Batik Nusantara answers by the contract alone. So does every other store ID of the form ",
            tag("code", "store_…"),
            " with any key of the form ",
            tag("code", "sfpk_…"),
            ", unless the table below names it.",
        ),
        tag("dl", _pair("Store ID", STORE_ID), _pair("Storefront key", KEY), class_="pairs"),
    )


def _browsers(registered: Registered) -> Markup:
    """What pages of other origins may do, and how a preflight is made to misbehave."""
    origins = [tag("code", origin) for origin in sorted(registered.origins)]
    which = together("These origins are registered: ", *_listed(origins), ".") if origins else None
    return _card(
        "Sending from a browser",
        tag(
            "p",
            which or "Every page of this machine is registered, whatever its port.",
            " ",
            tag("code", "--allow-origin"),
            " registers others instead. A page may send the headers ",
            *_listed([tag("code", name) for name in ALLOWED_HEADERS]),
            ".",
        ),
        tag("p", "A preflight carries no storefront key, so only the store ID makes it misbehave:"),
        tag("ul", *(_scenario(each, has_key=False) for each in PREFLIGHTS), class_="scenarios"),
    )


def _listed(names: list[Markup]) -> list[Markup]:
    return [together(", " if number else "", name) for number, name in enumerate(names)]


def _scenarios() -> Markup:
    lead = "Choose a misbehaviour by the store ID, or by the key with any store. Both may continue after another _."
    groups = (
        together(tag("h3", title), tag("ul", *(_scenario(each) for each in group), class_="scenarios"))
        for title, group in GROUPS
    )
    return _card("How to make it misbehave", tag("p", lead), *groups)


def _scenario(scenario: Scenario, *, has_key: bool = True) -> Markup:
    return tag(
        "li",
        tag("div", tag("b", scenario.title), tag("span", scenario.explanation, class_="quiet"), class_="what"),
        tag("div", tag("code", scenario.store_id), tag("code", scenario.key) if has_key else None, class_="ids"),
        tag("span", "console says ", tag("b", _CONSOLE_SAYS[scenario.expected_outcome]), class_="outcome"),
        id=f"scenario-{scenario.slug}",
    )


def _scripts() -> Markup:
    return _card(
        "For scripts",
        tag(
            "p",
            tag("a", tag("code", "GET /requests.json"), href="/requests.json"),
            " tells all of this as JSON, newest first; ",
            tag("code", "POST /reset"),
            " forgets it.",
        ),
    )


def _pair(name: str, value: str) -> Markup:
    return tag("div", tag("dt", name), tag("dd", tag("code", value)))


def _card(title: str, *content: Markup, beside: Markup | None = None) -> Markup:
    heading = tag("header", tag("h2", title), beside)
    return tag("section", heading, *content, class_="card")
