"""Searches of the log that were given a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedSearch(models.Model):
    """A search by its name. `query` is the log's query string with every buyer's value hidden, "" for the whole log."""

    name = models.CharField(max_length=80)
    query = models.CharField(max_length=3000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint("by", "name", name="one_search_of_a_name"),)

    def __str__(self) -> str:
        return self.name
