"""The recording audit: what a visit to the shop, saved by the browser as HAR, told Meta over both its ways.

Purpose: find the pixel's hits and the calls to Scalev's relay in a file of any size, put the two halves of each event
together, and say in a sentence what is missing, late, doubled or different. `entries` reads, `audit` judges.

May import: the rest of `events.domain`. Must not import: Django, a clock, whatever keeps a file: nothing of a
recording is kept.
"""

from __future__ import annotations

from events.domain.recording.auditing import Audit, Pair, Unjudged, audit
from events.domain.recording.har import Unreadable, entries, too_large
from events.domain.recording.words import Verdict

__all__ = ["Audit", "Pair", "Unjudged", "Unreadable", "Verdict", "audit", "entries", "too_large"]
