"""Who did what, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.domain.rights import Action
from events.models.audit import Act, AuditEntry
from events.models.person import Person
from events.views.access import PersonRequest, needs

PAGE_SIZE = 50
# What was typed on the server has no person behind it.
SERVER = "server"


@dataclass(frozen=True, slots=True)
class Page:
    """One screen of entries, and the query strings that lead to its neighbours ("" where there is none)."""

    entries: list[AuditEntry]
    newer: str
    older: str


@needs(Action.SEE_AUDIT)
@require_safe
def audit(request: PersonRequest) -> HttpResponse:
    """Acts by everybody, or by `?by=` one person (or the server) and of `?act=` one kind."""
    asked = request.GET
    context = {
        "page": _page(_filtered(asked), asked),
        "people": Person.objects.all(),
        "acts": Act.choices,
        "by": asked.get("by", ""),
        "act": asked.get("act", ""),
        "server": SERVER,
        "is_filtered": bool(asked.get("by") or asked.get("act")),
    }
    return render(request, "events/audit.html", context)


def _filtered(asked: QueryDict) -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.select_related("by")
    by = asked.get("by", "")
    if by == SERVER:
        entries = entries.filter(by=None)
    elif by:
        entries = entries.filter(by=_number(by))
    return entries.filter(act=asked["act"]) if asked.get("act") else entries


def _page(entries: QuerySet[AuditEntry], asked: QueryDict) -> Page:
    """The entries around `?before=` or `?after=` an ID: the same however many lie before them."""
    before, after = _number(asked.get("before")), _number(asked.get("after"))
    if after:
        rows = list(entries.filter(pk__gt=after).order_by("pk")[: PAGE_SIZE + 1])
        has_newer, has_older = len(rows) > PAGE_SIZE, True
        rows = rows[PAGE_SIZE - 1 :: -1] if has_newer else rows[::-1]
    else:
        older = entries.filter(pk__lt=before) if before else entries
        rows = list(older.order_by("-pk")[: PAGE_SIZE + 1])
        has_newer, has_older = before > 0, len(rows) > PAGE_SIZE
        rows = rows[:PAGE_SIZE]
    return Page(
        entries=rows,
        newer=_beside(asked, "after", rows[0].pk) if rows and has_newer else "",
        older=_beside(asked, "before", rows[-1].pk) if rows and has_older else "",
    )


def _beside(asked: QueryDict, side: str, pk: int) -> str:
    query = asked.copy()
    query.pop("before", None)
    query.pop("after", None)
    query[side] = str(pk)
    return f"?{query.urlencode()}"


def _number(text: str | None) -> int:
    """The row number that a URL names, or 0, which no row has; databases choke on more than 18 digits."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
