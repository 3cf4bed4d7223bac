"""Which address a send may reach: a strict reading of the URL, and an own table of addresses.

The table is ours because the standard library's differ between patch releases of Python, and call some ranges
global that lead back inside (6to4, a cloud's own host address).
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_URL = re.compile(
    r"(https?)://"
    r"(\[[0-9a-f.]*:[0-9a-f:.]+\]|[a-z0-9.-]+)(?::([0-9]{1,5}))?"  # no user, no zone, no other alphabet
    r"((?:/[a-z0-9._~%!$&'()*+,;=:@-]*)*)",  # no query, no fragment, no backslash
    re.IGNORECASE,
)
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# What a lenient parser would read as a number, and so as an IPv4 address: 127.1, 0x7f000001, 2130706433.
_NUMBER_LIKE = re.compile(r"[0-9]+|0x[0-9a-f]*")
_DOT_SEGMENT = re.compile(r"/(\.|%2e){1,2}(/|$)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}

_LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
_CLOSED_V4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; one cloud's metadata host lives here
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's host address, globally numbered and yet local
        "169.254.0.0/16",  # link-local, metadata hosts
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # multicast tunnelling
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# Outside of 2000::/3 nothing is global unicast: mapped, compatible, translated (NAT64), unique local, link-local,
# site-local and multicast addresses all fall out without a line of their own.
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    ipaddress.IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, Teredo, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries any IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)


class Blocked(Exception):
    """The guard refuses; the message says why, and never holds anything but addresses."""


class Origin(NamedTuple):
    """Scheme, host and port in lower case; `host` has no brackets."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True)
class Target:
    """An origin that may be called, and the address it names when it is a literal one."""

    origin: Origin
    literal: Address | None

    @property
    def loopback(self) -> bool:
        """Say whether the origin itself is a loopback address; a name that resolves to one is not."""
        return self.literal is not None and _within(self.literal, _LOOPBACK)


@lru_cache(maxsize=64)
def check_origin(text: str) -> Target:
    """Read a configured origin (scheme, host, port; no path); raises Blocked."""
    origin, path = _split(text)
    if path not in ("", "/"):
        raise Blocked("an origin has no path")
    literal = _literal(origin.host)
    target = Target(origin, literal)
    if origin.scheme != "https" and not target.loopback:
        raise Blocked("https is required, except for a literal loopback address")
    if literal is not None and not may_reach(literal, loopback=target.loopback):
        raise Blocked(f"{literal} is not a public address")
    return target


def check_url(url: str, *, origin: str) -> Target:
    """Return the target of `url`, which must lie on the configured `origin`; raises Blocked."""
    target = check_origin(origin)
    if _split(url)[0] != target.origin:
        raise Blocked("the address does not lie on the environment's origin")
    return target


def may_reach(address: Address, *, loopback: bool) -> bool:
    """Say whether a connection may go to `address`: a public one, or, for a loopback origin, only a loopback one."""
    if loopback:
        return _within(address, _LOOPBACK)
    if isinstance(address, ipaddress.IPv4Address):
        return not _within(address, _CLOSED_V4)
    return address in _OPEN_V6 and not _within(address, _CLOSED_V6)


def check_answers(answers: Iterable[str], *, loopback: bool) -> tuple[Address, ...]:
    """Return the resolver's answers as addresses; one that may not be reached spoils them all (raises Blocked)."""
    addresses = tuple(dict.fromkeys(_parse(answer) for answer in answers))
    for address in addresses:
        if not may_reach(address, loopback=loopback):
            raise Blocked(f"the name leads to {address}, which is not a public address")
    return addresses


def check_peer(peer: str, *, chosen: Address, loopback: bool) -> None:
    """Raise Blocked unless the connected `peer` is the address that was chosen, and may be reached."""
    address = _parse(peer)
    if address != chosen or not may_reach(address, loopback=loopback):
        raise Blocked(f"the connection leads to {address}, not to {chosen}")


def _split(url: str) -> tuple[Origin, str]:
    match = _URL.fullmatch(url)
    if match is None or _DOT_SEGMENT.search(match[4]):
        raise Blocked("the address is not a plain http(s) URL with an ASCII host and path")
    scheme, host = match[1].lower(), match[2].lower()
    port = int(match[3]) if match[3] else _DEFAULT_PORTS[scheme]
    if not 1 <= port <= 65535:
        raise Blocked("the port is not between 1 and 65535")
    return Origin(scheme, host.strip("[]"), port), match[4]


def _literal(host: str) -> Address | None:
    labels = host.split(".")
    if ":" in host or _NUMBER_LIKE.fullmatch(labels[-1]):
        return _parse(host)
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Blocked("the host is neither a DNS name nor an address in its usual form")
    return None


def _parse(text: str) -> Address:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        raise Blocked("an address is not in its usual form") from None


def _within(address: Address, networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(address in network for network in networks)
