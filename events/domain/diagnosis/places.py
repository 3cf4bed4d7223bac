"""Where it goes: the addresses of a payload, by which Scalev picks the pixel and Meta judges the shop's domain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from events.domain.circumstances import Circumstances
from events.domain.destination import Rule, destination
from events.domain.diagnosis.remarks import INFERENCE, META, SCALEV, hint, warning
from events.domain.finding import Finding
from events.domain.patch import remove, replace
from events.domain.payload import Payload
from events.domain.text import Text

# Where Indonesian shops send their buyers to pay. A Purchase from there names the provider's domain as the shop's.
PAYMENT_HOSTS = (
    "midtrans.com", "veritrans.co.id", "xendit.co", "doku.com", "ipaymu.com", "duitku.com", "tripay.co.id",
    "faspay.co.id", "espay.id", "oyindonesia.com", "paypal.com", "stripe.com", "moota.co", "flip.id",
)  # fmt: skip
# Keys that belong into an event sent to Meta itself. Scalev's description knows none of them at the top.
_METAS_OWN = ("test_event_code", "event_time", "action_source", "data_processing_options", "opt_out", "pixel_id")
_PAGE, _REFERRER = "event_source_url", "referrer_url"
# What browsers name when somebody comes from an app of the phone.
_APP = re.compile(r"(?:android|ios)-app://[\w.]")
_NO_PAGE = Text("No page is named. Meta asks for it with each event of a website.")


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    page, referrer = payload.page_url, payload.referrer_url
    if page.strip():
        yield from _address(_PAGE, page)
        yield from _page(page, known)
    if referrer and not _APP.match(referrer):
        yield from _address(_REFERRER, referrer)
    placed = tuple(_configuration(payload, known))
    yield from placed
    if not page.strip() and not any(finding.path == (_PAGE,) for finding in placed):
        yield hint("S019", (_PAGE,), _NO_PAGE, Text("Fill in the address of the page, as the browser shows it."), META)
    for key in _METAS_OWN:
        if key in payload.tree:
            yield hint(
                "S015",
                (key,),
                Text("`{key}` is Meta's key. Scalev's description has no place for it, and may drop it.", key=key),
                Text("A test event code belongs to the pixel in Scalev; Scalev sets time and source by itself."),
                fix=(remove((key,)),),
            )


def host_of(url: str) -> str:
    """The host of a full http(s) address, or "" where there is none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _address(key: str, url: str) -> Iterator[Finding]:
    host = host_of(url)
    if not host:
        is_bare = re.match(r"[\w-]+(\.[\w-]+)+(/|\Z)", url)
        yield warning(
            "S002",
            (key,),
            Text("This is not a full web address."),
            Text("Begin with https:// and the shop's host."),
            SCALEV,
            (replace((key,), f"https://{url}"),) if is_bare else (),
        )
    elif _is_private(host):
        yield hint(
            "S011",
            (key,),
            Text("{host} is a machine of your own, which no buyer can open.", host=host),
            Text("Use the shop's public address: Meta may turn events of other domains away."),
        )
    elif url.startswith("http:"):
        yield hint(
            "S012",
            (key,),
            Text("This address is not encrypted (http). Shops are reached by https."),
            Text("Write it as the browser shows it."),
            fix=(replace((key,), "https" + url.removeprefix("http")),),
        )


def _page(url: str, known: Circumstances) -> Iterator[Finding]:
    path, host = ("event_source_url",), host_of(url)
    if "?" in url:
        yield hint(
            "S001",
            path,
            Text("Scalev drops everything after “?” before this address reaches Meta."),
            Text("If a click ID stands there, fill in “Click ID” as well: Meta will not see it here."),
            SCALEV,
        )
    if _is_one_of(host, PAYMENT_HOSTS):
        yield hint(
            "S013",
            path,
            Text("{host} is a payment provider, not the shop: Meta counts the event for that domain.", host=host),
            Text("Use the address of the shop's own page, such as its page of thanks."),
            INFERENCE,
        )
    elif host and known.hosts and not _is_private(host) and not _is_one_of(host, known.hosts):
        yield hint(
            "S010",
            path,
            Text("{host} is not among this store's hosts.", host=host),
            Text("Check the address. If it is the shop's, an admin can add the host to the store."),
            Text("{meta}: a pixel may allow or block domains. Which hosts are the shop's is noted here.", meta=META),
        )


def _configuration(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    found = destination(payload.page_url, payload.referrer_url, known.proven)
    if found.is_contradictory and _are_the_shops(payload, known):
        yield hint(
            "S017",
            ("referrer_url",),
            Text("Page and referrer point to different analytics configurations of the store: checkout and home."),
            Text("Each has pixels of its own. Prove once which address decides: the store remembers it."),
            Text("{scalev}: both addresses choose between the two. By which rule is not published.", scalev=SCALEV),
        )
    elif known.proven and known.proven.rule is not Rule.SAME and found.configuration is None:
        is_page = known.proven.rule is Rule.PAGE
        yield hint(
            "S018",
            ("event_source_url",) if is_page else ("referrer_url",),
            Text("This address decides which pixels of the store get the event, and it is missing."),
            Text("Fill it in, as the shop's page would send it."),
            Text("Proven at this store by two events and Meta's Test Events."),
        )


def _are_the_shops(payload: Payload, known: Circumstances) -> bool:
    """Whether both addresses are the shop's: from Facebook into the checkout is ordinary, and no question."""
    page, referrer = host_of(payload.page_url), host_of(payload.referrer_url)
    if known.hosts:
        return all(_is_one_of(host, known.hosts) for host in (page, referrer))
    return page.removeprefix("www.") == referrer.removeprefix("www.")


def _is_one_of(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == each or host.endswith(f".{each}") for each in map(str.lower, hosts))


def _is_private(host: str) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".test", ".internal")):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host
