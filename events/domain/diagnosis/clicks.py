"""Click ID and browser ID: `fbc` and `fbp`, which Meta set itself and takes back only unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, unquote_plus, urlsplit

from events.domain.circumstances import Circumstances
from events.domain.diagnosis.remarks import META, META_CODE, THIRD_PARTY, Fix, hint, warning
from events.domain.finding import Finding
from events.domain.patch import Operation, add, replace
from events.domain.payload import Payload
from events.domain.text import NO_TEXT, Text

FBC, FBP = ("user_data", "fbc"), ("user_data", "fbp")
_TOKEN = r"(?:\.[A-Za-z0-9_-]{2}(?:[A-Za-z0-9_-]{6})?)?\Z"
_FBC = re.compile(r"fb\.[0-9]\.(?P<time>[0-9]{13})\.(?P<click>[A-Za-z0-9_-]+)" + _TOKEN)
_FBP = re.compile(r"fb\.[0-9]\.(?P<time>[0-9]{13})\.[0-9]+" + _TOKEN)
_SECONDS = re.compile(r"(fb\.[0-9]\.)([0-9]{10})(\..+)\Z")
_CLICK = re.compile(r"[?&;]fbclid=([^&#;]*)")
_COOKIE = re.compile(r"_?fb[cp]=")
_KEPT = timedelta(days=90)
# A clock that is a little wrong is no reason to speak.
_SLACK = timedelta(minutes=10)
_SHORTEST_CLICK = 20


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    fbc, fbp = payload.user_data.get("fbc"), payload.user_data.get("fbp")
    landing = known.landing_url or payload.page_url
    click = click_id(landing)
    if isinstance(fbc, str) and fbc:
        yield from _form("M040", FBC, fbc, _FBC)
        yield from _moment(FBC, fbc, known.now)
        yield from _click(fbc, click)
    elif click:
        yield _buildable(payload, click, landing, known.now)
    if isinstance(fbp, str) and fbp:
        yield from _form("M046", FBP, fbp, _FBP)
        yield from _moment(FBP, fbp, known.now)


def click_id(url: str) -> str:
    """The click ID of a landing page, letter for letter: decoding it would change it. "" where there is none."""
    found = _CLICK.search(url)
    return found[1] if found else ""


def built(click: str, url: str, now: datetime) -> str:
    """An `fbc` for a click seen now on this page: the index says how many dots the host has, www aside."""
    host = (urlsplit(url).hostname or "") if url.startswith("http") else ""
    dots = host.removeprefix("www.").count(".")
    return f"fb.{min(max(dots, 1), 9)}.{int(now.timestamp() * 1000)}.{click}"


def _form(code: str, path: tuple[str, ...], value: str, pattern: re.Pattern[str]) -> Iterator[Finding]:
    if pattern.match(value):
        return
    bare = value.strip()
    cookie = _COOKIE.match(bare)
    bare = bare[cookie.end() if cookie else 0 :].strip("\"'")
    seconds = _SECONDS.match(bare)
    mended = f"{seconds[1]}{seconds[2]}000{seconds[3]}" if seconds else bare
    fix: Fix = (replace(path, mended),) if mended != value and pattern.match(mended) else ()
    if "%" in value or "+" in value or " " in value:
        text = Text("This was encoded or decoded on its way: Meta compares it letter for letter.")
    elif seconds:
        text = Text("Its time is in seconds; Meta writes milliseconds, with 13 digits.")
    else:
        text = Text("This has not the form fb.1.<13 digits>.<ID> of Meta's cookie.")
    cure = Text("Copy the cookie `_{key}` as the browser holds it. Left out is better than changed.", key=path[-1])
    yield warning(code, path, text, cure, META, fix)


def _moment(path: tuple[str, ...], value: str, now: datetime | None) -> Iterator[Finding]:
    match = (_FBC if path is FBC else _FBP).match(value)
    if not match or now is None:
        return
    age = now - (datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(match["time"])))
    if age < -_SLACK:
        text = Text("Its time lies in the future.")
        cure = Text("Copy the cookie `_{key}` again, or leave it out.", key=path[-1])
        yield warning("M041", path, text, cure, META)
    elif path is FBC and age > _KEPT:
        text = Text("This click is {days} days old; Meta's own cookie lives for 90.", days=age.days)
        yield hint("M042", path, text, Text("Leave it out unless the buyer really came by that click."), META_CODE)


def _click(fbc: str, landed: str) -> Iterator[Finding]:
    match = _FBC.match(fbc)
    if not match:
        return
    click = match["click"]
    if landed and click != landed:
        yield warning("M044", FBC, _difference(click, landed), _AS_IT_IS, META, (_with_click(fbc, landed),))
    elif len(click) < _SHORTEST_CLICK:
        yield hint("M043", FBC, Text("This click ID is far shorter than Meta's are."), _AS_IT_IS, THIRD_PARTY)
    elif click == click.lower() and not click.isdigit():
        text = Text("This click ID has no capital letter: something may have made them small.")
        yield hint("M043", FBC, text, _AS_IT_IS, THIRD_PARTY)


_AS_IT_IS = Text("Take it from the address exactly as it stands there, capitals and all.")


def _difference(click: str, landed: str) -> Text:
    """What became of the click ID between the landing page and the payload."""
    if click.lower() == landed.lower():
        return Text("The click ID differs from the landing page's in capital letters.")
    if landed.startswith(click):
        return Text("The click ID was cut: the landing page's is {n} letters longer.", n=len(landed) - len(click))
    if click in (unquote(landed), unquote_plus(landed)):
        return Text("The click ID was decoded; in the landing page's address it is written with % signs.")
    return Text("The click ID is another one than the landing page's.")


def _with_click(fbc: str, click: str) -> Operation:
    head = ".".join(fbc.split(".")[:3])
    return replace(FBC, f"{head}.{click}")


def _buildable(payload: Payload, click: str, landing: str, now: datetime | None) -> Finding:
    fix: Fix = (add(FBC, built(click, landing, now)),) if now and re.fullmatch(r"[A-Za-z0-9_-]+", click) else ()
    return warning(
        "M045",
        FBC,
        Text("The landing page carries a click ID, and the payload does not."),
        Text("Put it into “Click ID”: Scalev cuts it off the address, so Meta gets it only there.") if fix else NO_TEXT,
        META,
        fix,
    )
