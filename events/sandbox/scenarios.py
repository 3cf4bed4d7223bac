"""Every misbehaviour of the sandbox, in one table: what the pages list, `--help` prints and `seed` stores.

A scenario is chosen by the store ID or by the storefront key. Both may carry a suffix after another `_`
(`store_sandbox_slow_2`, `sfpk_sandbox_slow_abcd`), so that several stores can share one.
"""

from dataclasses import dataclass

# The well-behaved store of the seed: Toko Batik Nusantara.
STORE_ID = "store_TokoBatikNusantara7Kx2Qd"
KEY = "sfpk_sandboxTokoBatikNusantara7Kx2QdP4mZr8"  # opens nothing but this sandbox

_STORE_PREFIX = "store_sandbox_"
_KEY_PREFIX = "sfpk_sandbox_"


@dataclass(frozen=True)
class Scenario:
    """One way to answer. `expected_outcome` is the console's word for it, such as `rate_limited`."""

    slug: str
    title: str
    explanation: str
    expected_outcome: str

    @property
    def store_id(self) -> str:
        """The store ID that chooses this scenario."""
        return _STORE_PREFIX + self.slug

    @property
    def key(self) -> str:
        """The storefront key that chooses it for any store."""
        return f"{_KEY_PREFIX}{self.slug}_{self.slug[:2]}{len(self.slug):02d}"


_REFUSALS = (
    Scenario("rejected", "Refused, with reasons", "400 with an error text and errors by field.", "rejected"),
    Scenario("rejected_echo", "Refused, repeating the buyer", "400 whose text repeats e-mail and phone.", "rejected"),
    Scenario("error_code", "Refused, with a code", "400 with error, error_code and message.", "rejected"),
    Scenario("error_message", "Refused, message only", "400 with nothing but a message.", "rejected"),
    Scenario("error_object", "Error as an object", "400 whose error is an object.", "rejected"),
    Scenario("error_array", "Error as a list", "400 whose error is a list.", "rejected"),
    Scenario("error_number", "Error as a number", "400 whose error is a number.", "rejected"),
    Scenario("error_boolean", "Error as true", "400 whose error is a boolean.", "rejected"),
    Scenario("errors_list", "Errors as a list", "400 whose errors are a list of texts.", "rejected"),
    Scenario("markup", "Markup in the error", "400 whose text tries to run as HTML.", "rejected"),
    Scenario("unauthorized", "Unauthorized", "401 with an error text.", "rejected"),
    Scenario("forbidden", "Forbidden", "403 with an error code.", "rejected"),
    Scenario("unprocessable", "Unprocessable", "422 with errors by field.", "rejected"),
    Scenario("not_found", "Store not found", "404: wrong key, unknown store or lapsed plan.", "not_found"),
    Scenario("unknown", "Unknown store", "The same 404 without a body that says why.", "not_found"),
)  # fmt: skip

_LIMITS = (
    Scenario("rate_limit", "Rate limit, plain text", "429 as plain text, Retry-After in seconds.", "rate_limited"),
    Scenario("rate_limit_json", "Rate limit, JSON", "429 as JSON, Retry-After as a date.", "rate_limited"),
    Scenario("rate_limit_epoch", "Rate limit, reset as a time", "429, reset in epoch milliseconds.", "rate_limited"),
    Scenario("rate_limit_garbled", "Rate limit, odd waits", "429 whose waiting times make no sense.", "rate_limited"),
)  # fmt: skip

_SERVER = (
    Scenario("server_error", "Server error", "500 with an error text.", "server_error"),
    Scenario("bad_gateway", "Proxy page", "502 with a proxy's HTML page.", "server_error"),
    Scenario("unavailable", "Unavailable", "503 with Retry-After in seconds.", "server_error"),
    Scenario("unavailable_silent", "Unavailable, no hint", "503 without Retry-After or body.", "server_error"),
)  # fmt: skip

_UNEXPECTED = (
    Scenario("ok_200", "200 instead of 204", "200 with a JSON body.", "unexpected"),
    Scenario("accepted_202", "202 instead of 204", "202 without a body.", "unexpected"),
    Scenario("html_200", "A web page", "200 with an HTML page.", "unexpected"),
    Scenario("redirect", "Redirect", "307 to another path, which nobody should follow.", "unexpected"),
    Scenario("redirect_get", "Redirect to a page", "302 to another path.", "unexpected"),
    Scenario("switch", "Another protocol", "101, switching to a protocol nobody asked for.", "unexpected"),
    Scenario("no_content_body", "204 with a body", "204 followed by bytes that must not be there.", "accepted"),
)  # fmt: skip

_BODIES = (
    Scenario("empty_400", "Empty refusal", "400 without a body.", "rejected"),
    Scenario("not_json", "Broken JSON", "400 labelled JSON that ends in the middle.", "rejected"),
    Scenario("odd_json", "Odd JSON", "400 with NaN, 1e400, a 5,000-digit number and a key twice.", "rejected"),
    Scenario("deep_json", "Deep JSON", "400 with lists nested 100,000 deep.", "rejected"),
    Scenario("nul_json", "NUL in the JSON", "400 with NUL and half a surrogate pair in its text.", "rejected"),
    Scenario("invalid_utf8", "Invalid UTF-8", "400 whose bytes are not UTF-8.", "rejected"),
    Scenario("bad_charset", "Unknown charset", "400 labelled with a charset that does not exist.", "rejected"),
    Scenario("byte_order_mark", "Byte order mark", "400 whose JSON starts with a byte order mark.", "rejected"),
    Scenario("gzip_bomb", "Compressed bomb", "400 whose few kilobytes unpack to many megabytes.", "rejected"),
    Scenario("gzip_twice", "Compressed twice", "400 compressed twice, and labelled so.", "rejected"),
    Scenario("not_gzip", "Mislabelled compression", "400 labelled gzip that is not.", "rejected"),
    Scenario("huge", "Huge body", "400 with many megabytes of text.", "rejected"),
    Scenario("half_body", "Half a body", "400 that promises more bytes than it sends.", "rejected"),
    Scenario("drip_body", "Dripping body", "400 whose body comes a byte at a time.", "rejected"),
    Scenario("drip_chunks", "Dripping chunks", "400 whose body comes in chunks of one byte.", "rejected"),
)  # fmt: skip

_WIRE = (
    Scenario("slow", "Slow", "Answers by the contract, after some seconds.", "accepted"),
    Scenario("hang", "Silence", "Reads the request and never answers.", "timed_out"),
    Scenario("drip_headers", "Dripping headers", "The headers come a byte at a time and never end.", "timed_out"),
    Scenario("continue_flood", "Endless 100", "100 Continue over and over, no final status.", "timed_out"),
    Scenario("hang_up", "Hang up", "Closes the connection without an answer.", "interrupted"),
    Scenario("reset", "Reset", "Resets the connection after reading the request.", "interrupted"),
    Scenario("half_headers", "Half the headers", "Closes the connection inside the headers.", "interrupted"),
    Scenario("garbage", "Not HTTP", "Answers with a line that is not HTTP.", "interrupted"),
    Scenario("many_headers", "Too many headers", "204 with 150 headers.", "interrupted"),
    Scenario("long_header", "Endless header", "204 with a header line of 80 KiB.", "interrupted"),
)  # fmt: skip

# Read by a browser before it sends. A preflight carries no storefront key, so only the store ID chooses one; the
# outcome is that of a send from the browser: a server asks nothing first, and finds stores that behave. To a page,
# a refused origin and a withheld answer look alike, so that both end in the same way.
PREFLIGHTS = (
    Scenario("origin_refused", "Origin not registered", "No page may send: none is registered.", "interrupted"),
    Scenario("answer_withheld", "Answer withheld", "Any page may send, and none may read an answer.", "interrupted"),
    Scenario("header_refused", "Header not allowed", "The storefront key's header may not be sent.", "unreachable"),
    Scenario("slow_preflight", "Slow preflight", "The browser may send, but hears so after some seconds.", "accepted"),
)  # fmt: skip

GROUPS: tuple[tuple[str, tuple[Scenario, ...]], ...] = (
    ("Refusals", _REFUSALS),
    ("Rate limits", _LIMITS),
    ("Server errors", _SERVER),
    ("Statuses nobody documented", _UNEXPECTED),
    ("Bodies that are wrong", _BODIES),
    ("On the wire", _WIRE),
)

SCENARIOS: tuple[Scenario, ...] = tuple(scenario for _, group in GROUPS for scenario in group)

_BY_SLUG = {scenario.slug: scenario for scenario in SCENARIOS + PREFLIGHTS}


def by_store_id(store_id: str) -> Scenario | None:
    """The scenario that a store ID names, None for a store that behaves."""
    return _named(store_id, _STORE_PREFIX, SCENARIOS)


def preflight_by_store_id(store_id: str) -> Scenario | None:
    """The way in which preflights of this store misbehave, None where they do not."""
    return _named(store_id, _STORE_PREFIX, PREFLIGHTS)


def by_key(key: str) -> Scenario | None:
    """The scenario that a storefront key names, None for a key that behaves."""
    return _named(key, _KEY_PREFIX, SCENARIOS)


def _named(text: str, prefix: str, among: tuple[Scenario, ...]) -> Scenario | None:
    """The longest slug that the text continues with, whole or up to another `_`; None if it is none of these."""
    slug = text.removeprefix(prefix) if text.startswith(prefix) else ""
    while slug and slug not in _BY_SLUG:
        slug = slug.rpartition("_")[0]
    found = _BY_SLUG.get(slug)
    return found if found in among else None
