"""What is done to an error group: which step, and for a mute, until when."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.domain.triage import Step
from events.models import ErrorGroup

HOUR, TOMORROW, WEEK, DATE = "hour", "tomorrow", "week", "date"
SPANS = [
    (HOUR, _("for an hour")),
    (TOMORROW, _("until tomorrow morning")),
    (WEEK, _("for 7 days")),
    (DATE, _("until a day")),
]
# When people are back at their desks.
MORNING = time(8)
LONGEST = timedelta(days=366)


class GroupForm(forms.Form):
    """One step. Cleaned, `until` is the end of a mute, None for any other step."""

    step = forms.ChoiceField(choices=[(step.value, step.value) for step in Step])
    span = forms.ChoiceField(choices=SPANS, required=False)
    day = forms.DateField(
        label=_("Until the morning of"), required=False, widget=forms.DateInput({"type": "date", "class": "input"})
    )

    def __init__(self, data: QueryDict | None, *, now: datetime) -> None:
        super().__init__(data)
        self._now = timezone.localtime(now)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["until"] = None
        if cleaned.get("step") == Step.MUTE and "day" not in self.errors:
            cleaned["until"] = self._until(cleaned.get("span", ""), cleaned)
        return cleaned

    def _until(self, span: str, cleaned: dict[str, Any]) -> datetime | None:
        if span == HOUR:
            return self._now + timedelta(hours=1)
        if span == WEEK:
            return self._now + timedelta(days=7)
        day = self._now.date() + timedelta(days=1) if span == TOMORROW else cleaned.get("day")
        if day is None:
            self.add_error("day", _("Choose the day until which it is to stay quiet."))
            return None
        if not timedelta() < day - self._now.date() <= LONGEST:
            self.add_error("day", _("Choose a day from tomorrow on, within a year."))
            return None
        return timezone.make_aware(datetime.combine(day, MORNING))


class KindForm(forms.Form):
    """One step for several groups at once. A mute asks for how long, which each group's own page does."""

    step = forms.ChoiceField(choices=[(step.value, step.value) for step in Step if step is not Step.MUTE])
    group = forms.ModelMultipleChoiceField(ErrorGroup.objects.select_related("store"))
