"""What is written from the code says what the code says."""

from __future__ import annotations

import re
from pathlib import Path

from events.domain.reference import document

ROOT = Path(__file__).resolve().parents[2]


def test_the_list_of_findings_is_not_stale() -> None:
    assert (ROOT / "docs" / "findings.md").read_text() == document(), "run make docs"


def test_every_code_that_is_spoken_anywhere_is_explained() -> None:
    sources = [path.read_text() for path in (ROOT / "events").rglob("*.py")]
    spoken = {code for source in sources for code in re.findall(r'"([CSMHF][0-9]{3})"', source)}

    assert set(re.findall(r"^### (\w+)$", document(), re.MULTILINE)) == spoken
