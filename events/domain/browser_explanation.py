"""What the ending of a browser's own call means, and what to do next.

A browser keeps from its page what it knows of a failed call; where words here rest on probes and not on knowledge,
they say so. What came with a status means the same as on the server channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from events.domain.contract import KEY_HEADER
from events.domain.ending import Ending, Explanation
from events.domain.exchange import Failure
from events.domain.explanation import explain, settled, when_to_resend
from events.domain.outcome import Outcome
from events.domain.text import Text
from events.domain.unanswered import LOOK_FIRST


@dataclass(frozen=True, slots=True)
class Places:
    """Between which origins the call was to be made: the console's page and Scalev; "" where not known.

    `probes` are what small requests found after a call without an answer, by name: "yes" or "no".
    """

    page: str = ""
    scalev: str = ""
    probes: Mapping[str, str] = field(default_factory=dict)


def explain_browser(ending: Ending, places: Places) -> Explanation:
    """The explanation of any delivery that a browser was to make, open or closed."""
    if ending.failure and ending.failure in _FAILED:
        return settled(_failed(ending.failure, places), ending)
    if ending.outcome is Outcome.PENDING:
        return _PENDING
    if ending.outcome is Outcome.RATE_LIMITED:
        return settled(_rate_limited(ending), ending)
    if ending.outcome is Outcome.INTERRUPTED:
        return settled(_SILENT, ending)
    return explain(ending)


def _failed(failure: Failure, places: Places) -> Explanation:
    told_apart = _blocked(places.probes) if failure is Failure.BLOCKED else None
    if told_apart:
        return told_apart
    to_copy = {**dict.fromkeys(_ABOUT_PAGE, places.page), Failure.NETWORK: places.scalev}.get(failure, "")
    return replace(_FAILED[failure], to_copy=to_copy)


def _blocked(probes: Mapping[str, str]) -> Explanation | None:
    """What a blocked call was, where the probes tell."""
    if probes.get("online") == "no":
        return _LINE_WENT_DOWN
    if probes.get("address") == "no":
        return _STOPPED_HERE
    return _BROKE_ON_THE_WAY if probes.get("storefront_key") == "yes" else None


def _rate_limited(ending: Ending) -> Explanation:
    return Explanation(
        Text("Scalev asks to slow down."),
        Text(
            "It turned this event away: nothing went on to Meta. The limit counts all requests from this browser's "
            "network address, those of the shop's own pages too."
        ),
        when_to_resend(ending),
    )


_PENDING = Explanation(
    Text("A browser is sending this event to Scalev."),
    Text("It was written down first. The page that asked for it makes the call and reports here how it ended."),
    Text("Keep that page open until it has. Where it is closed before, this ends as interrupted."),
)
_SILENT = Explanation(
    Text("The page that was sending this event never reported how it ended."),
    Text("It was closed, or lost its connection or its sign-in. Whether Scalev got the event is open."),
    LOOK_FIRST,
)

_NOTHING_LEFT = "No byte of the event left the browser: it cannot have arrived, and sending it again is safe."
_NOT_FROM_SERVER = Text(
    "Sent from this console's server, this error cannot appear: only browsers ask for permission before they call "
    "another site, to protect the people who use them."
)
_INFERRED = Text("This is inferred from small test requests: a browser does not tell a page why a call failed.")
_RESEND = "then resend the event as it was."
_RESEND_ONCE = "then resend the event as it was: under the same event ID, Meta counts it once within 48 hours."
_ABOUT_PAGE = (Failure.CORS_ORIGIN, Failure.BLOCKED)

_LINE_WENT_DOWN = Explanation(
    Text("The browser lost its connection while the event was under way."),
    Text("Whether Scalev got it is open."),
    LOOK_FIRST,
)
_STOPPED_HERE = Explanation(
    Text("Something in this browser stops calls to Scalev's address for events."),
    Text(
        "Scalev itself can be reached from here, this one address cannot: most likely an extension such as an ad "
        "blocker keeps requests from it. Whether the event went out is open, and not likely."
    ),
    Text("Switch extensions off for this console, or open it in a private window, " + _RESEND),
    (_INFERRED, Text("Sent from this console's server, this error cannot appear: no extension stands in its way.")),
)
_BROKE_ON_THE_WAY = Explanation(
    Text("Scalev's answer did not get to the page."),
    Text(
        "Everything that a browser asks permission for is allowed. Either the connection broke before an answer came, "
        "or one came without the permission to read it, as a proxy's refusal may. Whether Scalev got the event is open."
    ),
    Text(
        "One try tells the two apart: resend it from the server, which reads every answer, and see its status. Under "
        "the same event ID, Meta counts it once within 48 hours."
    ),
    (
        _INFERRED,
        Text(
            "Where a connection that it kept open ends unanswered, a browser like Chrome sends the same request once "
            "more by itself. Scalev may have got it twice; under one event ID it counts once."
        ),
    ),
)
_FAILED: dict[Failure, Explanation] = {
    Failure.OFFLINE: Explanation(
        Text("The browser was offline."),
        Text(_NOTHING_LEFT),
        Text("Check this computer's connection, " + _RESEND),
        (Text("Sent from this console's server, this error cannot appear: the server has a connection of its own."),),
    ),
    Failure.MIXED_CONTENT: Explanation(
        Text("The browser lets no page that came by https call a plain http address."),
        Text(_NOTHING_LEFT),
        Text("Let an admin give this environment an address that begins with https, or send from the server."),
        (Text("Sent from this console's server, this error cannot appear: the rule is the browser's own."),),
    ),
    Failure.CORS_ORIGIN: Explanation(
        Text("Scalev does not seem to know the origin of this console: pages of it may not read its answers."),
        Text(
            "Most likely the browser asked for permission first, did not get it, and nothing of the event left. If "
            "only the answer to the event lacked the permission, it may have arrived: a page cannot tell the two apart."
        ),
        Text("Register this origin in Scalev's storefront settings, " + _RESEND_ONCE),
        (_INFERRED, _NOT_FROM_SERVER),
    ),
    Failure.CORS_HEADER: Explanation(
        Text("Scalev knows the origin of this console, and still gave the browser no permission to send."),
        Text("Most likely its answer does not allow the header `{header}`. " + _NOTHING_LEFT, header=KEY_HEADER),
        Text("Show this page to Scalev's support. Until it is mended, send from the server."),
        (
            _INFERRED,
            Text("A proxy or firewall in front of Scalev may answer these questions in its place."),
            _NOT_FROM_SERVER,
        ),
    ),
    Failure.BLOCKED: Explanation(
        Text("The browser kept Scalev's answer from the page, and does not say why."),
        Text(
            "Scalev can be reached from this browser. Either it does not know the origin of this console, or an "
            "extension such as an ad blocker stopped the call. Whether the event went out is open."
        ),
        Text(
            "One try tells the two apart: resend it from a private window, where extensions are off. If the same comes "
            "back, register this origin in Scalev's storefront settings, and resend the event as it was."
        ),
        (_NOT_FROM_SERVER,),
    ),
    Failure.NETWORK: Explanation(
        Text("No answer came, and the browser does not reach Scalev."),
        Text(
            "Most likely nothing of the event left: a name that is not found, a refused connection and an extension "
            "that blocks the address look the same to a page. If the connection broke off midway, it may have arrived."
        ),
        Text(
            "One look tells them apart: open this address in a new tab. If it does not open, it is the network; if it "
            "does, an extension blocks it for this console, or Scalev was away for a moment. Mend that, " + _RESEND_ONCE
        ),
        (
            _INFERRED,
            Text("From this console's server the network is another one, and no extension stands in the way."),
        ),
    ),
    Failure.REDIRECTED: Explanation(
        Text("Scalev's address answered with a redirect, which is not followed."),
        Text("Following it could hand the storefront key and the buyer's data to another address."),
        Text("Let an admin check the address of this environment, " + _RESEND),
        (Text("A browser hides which redirect it was and where it leads. A send from the server shows it."),),
    ),
    Failure.TIMED_OUT: Explanation(
        Text("Scalev did not answer in time."),
        Text("The event may have left the browser before the time was over. Whether Scalev took it is open."),
        LOOK_FIRST,
        (
            Text("If the permission to send was what came too slowly, the event never left: a browser does not say."),
            Text(
                "One try tells the two apart: send it from the server, which asks for no permission. If that is slow, "
                "too, it is Scalev."
            ),
        ),
    ),
}
