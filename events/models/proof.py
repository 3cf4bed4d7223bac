"""Proofs of which pixels of a store get an event: two PageViews, and where Meta's Test Events showed each of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db import models, transaction

from events.domain.destination import Rule, Seen, path_of, rule_shown
from events.models.person import Person
from events.models.store import LONGEST_PATH, Store

LONGEST_URL = 500


class Proof(models.Model):
    """One try to prove it: an event from `home_url` that names `checkout_url` as its referrer, and the reverse.

    Their deliveries are found by their form tokens, `token` and `second_token`: a proof outlives both. `answered_at` is
    None until somebody said where they were seen; `rule` stays "" where no rule explains that.
    """

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="proofs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    home_url = models.CharField(max_length=LONGEST_URL)
    checkout_url = models.CharField(max_length=LONGEST_URL)
    token = models.UUIDField(unique=True)
    seen_home = models.CharField(max_length=8, blank=True)
    seen_checkout = models.CharField(max_length=8, blank=True)
    rule = models.CharField(max_length=8, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.store_id}: {self.rule}"

    @property
    def second_token(self) -> UUID:
        return uuid5(self.token, "second")

    @property
    def explains(self) -> Rule | None:
        """The rule that it shows, if any."""
        return Rule(self.rule) if self.rule else None

    def answer(self, home_page: Seen, checkout_page: Seen, *, by: Person, now: datetime) -> Rule | None:
        """Keep where both were seen, for good, and what that shows of the store."""
        rule = rule_shown(home_page, checkout_page)
        with transaction.atomic():
            self.seen_home, self.seen_checkout, self.rule = home_page, checkout_page, rule or ""
            self.answered_at, self.answered_by = now, by
            self.save(update_fields=("seen_home", "seen_checkout", "rule", "answered_at", "answered_by"))
            if rule is not None:
                self.store.pixel_rule, self.store.checkout_path = rule, path_of(self.checkout_url)[:LONGEST_PATH]
                self.store.save(update_fields=("pixel_rule", "checkout_path"))
        return rule
