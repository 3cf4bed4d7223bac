"""Errors of a try, as a `Failure` and a few words fit for a page.

The words never quote what was sent or received: an echo may hold a storefront key or a buyer's value.
"""

import http.client
import ssl

from events.delivery.attempt import HeadTooLong, Unreached
from events.domain.exchange import Failure

_DISCONNECTED = (http.client.RemoteDisconnected, ssl.SSLEOFError, ssl.SSLZeroReturnError)
_CLOSED = "the connection was closed without a complete answer"


def explain(error: BaseException, *, bytes_may_have_left: bool, head_was_cut: bool) -> tuple[Failure, str]:
    """Name what stopped a try before a whole status came."""
    if isinstance(error, Unreached):
        return error.failure, error.detail
    if isinstance(error, TimeoutError):
        return _out_of_time(bytes_may_have_left)
    if isinstance(error, _DISCONNECTED):
        return Failure.CLOSED, _CLOSED
    if isinstance(error, OSError):
        # OpenSSL's own text carries a line of its source; its reason says as much.
        words = error.reason if isinstance(error, ssl.SSLError) else error.strerror
        return Failure.RESET, (words or "the connection was lost").replace("_", " ").lower()
    if head_was_cut:
        return Failure.CLOSED, _CLOSED
    if isinstance(error, http.client.HTTPException | HeadTooLong):
        return Failure.GARBAGE, _garbage(error)
    return Failure.GARBAGE, f"the console could not go on ({type(error).__name__})"


def _out_of_time(bytes_may_have_left: bool) -> tuple[Failure, str]:
    if bytes_may_have_left:
        return Failure.TIMED_OUT, "the deadline passed before a complete status came"
    return Failure.CONNECT_TIMEOUT, "the deadline passed before the connection was ready"


def _garbage(error: BaseException) -> str:
    if isinstance(error, http.client.BadStatusLine | http.client.UnknownProtocol):
        return "the answer did not begin with an HTTP/1 status line"
    return "the head of the answer was too long to read"
