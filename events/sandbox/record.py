"""What was received, as JSON for scripts and CI jobs."""

import base64
import json

from .ledger import Received, Step


def as_json(rows: tuple[Received, ...]) -> bytes:
    """`{"count": 2, "requests": [newest, …]}`; a body that is not UTF-8 comes as `body_base64`."""
    told = {"count": len(rows), "requests": [_request(row) for row in reversed(rows)]}
    return json.dumps(told, indent=1).encode("ascii")


def _request(row: Received) -> dict[str, object]:
    return {
        "number": row.number,
        "at": row.at.isoformat(timespec="milliseconds"),
        "client": row.client,
        "method": row.method,
        "path": row.path,
        "store_id": row.store_id,
        "key": row.key,
        "headers": [list(pair) for pair in row.headers],
        **_body(row.body),
        "scenario": row.scenario,
        "preflight": row.is_preflight,
        "accepted": row.accepted,
        "answer": {
            "status": row.status,
            "act": row.answer.act,
            "headers": [list(pair) for pair in row.answer.headers],
            **_body(row.answer.body),
        },
        "decided_by": _step(row.decided_by),
        "steps": [_step(step) for step in row.steps],
    }


def _body(body: bytes) -> dict[str, str]:
    try:
        return {"body": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(body).decode("ascii")}


def _step(step: Step) -> dict[str, object]:
    return {"rule": step.rule, "place": step.place, "passed": step.passed, "words": step.words}
