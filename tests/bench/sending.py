"""Sends as quickly as one process can, for so many seconds."""

from __future__ import annotations

import time

from tests.bench.purchase import admin, purchase, sent, shop


def answer(seconds: int) -> float:
    """Sends a second."""
    by, store, number = admin(), shop("at_once"), 0
    began = time.perf_counter()
    while (taken := time.perf_counter() - began) < seconds:
        sent(store, by, purchase())
        number += 1
    return number / taken
