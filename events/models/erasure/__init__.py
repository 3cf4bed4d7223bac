"""Erasing a buyer: every place that tells of her, in rows first and in the database's own files after.

Purpose: finding all of it by a Buyer, blotting it out, and keeping no trace of having known her.

May import: the models beside it, the search, `events.domain`.
Must not import: anything of HTTP or HTML.
"""

from events.models.erasure.deliveries import Erasure, Preview, preview
from events.models.erasure.rewriting import CHORE, done_until, pending_since, rewrite

__all__ = ["CHORE", "Erasure", "Preview", "done_until", "pending_since", "preview", "rewrite"]
