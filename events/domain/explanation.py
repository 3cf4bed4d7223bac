"""What an outcome means and what to do next, in plain words: the first lines of a delivery's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from events.domain.ending import Ending, Explanation
from events.domain.exchange import BodyMark
from events.domain.not_found import NO_PIXEL, causes_of, next_step_of, unweighed
from events.domain.outcome import Outcome
from events.domain.refusal import also_blamed, blame, in_words
from events.domain.resending import gap_words
from events.domain.text import NO_TEXT, Text
from events.domain.unanswered import interrupted, timed_out, unreachable

# What another event that goes through since says something about.
MAY_PASS = frozenset(
    {Outcome.SERVER_ERROR, Outcome.TIMED_OUT, Outcome.UNREACHABLE, Outcome.INTERRUPTED, Outcome.RATE_LIMITED}
)


def explain(ending: Ending) -> Explanation:
    """The explanation of any delivery, open or closed."""
    return settled(with_others(_EXPLAIN[ending.outcome](ending), ending), ending)


def with_others(explanation: Explanation, ending: Ending) -> Explanation:
    """The same with what became of other events since, where that tells whether the trouble is over."""
    if ending.taken_since is None or ending.outcome not in MAY_PASS:
        return explanation
    over = Text(
        "Scalev took another event of this store {gap} after this one, so it seems to be over (inferred).",
        gap=gap_words(ending.taken_since),
    )
    return replace(explanation, likely=(over, *explanation.likely))


def settled(explanation: Explanation, ending: Ending) -> Explanation:
    """The same with no step left to do, where a later try was accepted."""
    if not ending.settled or ending.outcome is Outcome.ACCEPTED:
        return explanation
    done = Text("Nothing more to do: it was sent again later, and Scalev took it.")
    return replace(explanation, next_step=done, likely=(), to_copy="", causes=())


def erased(explanation: Explanation) -> Explanation:
    """The same of a delivery whose buyer was erased: how it ended is known, and nothing is left to look at."""
    gone = Text("Its buyer was erased since, with all that was sent and answered. Nothing is left to do here.")
    return Explanation(explanation.sentence, gone, NO_TEXT)


def explain_mark(mark: BodyMark, *, kept: int, seen: int) -> Text:
    """What is wrong with a response's body; `kept` and `seen` are bytes."""
    words = {
        BodyMark.CUT: "The connection ended before the body did: {kept} bytes of it are kept.",
        BodyMark.TOO_LARGE: "The body is larger than what is kept: the first {kept} bytes stand here.",
        BodyMark.UNDECODABLE: "The body's compression is broken or unknown: its {kept} bytes are kept as they came.",
        BodyMark.DRIPPED: "The time was over while the body was still arriving: {kept} bytes of it are kept.",
    }
    return Text(words[mark], kept=kept, seen=seen)


def _queued(ending: Ending) -> Explanation:
    return Explanation(
        Text("This event waits to be sent."),
        Text("It is written down and nothing has left the console yet."),
        Text("It goes out as soon as it is its turn. Look again in a moment."),
    )


def _pending(ending: Ending) -> Explanation:
    return Explanation(
        Text("This event is on its way to Scalev."),
        Text("It was written down first, then sent. Scalev has not answered yet."),
        Text("Wait for the answer, or look again. It cannot be resent while it is under way."),
    )


def _accepted(ending: Ending) -> Explanation:
    return Explanation(
        Text("Scalev took this event for delivery."),
        Text("Scalev hands it on to Meta by itself, a little later. This says nothing yet about Meta."),
        Text("To see whether it arrived, look for its event ID under Test Events in Meta's Events Manager."),
        (
            Text("If it never shows up there: the pixel in Scalev may have its Conversions API off or no token."),
            Text("Test Events only lists it while the pixel in Scalev carries a test event code."),
        ),
    )


def _rejected(ending: Ending) -> Explanation:
    if ending.status in (401, 403):
        return Explanation(
            Text("Scalev refused this request: it does not allow it ({status}).", status=ending.status),
            Text("Nothing went on to Meta. The storefront key, or what it may be used for, is in question."),
            Text("Let an admin test the storefront key on the store's page, then resend it as it was."),
            tuple(in_words(complaint, ending.findings) for complaint in ending.complaints[:5]),
        )
    what = blame(ending.complaints, ending.findings)
    meaning = Text("Nothing went on to Meta. Since this one never counted, it cannot count twice.")
    if not what:
        read = Text("It does not say why. Read its response below, correct the event and send again, same event ID.")
        return Explanation(Text("Scalev refused this request."), meaning, read)
    next_step = Text("Correct what it names and send again with the same event ID.")
    return Explanation(
        Text("Scalev refused this request: {what}.", what=what),
        meaning,
        next_step,
        also_blamed(ending.complaints, ending.findings),
    )


def _not_found(ending: Ending) -> Explanation:
    proxy = (Text("The answer is a web page, not Scalev's usual one: something in between may have given it."),)
    traces = ending.traces
    unweighed_step = Text("Go through the causes from the top. Once it is mended, resend the event as it was.")
    return Explanation(
        Text("Scalev does not find the store for this request."),
        Text("Nothing went on to Meta. Scalev gives this one answer for several causes and does not say which it is."),
        next_step_of(traces) if traces else unweighed_step,
        (*proxy, NO_PIXEL) if ending.is_page else (NO_PIXEL,),
        causes=causes_of(traces) if traces else unweighed(),
    )


def _rate_limited(ending: Ending) -> Explanation:
    return Explanation(
        Text("Scalev asks to slow down."),
        Text("It turned this event away: nothing went on to Meta. The limit counts all requests of this console."),
        when_to_resend(ending),
    )


def when_to_resend(ending: Ending) -> Text:
    wait = ending.wait
    if wait is None:
        return Text("It does not say how long to wait. Give it a minute, then resend the event as it was.")
    if wait.is_over(ending.age):
        return Text("The wait that it asked for ({wait}) is over: resend the event as it was.", wait=wait.words)
    return Text(
        "It asks to wait {wait} from its answer on; {left} of it are left. Resend the event as it was after that.",
        wait=wait.words,
        left=wait.left_words(ending.age),
    )


def _server_error(ending: Ending) -> Explanation:
    in_front = Text("A server in front of Scalev answered in its place: Scalev was down or too busy just then.")
    inside = Text(
        "Most likely a fault inside Scalev. Where other events go through and this one never does, something in it may "
        "set it off (inferred)."
    )
    likely = (in_front if ending.status in (502, 503, 504) or ending.is_page else inside,)
    wait = ending.wait
    pause = wait.words if wait and not wait.is_over(ending.age) else Text("a few minutes")
    return Explanation(
        Text("Scalev had a problem of its own ({status}).", status=ending.status),
        Text("An answer came, but it leaves open whether the event was taken."),
        Text("Wait {wait}, then resend it as it was: with the same event ID, Meta counts it once.", wait=pause),
        likely,
    )


def _unexpected(ending: Ending) -> Explanation:
    status = ending.status or 0
    if 300 <= status <= 399:
        return Explanation(
            Text("Scalev's address answered with a redirect ({status}), which is not followed.", status=status),
            Text("Following it could hand the storefront key and the buyer's data to another address."),
            Text("Let an admin check the address of this environment, then resend the event as it was."),
            (Text("Most likely the address is an old one, or begins with http where https is meant (inferred)."),),
        )
    if ending.is_page:
        return Explanation(
            Text("A web page came back instead of Scalev's answer ({status}).", status=status),
            Text("A proxy, a notice or a wrong address may have answered. Whether Scalev got the event is open."),
            Text("Read the page below, and look for the event ID in Meta's Test Events before you resend it."),
        )
    return Explanation(
        Text("Scalev answered {status}, which it does not document.", status=status),
        Text("Only 204 means that the event was taken. Whether it was taken here is open."),
        Text("Look for the event ID in Meta's Test Events. If it is not there, resend the event as it was."),
    )


_EXPLAIN: dict[Outcome, Callable[[Ending], Explanation]] = {
    Outcome.QUEUED: _queued,
    Outcome.PENDING: _pending,
    Outcome.ACCEPTED: _accepted,
    Outcome.REJECTED: _rejected,
    Outcome.NOT_FOUND: _not_found,
    Outcome.RATE_LIMITED: _rate_limited,
    Outcome.SERVER_ERROR: _server_error,
    Outcome.UNEXPECTED: _unexpected,
    Outcome.UNREACHABLE: unreachable,
    Outcome.TIMED_OUT: timed_out,
    Outcome.INTERRUPTED: interrupted,
}
