"""Pages of the sandbox about itself."""

import json
from typing import TYPE_CHECKING

from .answers import Answer
from .ledger import Ledger

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment


def answer(environ: "WSGIEnvironment", ledger: Ledger) -> Answer | None:
    """The page at this path, None when there is none."""
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    if (method, path) == ("GET", "/requests.json"):
        rows = [row.number for row in reversed(ledger.rows())]
        return Answer(200, (("Content-Type", "application/json"),), json.dumps(rows).encode())
    return None
