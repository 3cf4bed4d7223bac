"""Post one body to one configured origin, and return what happened as a value."""

import ssl
import threading
from functools import lru_cache

from requests import PreparedRequest, Response
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from events.delivery import guard
from events.delivery.attempt import Attempt, Unreached, in_hand
from events.delivery.body import Body, read_body
from events.delivery.failures import explain
from events.delivery.guard import Blocked, Origin, Target
from events.delivery.resolving import Resolution, Resolver, ask_system
from events.delivery.sessions import SingleOriginSession
from events.delivery.sockets import tls_context
from events.domain.contract import KEY_FORM, KEY_HEADER
from events.domain.exchange import BodyMark, Exchange, Failure

FIXED_HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json",
    # Answers are a few hundred bytes. Asking for no coding keeps what is stored what was sent, and makes a
    # compressed answer, bombs among them, the other side's own idea.
    "Accept-Encoding": "identity",
    "User-Agent": "Scalev-Console/0.1",
}


class Client:
    """Sends for any number of threads; one pooled session per origin, made at first use."""

    def __init__(self, *, ca_file: str | None = None, resolver: Resolver = ask_system) -> None:
        """Trust `ca_file` (PEM; the bundle of requests by default) and look names up with `resolver`."""
        self._ca_file = ca_file or DEFAULT_CA_BUNDLE_PATH
        self._resolution = Resolution(resolver)
        self._sessions: dict[Origin, SingleOriginSession] = {}
        self._lock = threading.Lock()
        self._context: ssl.SSLContext | None = None

    def post(self, url: str, *, origin: str, storefront_key: str, body: bytes, deadline_s: float) -> Exchange:
        """POST `body` (JSON) to `url`, which must lie on the configured `origin`.

        All of it, from the name lookup to the last byte of the answer, ends within `deadline_s` seconds. Nothing
        is raised for what the network or the other side does, and nothing is ever sent twice.
        """
        attempt = Attempt(deadline_s)
        answer = Body()
        try:
            target = _checked(url, origin, storefront_key)
            attempt.remaining()
            request = _prepared(url, storefront_key, body)
            answer = self._send(target, request, attempt)
        except Exception as error:
            # The row of this send is committed already: whatever happens, it must get an ending.
            attempt.failed(error)
            if attempt.status is not None:
                answer = Body(marks=frozenset({BodyMark.CUT}))
        return _exchange(url, body, attempt, answer)

    def close(self) -> None:
        """Close the idle connections of all origins."""
        with self._lock:
            for session in self._sessions.values():
                session.close()
            self._sessions.clear()

    def _send(self, target: Target, request: PreparedRequest, attempt: Attempt) -> Body:
        token = in_hand.set(attempt)
        try:
            # The time-out is a second line only: the sockets hold the deadline.
            response = self._session(target).send(
                request, stream=True, timeout=attempt.deadline_s, allow_redirects=False, proxies={}
            )
            return _received(response, attempt)
        finally:
            in_hand.reset(token)

    def _session(self, target: Target) -> SingleOriginSession:
        session = self._sessions.get(target.origin)
        if session is not None:
            return session
        with self._lock:
            context = self._tls() if target.origin.scheme == "https" else None
            return self._sessions.setdefault(target.origin, SingleOriginSession(target, self._resolution, context))

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = tls_context(self._ca_file)
        return self._context


def _checked(url: str, origin: str, storefront_key: str) -> Target:
    if KEY_FORM.fullmatch(storefront_key) is None:
        raise Unreached(Failure.BAD_KEY, "the storefront key cannot stand in a header")
    try:
        return guard.check_url(url, origin=origin)
    except Blocked as refusal:
        raise Unreached(Failure.BLOCKED_ADDRESS, str(refusal)) from None


def _prepared(url: str, storefront_key: str, body: bytes) -> PreparedRequest:
    request = _blank(url).copy()
    request.headers[KEY_HEADER] = storefront_key
    request.prepare_body(body, None)
    return request


@lru_cache(maxsize=256)
def _blank(url: str) -> PreparedRequest:
    """What all requests to one address have in common: to read and check it anew takes as long as the rest."""
    request = PreparedRequest()
    # The key's header has its place already, and its value with each request.
    request.prepare(method="POST", url=url, headers={**FIXED_HEADERS, KEY_HEADER: ""})
    if request.url != url:
        raise Unreached(Failure.BLOCKED_ADDRESS, "the address is not in its usual form")
    return request


def _received(response: Response, attempt: Attempt) -> Body:
    """Read the body and give the connection back to the pool, or close it where it cannot serve again."""
    if attempt.stream is None:
        raise AssertionError("a response without a head")
    answer = read_body(attempt.stream, attempt.headers)
    if answer.complete and _ends_where_it_says(attempt):
        attempt.stream.close()
        response.raw.release_conn()
    else:
        response.raw.close()
    return answer


def _ends_where_it_says(attempt: Attempt) -> bool:
    """Say whether no stray bytes can follow, which the next send would take for its own answer."""
    if attempt.status is None or attempt.status < 200:
        return False
    if attempt.status not in (204, 304):
        return True
    announced = {name.lower(): value.strip() for name, value in attempt.headers}
    return "transfer-encoding" not in announced and announced.get("content-length", "0") == "0"


def _exchange(url: str, body: bytes, attempt: Attempt, answer: Body) -> Exchange:
    failure, detail = None, ""
    if attempt.status is None and attempt.error is not None:
        failure, detail = explain(
            attempt.error,
            bytes_may_have_left=attempt.bytes_may_have_left,
            head_was_cut=attempt.head_was_cut,
        )
    return Exchange(
        method="POST",
        url=url,
        request_headers=tuple(attempt.sent_headers) if attempt.bytes_may_have_left else (),
        request_body=body,
        status=attempt.status,
        reason=attempt.reason,
        response_headers=attempt.headers,
        response_body=answer.content,
        body_marks=answer.marks,
        response_size=answer.size,
        failure=failure,
        failure_detail=detail,
        bytes_may_have_left=attempt.bytes_may_have_left,
        timings=attempt.timings(),
        peer=attempt.peer,
    )


_shared = Client()


def post(url: str, *, origin: str, storefront_key: str, body: bytes, deadline_s: float) -> Exchange:
    """Send with the client that this process shares: see `Client.post`."""
    return _shared.post(url, origin=origin, storefront_key=storefront_key, body=body, deadline_s=deadline_s)
