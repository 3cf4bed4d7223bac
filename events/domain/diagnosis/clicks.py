"""Click ID and browser ID: `fbc` and `fbp`, which Meta set itself and takes back only unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, unquote_plus

from events.domain.circumstances import Circumstances
from events.domain.diagnosis.places import host_of
from events.domain.diagnosis.remarks import META, META_CODE, THIRD_PARTY, Fix, added, hint, warning
from events.domain.finding import Finding
from events.domain.patch import Operation, replace
from events.domain.payload import Payload
from events.domain.text import Text

FBC, FBP = ("user_data", "fbc"), ("user_data", "fbp")
_TOKEN = r"(?:\.[A-Za-z0-9_-]{2}(?:[A-Za-z0-9_-]{6})?)?\Z"
_FBC = re.compile(r"fb\.[0-9]\.(?P<time>[0-9]{13})\.(?P<click>[A-Za-z0-9_-]+)" + _TOKEN)
_FBP = re.compile(r"fb\.[0-9]\.(?P<time>[0-9]{13})\.[0-9]+" + _TOKEN)
# Whatever stands behind the time, and the same where that is a whole cookie again.
_BEHIND = re.compile(r"fb\.[0-9]\.[0-9]{13}\.(.+)\Z", re.DOTALL)
_NESTED = re.compile(r"(?:fb\.[0-9]\.[0-9]{13}\.)+(?=fb\.[0-9]\.[0-9]{13}\.)")
_PLAIN = re.compile(r"[A-Za-z0-9_-]+\Z")
_SECONDS = re.compile(r"(fb\.[0-9]\.)([0-9]{10})(\..+)\Z")
_CLICK = re.compile(r"[?&;]fbclid=([^&#;]*)")
_COOKIE = re.compile(r"_?fb[cp]=")
_KEPT = timedelta(days=90)
# A clock that is a little wrong is no reason to speak.
_SLACK = timedelta(minutes=10)
_SHORTEST_CLICK = 20
# These do not happen in the minute in which somebody clicked an ad.
_LATE = frozenset({"AddPaymentInfo", "Purchase"})
_SAME_MOMENT = timedelta(minutes=1)


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    fbc, fbp = payload.user_data.get("fbc"), payload.user_data.get("fbp")
    landing = known.landing_url or payload.page_url
    click = click_id(landing)
    if isinstance(fbc, str) and fbc:
        if click and fbc.strip() == click:
            yield _bare(click, landing, known.now)
        else:
            yield from tuple(_differing(fbc, click)) or _form("M040", FBC, fbc, _FBC)
        yield from _moment(FBC, fbc, known.now)
        if not click:
            yield from _odd(fbc)
            yield from _rebuilt(fbc, payload, known.now)
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
    host = host_of(url)
    dots = host.removeprefix("www.").count(".")
    return f"fb.{min(max(dots, 1), 9)}.{int(now.timestamp() * 1000)}.{click}"


def _bare(click: str, landing: str, now: datetime | None) -> Finding:
    fix: Fix = (replace(FBC, built(click, landing, now)),) if now and _PLAIN.match(click) else ()
    text = Text("This is the click ID alone, as the landing page's address has it: Meta wants it within its cookie.")
    cure = Text("Build it: fb.1.<13 digits>.<ID>. Its time is this moment, where the cookie `_fbc` is not at hand.")
    return warning("M049", FBC, text, cure, META, fix)


def _form(code: str, path: tuple[str, ...], value: str, pattern: re.Pattern[str]) -> Iterator[Finding]:
    if pattern.match(value):
        return
    bare = value.strip()
    cookie = _COOKIE.match(bare)
    bare = bare[cookie.end() if cookie else 0 :].strip("\"'")
    nested = _NESTED.match(bare)
    bare = bare[nested.end() if nested else 0 :]
    seconds = _SECONDS.match(bare)
    mended = f"{seconds[1]}{seconds[2]}000{seconds[3]}" if seconds else bare
    fix: Fix = (replace(path, mended),) if mended != value and pattern.match(mended) else ()
    if "%" in value or "+" in value or " " in value:
        text = Text("This was encoded or decoded on its way: Meta compares it letter for letter.")
    elif nested:
        text = Text("This was built twice: a whole cookie stands inside it.")
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
    age = now - _time(match)
    if age < -_SLACK:
        text = Text("Its time lies in the future.")
        yield hint("M041", path, text, Text("Copy the cookie `_{key}` again, or leave it out.", key=path[-1]))
    elif path is FBC and age > _KEPT:
        text = Text("This click is {days} days old; Meta's own cookie lives for 90.", days=age.days)
        yield hint("M042", path, text, Text("Leave it out unless the buyer really came by that click."), META_CODE)
    elif path is FBP and age > _KEPT:
        text = Text("This browser ID is {days} days old; Meta's own cookie lives for 90.", days=age.days)
        yield hint("M048", path, text, Text("Copy the cookie `_fbp` again, as the buyer's browser holds it now."))


def _time(match: re.Match[str]) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(match["time"]))


def _differing(fbc: str, landed: str) -> Iterator[Finding]:
    """Where the click ID is not the landing page's, letter for letter."""
    whole, behind = _FBC.match(fbc), _BEHIND.match(fbc)
    click = whole["click"] if whole else behind[1] if behind and not _NESTED.match(fbc) else ""
    if landed and click and click != landed:
        fix = (_with_click(fbc, landed),) if _PLAIN.match(landed) else ()
        yield warning("M044", FBC, _difference(click, landed), _AS_IT_IS, META, fix)


def _odd(fbc: str) -> Iterator[Finding]:
    match = _FBC.match(fbc)
    click = match["click"] if match else ""
    if match and len(click) < _SHORTEST_CLICK:
        yield hint("M043", FBC, Text("This click ID is far shorter than Meta's are."), _AS_IT_IS, THIRD_PARTY)
    elif match and click == click.lower() and not click.isdigit():
        text = Text("This click ID has no capital letter: something may have made them small.")
        yield hint("M043", FBC, text, _AS_IT_IS, THIRD_PARTY)


def _rebuilt(fbc: str, payload: Payload, now: datetime | None) -> Iterator[Finding]:
    match = _FBC.match(fbc)
    late = next((event.event_name for event in payload.events if event.event_name in _LATE), "")
    if match and now and late and abs(now - _time(match)) < _SAME_MOMENT:
        text = Text("This click is of this very minute, and a {name} comes later: it was built anew.", name=late)
        cure = Text("Take the cookie `_fbc` as it was stored at the click. Built on each page, Meta calls it modified.")
        yield hint("M047", FBC, text, cure)


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
    fix = added(FBC[:1], payload.tree, FBC[1], built(click, landing, now)) if now and _PLAIN.match(click) else ()
    return hint(
        "M045",
        FBC,
        Text("The landing page carries a click ID, and the payload does not."),
        Text("Put it into “Click ID”: Scalev cuts it off the address, so Meta gets it only there.")
        if fix
        else Text("It was encoded on its way: copy the address from the browser's own bar."),
        fix=fix,
    )
