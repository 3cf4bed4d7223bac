"""One request as the rules see it, and the steps that were taken to answer it."""

from dataclasses import dataclass, field

from . import scenarios
from .judge import Verdict
from .ledger import Step


@dataclass(frozen=True)
class Call:
    """One request. `store_id` is None off the endpoint, `key` when its header is missing.

    `origin` is what a browser says of the page that asks, "" for any other client. A preflight asks for
    `asked_method`, "" for every other request, and for `asked_headers`, in lower case.
    """

    method: str
    store_id: str | None
    key: str | None
    content_type: str
    body: bytes
    client: str
    origin: str = ""
    asked_method: str = ""
    asked_headers: tuple[str, ...] = ()

    @property
    def is_preflight(self) -> bool:
        """Whether a browser asks if it may send something."""
        return self.method == "OPTIONS" and bool(self.origin) and bool(self.asked_method)


@dataclass
class Trace:
    """The steps taken so far. The first one that did not pass decided, or else the last."""

    steps: list[Step] = field(default_factory=list)
    scenario: scenarios.Scenario | None = None
    verdict: Verdict | None = None

    def note(self, rule: str, place: str, passed: bool, words: str) -> bool:
        """Write a step down; returns whether it passed, so that a rule reads as one line."""
        self.steps.append(Step(rule, place, passed, words))
        return passed

    @property
    def decided_by(self) -> Step:
        """The step that decided. There must be one."""
        return next((step for step in self.steps if not step.passed), self.steps[-1])
