"""Errors of a try, as a `Failure` and a few words fit for a page.

The words never quote what was sent or received: an echo may hold a storefront key or a buyer's value.
"""

import http.client
import ssl

from events.delivery.attempt import HEAD_LIMIT_BYTES, HeadTooLong, Unreached
from events.domain.exchange import Failure

_DISCONNECTED = (http.client.RemoteDisconnected, ssl.SSLEOFError, ssl.SSLZeroReturnError)
_CLOSED = "the connection was closed without a complete answer"
# X509_V_ERR_… of OpenSSL, which Python's ssl passes on and does not name. All others are a matter of trust.
_CERTIFICATES = {
    9: Failure.CERTIFICATE_EARLY,  # CERT_NOT_YET_VALID
    10: Failure.CERTIFICATE_EXPIRED,  # CERT_HAS_EXPIRED
    62: Failure.CERTIFICATE_NAME,  # HOSTNAME_MISMATCH
    64: Failure.CERTIFICATE_NAME,  # IP_ADDRESS_MISMATCH
}


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
    if words := _too_long(error):
        return Failure.HEAD_TOO_LONG, words
    if isinstance(error, http.client.BadStatusLine | http.client.UnknownProtocol):
        return Failure.GARBAGE, "the answer did not begin with an HTTP/1 status line"
    return Failure.GARBAGE, f"the console could not go on ({type(error).__name__})"


def stopped_in_handshake(error: Exception) -> Unreached:
    """Name what stopped a connection after TCP stood and before the request: TLS, or the time that it took."""
    if isinstance(error, TimeoutError):
        return Unreached(Failure.CONNECT_TIMEOUT, "the connection was not ready in time")
    if isinstance(error, ssl.SSLCertVerificationError):
        failure = _CERTIFICATES.get(error.verify_code, Failure.CERTIFICATE_UNTRUSTED)
        return Unreached(failure, error.verify_message.rstrip("."))
    return Unreached(Failure.HANDSHAKE, _broken_handshake(error))


def _out_of_time(bytes_may_have_left: bool) -> tuple[Failure, str]:
    if bytes_may_have_left:
        return Failure.TIMED_OUT, "the deadline passed before a complete status came"
    return Failure.CONNECT_TIMEOUT, "the deadline passed before the connection was ready"


def _too_long(error: BaseException) -> str:
    """What of the head was longer than is read; "" where it was not that."""
    if isinstance(error, HeadTooLong):
        return f"the head of the answer was longer than {HEAD_LIMIT_BYTES // 1024} KiB"
    if isinstance(error, http.client.LineTooLong):
        return "the head of the answer had a line of more than 64 KiB"
    # For too many headers http.client has no class of their own, and raises the base of all its errors.
    return "the head of the answer had more lines than are read" if type(error) is http.client.HTTPException else ""


def _broken_handshake(error: Exception) -> str:
    if isinstance(error, _DISCONNECTED):
        return "the connection was closed during the handshake"
    if isinstance(error, ssl.SSLError):
        # What the first bytes of something else are to OpenSSL. From 3.2 on it may tell less: record layer failure.
        if error.reason == "WRONG_VERSION_NUMBER":
            return "what came back was not TLS (wrong version number)"
        # Of an alert the name begins with a version of TLS, and not with one that anybody spoke.
        _, alerted, reason = (error.reason or "no handshake").rpartition("_ALERT_")
        return ("the other side refused it: " if alerted else "") + reason.replace("_", " ").lower()
    if isinstance(error, OSError):
        return (error.strerror or "the connection ended").lower() + " during the handshake"
    return f"the connection could not be set up ({type(error).__name__})"
