"""Which failures are one: their words without what changes from one event to the next.

The form is kept for years and shown to everybody, so it holds no value at all, the buyer's least of any. A change
that gives other forms needs another `VERSION`: an old group then stays as it is, and new failures begin new ones.
"""

from __future__ import annotations

import hashlib
import re

from events.domain import contract, matching, meta
from events.domain.credentials import DOTS

VERSION = 1
# Stands for whatever was taken out. One sign for all: the same place may hold a number today and a name tomorrow.
GAP = "…"
# Of words that were cut at a fixed length the end differs with the length of the IDs in them.
READ, KEPT = 200, 120

_KEPT_WORDS = frozenset(
    (*contract.KNOWN_KEYS, *meta.EVENT_NAMES, *meta.PARAMETER_KINDS, "item_price", "id", "store_id")
)
_STEPS = re.compile(r"[.\[\]/0-9…]+")
# What tells one fault from another, for all its digits: names of standards, and codes ("error 1045", "(#100)", a
# clause that is nothing but a number).
_KEPT = (
    r"\b(?:HTTP/[\d.]+|UTF-?(?:8|16)|SHA-?(?:1|256)|MD5|base64|E\.164|IPv[46]|TLSv[\d.]+|ISO[ -]\d{4,5})\b",
    r"\b(?:code|error|status|HTTP)[ :=]{1,2}\d{1,5}\b(?![.:]?\d)",
    r"\(#\d{1,5}\)",
    r"(?<=“)\d{1,5}(?=”)",
)
_CHANGING = (
    r"https?://[^\s\"'<>”…]+",
    matching.EMAIL_LIKE.pattern,
    # As buyers and keys are masked: w•••@contoh.id, +62 812 ••• 543, 0812•••543, sfpk_•••
    rf"(?:\+\d{{1,3}} \d{{1,4}} )?[\w.+-]*{DOTS}(?: \d{{3}}\b|@?[\w.-]*)",
    matching.PHONE_LIKE.pattern,
    # Addresses of hosts with colons: [2001:db8::1]:443, ::1
    r"\[?(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])(?:%\w+)?\]?(?::\d+)?",
    # Numbers, times, amounts, and words with a digit: 203.0.113.7:443, 189000.00, ord-88212-Purchase, 4f5c-99ab
    r"[+#-]?[\w-]*\d[\w-]*(?:[.,:/][\w-]*\d[\w-]*)*%?",
    r"\b(?:[a-z]+_)*[0-9a-f]{8,}\b",
    # variant_kRtYuP: large and small letters behind the prefix, as no key of the contract has them
    r"(?-i:\b[a-z]+(?:_[a-z]+)*_(?=\w*[A-Z])(?=\w*[a-z])[A-Za-z]{4,}\b)",
)
_HOST = r"https?://[\w.-]*[^\W\d][\w.-]*"
_LOOKED_FOR = re.compile(
    rf"(?P<kept>{'|'.join(_KEPT)})|(?P<host>{_HOST})(?![\w.-]|[^\s/]*@)[^\s\"'<>”]*"
    r"|(?P<quoted>\"[^\"]*\"|(?<![\w…])'[^']*'(?![\w…]))"
    rf"|{'|'.join(_CHANGING)}",
    re.IGNORECASE,
)
_ROW_OF_GAPS = re.compile(rf"{GAP}(?:[\s,]*{GAP})+")


def normal_form(error: str) -> str:
    """The words of an error (see `Delivery.error`) with `GAP` where they name a number, an ID, an address or a value.

    At most `KEPT` characters; "" of an error without words. The form of a form is the form itself.
    """
    clauses = dict.fromkeys(_bare(clause) for clause in error[:READ].split("; "))
    return _bare(_cut("; ".join(clauses)))


def digest(outcome: str, status: int | None, form: str) -> str:
    """What tells groups of one store apart, as 32 hexadecimal digits; `form` is a `normal_form`."""
    told = "\n".join((str(VERSION), outcome, str(status or ""), form))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _bare(words: str) -> str:
    """Ends, for each pass that changes anything leaves fewer signs other than `GAP`."""
    while (bared := _once(words)) != words:
        words = bared
    return words


def _once(words: str) -> str:
    return _ROW_OF_GAPS.sub(GAP, _LOOKED_FOR.sub(_instead, " ".join(words.split())))


def _instead(found: re.Match[str]) -> str:
    whole = found.group()
    if found["kept"]:
        return whole
    if found["host"]:
        return f"{found['host']}/{GAP}" if whole != found["host"] else whole
    return f"{whole[0]}{_quoted(whole[1:-1])}{whole[-1]}" if found["quoted"] else GAP


def _quoted(inner: str) -> str:
    """The name of a key or a path to one stays: what is wrong with "quantity" is not wrong with "value"."""
    steps = [step for step in _STEPS.split(inner) if step]
    return re.sub(r"\d+", GAP, inner) if steps and all(step in _KEPT_WORDS for step in steps) else GAP


def _cut(form: str) -> str:
    if len(form) <= KEPT:
        return form
    return form[: max(form.rfind(" ", 0, KEPT), 0) or KEPT].rstrip(" ;,")
