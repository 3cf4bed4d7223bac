"""Searches of the log that were given a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from events.models.person import Person
from events.models.prepared import Place

# A menu of more is no shorter than typing the search.
MOST_SAVED = 50
NAME_LENGTH = 80
QUERY_LENGTH = 3000


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def seen_by(self, person: Person | Place) -> SavedSearchQuerySet:
        """One's own, and what others share."""
        return self.filter(models.Q(by=person) | models.Q(is_shared=True)).select_related("by")


class SavedSearch(models.Model):
    """A search by its name. `query` is the log's query string with every buyer's value hidden, "" for the whole log."""

    name = models.CharField(max_length=NAME_LENGTH)
    query = models.CharField(max_length=QUERY_LENGTH, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint("by", "name", name="one_search_of_a_name"),)

    def __str__(self) -> str:
        return self.name

    def is_of(self, person: Person) -> bool:
        return self.by_id == person.pk
