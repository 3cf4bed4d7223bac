"""Runs: deliveries that belong together."""

from __future__ import annotations

from django.conf import settings
from django.db import models

LONGEST_NAME = 80


class Run(models.Model):
    """Deliveries that were sent as one undertaking. `name` is what its sender called it, "" for nothing."""

    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="runs")
    started_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name or f"run {self.pk}"
