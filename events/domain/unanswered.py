"""Calls that ended without an answer: what is known of them, what is not, and which way on is safe."""

from __future__ import annotations

from events.domain.ending import Ending, Explanation
from events.domain.exchange import Failure
from events.domain.text import Text


def unreachable(ending: Ending) -> Explanation:
    sentence, next_step = _UNREACHED.get(ending.failure or Failure.RESET, _UNREACHED[Failure.RESET])
    return Explanation(
        sentence,
        Text("No byte of the event left the console. It cannot have arrived, and sending it again is safe."),
        next_step,
    )


_RESEND = "then resend the event as it was."
_UNREACHED: dict[Failure, tuple[Text, Text]] = {
    Failure.DNS: (
        Text("Scalev's address could not be looked up."),
        Text("Let somebody check this server's name resolution and network, " + _RESEND),
    ),
    Failure.REFUSED: (
        Text("Nobody answers at Scalev's address: the connection was refused."),
        Text("Check that the environment's address is right and its server is running, " + _RESEND),
    ),
    Failure.CONNECT_TIMEOUT: (
        Text("No connection to Scalev came about in time."),
        Text("Let somebody check this server's network and firewall, " + _RESEND),
    ),
    Failure.CERTIFICATE_UNTRUSTED: (
        Text("The certificate at Scalev's address cannot be trusted."),
        Text(
            "The reason stands below. Let an admin check whether the environment's address is right, and whether a "
            "firewall or proxy on the way puts a certificate of its own in place of Scalev's, " + _RESEND
        ),
    ),
    Failure.CERTIFICATE_EXPIRED: (
        Text("By this server's clock, a certificate at Scalev's address has expired."),
        Text(
            "Let an admin check this server's clock. If it is right, whoever runs the server at that address has to "
            "renew the certificate: show them this page, " + _RESEND
        ),
    ),
    Failure.CERTIFICATE_EARLY: (
        Text("By this server's clock, a certificate at Scalev's address is not valid yet."),
        Text(
            "Let an admin check whether this server's clock is behind. If it is right, show this page to whoever runs "
            "the server at that address, " + _RESEND
        ),
    ),
    Failure.CERTIFICATE_NAME: (
        Text("The certificate at Scalev's address is not for the host that was called."),
        Text(
            "Let an admin check whether the environment's address is right, and whether its host name leads to the "
            "right server, " + _RESEND
        ),
    ),
    Failure.HANDSHAKE: (
        Text("The secure connection to Scalev failed while it was being set up."),
        Text(
            "What stopped it stands below. Let an admin check whether what answers at the environment's address speaks "
            "HTTPS, with TLS 1.2 or newer, and whether a firewall or proxy on the way cuts it off, " + _RESEND
        ),
    ),
    Failure.TLS: (
        Text("The secure connection to Scalev could not be made."),
        Text(
            "What stopped it stands below. Where it is the certificate, let an admin check this server's clock and "
            "network, otherwise whether what answers at the environment's address speaks HTTPS, " + _RESEND
        ),
    ),
    Failure.BLOCKED_ADDRESS: (
        Text("The console refused to connect: the address leads into a network that it must not reach."),
        Text("Let an admin check what the environment's host name points to, " + _RESEND),
    ),
    Failure.BAD_KEY: (
        Text("The stored storefront key cannot be put into a request."),
        Text("Let an admin enter the storefront key again, " + _RESEND),
    ),
    Failure.RESET: (
        Text("The connection to Scalev broke off before anything was sent."),
        Text("Wait a moment, " + _RESEND),
    ),
}

LOOK_FIRST = Text(
    "Look for the event ID in Meta's Test Events first. If it is not there, resend it as it was: with the same event "
    "ID, Meta counts it once within 48 hours."
)
# Nothing in an event makes the head of its answer long: the next try may well meet the same.
_LOOK_AND_SHOW = Text(LOOK_FIRST + " If the same comes back, show this page to Scalev's support.")


def timed_out(ending: Ending) -> Explanation:
    return Explanation(
        Text("Scalev did not answer in time."),
        Text("The event may have left the console before the time was over. Whether Scalev took it is open."),
        LOOK_FIRST,
        _open_points(ending),
    )


def interrupted(ending: Ending) -> Explanation:
    sentences = {
        Failure.RESET: Text("The connection broke before Scalev answered."),
        Failure.CLOSED: Text("Scalev closed the connection without a complete answer."),
        Failure.HEAD_TOO_LONG: Text("The head of the answer, its status and headers, was too long to read."),
        Failure.GARBAGE: Text("What came back could not be read as an HTTP answer."),
    }
    stopped = Text("The console stopped while this event was under way.")
    return Explanation(
        sentences.get(ending.failure, stopped) if ending.failure else stopped,
        Text("Everything is written down below. Whether Scalev got it is open; it is never sent again by itself."),
        _LOOK_AND_SHOW if ending.failure is Failure.HEAD_TOO_LONG else LOOK_FIRST,
        _open_points(ending),
    )


def _open_points(ending: Ending) -> tuple[Text, ...]:
    """What is known of a request without a whole answer, what is not, and which way on is safe."""
    if ending.left_whole:
        known = Text("Known: all of the request left the console, and no whole answer came back.")
    elif ending.failure:
        known = Text("Known: the call was begun. How many of its bytes left is not known.")
    else:
        known = Text("Known: it was written down before the call. What became of the call is not.")
    return (
        known,
        Text("Not known: whether Scalev took it. Its documentation names no log that could be asked."),
        Text("Test Events lists single events only while the pixel in Scalev carries a test event code."),
        Text("A changed event under the same event ID is not safe: if the first one arrived, Meta drops the change."),
    )
