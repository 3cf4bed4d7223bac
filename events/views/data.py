"""What is kept and for how long: the state of the log, the days that deliveries are kept, and how it is pruned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from events.domain.rights import Action
from events.forms.retention import RetentionForm
from events.models import AuditEntry, Chore, Delivery, Store, engine, erasure
from events.models.audit import Act, record
from events.models.pruning import CHORE, removable
from events.models.retention import Limits
from events.views.access import PersonRequest, needs

# Beyond it nobody has to know how many exactly, and counting them would keep everybody waiting.
COUNTED = 10_000
# The older ones stand in the audit.
ERASURES_SHOWN = 10


@needs(Action.MANAGE_DATA)
@require_safe
def data(request: PersonRequest) -> HttpResponse:
    """What the log holds, what the next pruning removes, and the form for both."""
    return _render(request, RetentionForm(stores=_stores()))


@needs(Action.MANAGE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def data_retention(request: PersonRequest) -> HttpResponse:
    """Change the days; where that would remove something, ask once more."""
    if request.method != "POST":
        return redirect("data")
    now, form = timezone.now(), RetentionForm(request.POST, stores=_stores())
    if not form.is_valid():
        return _render(request, form)
    if not form.has_changed():
        messages.info(request, _("The days are as they were."))
        return redirect("data")
    going = removable(form.limits, now)
    if "confirmed" not in request.POST and (count := _counted(going)):
        return render(request, "events/data_retention.html", {"form": form, "count": count, "oldest": going[0]})
    with transaction.atomic():
        for store in form.keep(by=request.user, now=now):
            target = store or _("every store")
            record(Act.RETENTION_CHANGED, by=request.user, target=target, url=reverse("data"), fields=["days"])
    messages.success(request, _("How long deliveries are kept was changed."))
    return redirect("data")


def _render(request: PersonRequest, form: RetentionForm) -> HttpResponse:
    context = {"form": form, **_state(timezone.now())}
    return render(request, "events/data.html", context, status=422 if form.errors else 200)


def _state(now: datetime) -> dict[str, Any]:
    limits, chore = Limits.kept(), Chore.objects.filter(name=CHORE).first()
    return {
        "count": _counted(Delivery.objects.order_by()),
        "oldest": Delivery.objects.order_by("created_at", "id").only("created_at").first(),
        "size": engine.size(),
        "limits": limits,
        "next_count": _counted(removable(limits, now)) if limits else "",
        "chore": chore,
        "erasures": AuditEntry.objects.filter(act=Act.BUYER_ERASED).select_related("by")[:ERASURES_SHOWN],
        "rewritten_at": erasure.done_until(),
        "last": AuditEntry.objects.filter(act=Act.PRUNED).first(),
    }


def _stores() -> list[Store]:
    """Every store, archived ones too: each as `oldest` with the time of its first delivery."""
    first = Delivery.objects.filter(store=OuterRef("pk")).order_by("id").values("created_at")[:1]
    return list(Store.objects.annotate(oldest=Subquery(first)))


def _counted(rows: QuerySet[Delivery]) -> str:
    """ "12 deliveries", "10,000+ deliveries" where it is more, "" for none."""
    count = rows[: COUNTED + 1].count()
    shown = number_format(min(count, COUNTED), use_l10n=True, force_grouping=True) + "+" * (count > COUNTED)
    return ngettext("%(number)s delivery", "%(number)s deliveries", count) % {"number": shown} if count else ""
