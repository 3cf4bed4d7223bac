"""The front page: what came in, and how to make the sandbox misbehave."""

from .ledger import Received
from .marks import mark_of, shown
from .markup import Markup, tag, together
from .page import document
from .scenarios import GROUPS, KEY, STORE_ID, Scenario

_COLUMNS = ("No.", "Time (UTC)", "Answer", "Decided by", "Store")


def page(rows: tuple[Received, ...]) -> Markup:
    """`rows` are oldest first; the page shows the newest first."""
    return document("Sandbox", _introduction(rows), _received(rows), _good_store(), _scenarios(), _scripts())


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
    count = "One request" if len(rows) == 1 else f"{len(rows)} requests"
    accepted = sum(row.accepted for row in rows)
    return f"{count} came in, {accepted} accepted."


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
        together(shown(mark_of(row)), " ", tag("span", row.answered, class_="wire")),
        together(tag("span", row.decided_by.place, class_="wire"), " ", row.decided_by.words),
        tag("span", row.store_id or row.path, class_="wire"),
    )
    return tag("tr", *(tag("td", cell, data_label=name) for name, cell in zip(_COLUMNS, cells, strict=True)))


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


def _scenarios() -> Markup:
    lead = "Choose a misbehaviour by the store ID, or by the key with any store. Both may continue after another _."
    groups = (
        together(tag("h3", title), tag("ul", *(_scenario(each) for each in group), class_="scenarios"))
        for title, group in GROUPS
    )
    return _card("How to make it misbehave", tag("p", lead), *groups)


def _scenario(scenario: Scenario) -> Markup:
    return tag(
        "li",
        tag("div", tag("b", scenario.title), tag("span", scenario.explanation, class_="quiet"), class_="what"),
        tag("div", tag("code", scenario.store_id), tag("code", scenario.key), class_="ids"),
        tag("span", "console says ", tag("b", scenario.expected_outcome.replace("_", " ")), class_="outcome"),
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
