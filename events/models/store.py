"""A Scalev store: where its events go, and what a composition for it starts from."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.domain.destination import Proven, Rule
from events.models.channel import Channel

PRODUCTION = "production"
LONGEST_PATH = 200


def usual_channel(environment: str) -> Channel:
    """Where nobody chose: production is tested as its buyers would, everything else from here."""
    return Channel.BROWSER if environment == PRODUCTION else Channel.SERVER


class StoreQuerySet(models.QuerySet["Store"]):
    def current(self) -> StoreQuerySet:
        return self.filter(archived_at=None)

    def named(self, words: str) -> Store | None:
        """The store with this ID or, letter case aside, this name; current ones before archived ones.

        Raises `Store.MultipleObjectsReturned` where it could be several: a guess might reach production.
        """
        found = self.filter(models.Q(store_id=words) | models.Q(name__iexact=words))
        current = found.current()[:2] or found[:2]
        if len(current) > 1:
            raise Store.MultipleObjectsReturned(words)
        return current[0] if current else None


class Store(models.Model):
    """One store in one environment. The environment's origin comes from settings, never from a form."""

    name = models.CharField(_("name"), max_length=100)
    store_id = models.CharField(_("store ID"), max_length=128)
    environment = models.CharField(_("environment"), max_length=40, default=PRODUCTION)
    hosts = models.JSONField(_("the shop's hosts"), default=list, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="IDR")
    country = models.CharField(_("country"), max_length=2, default="id")
    browser_sends = models.BooleanField(_("send from a browser"), default=True)
    default_channel = models.CharField(_("channel offered first"), max_length=8, choices=Channel, blank=True)
    # What a proof showed of how Scalev chooses this store's pixels, and the path of its checkout; "" until then.
    pixel_rule = models.CharField(max_length=8, blank=True, default="")
    checkout_path = models.CharField(max_length=LONGEST_PATH, blank=True, default="")
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = StoreQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint("environment", "store_id", name="store_once_per_environment"),
            models.UniqueConstraint("name", name="store_name_once", condition=models.Q(archived_at=None)),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.default_channel = self.default_channel or usual_channel(self.environment)
        super().save(*args, **kwargs)

    @property
    def is_production(self) -> bool:
        return self.environment == PRODUCTION

    @property
    def origin(self) -> str | None:
        """Scheme and host of the store's environment, or None when settings no longer name it."""
        environments: dict[str, str] = settings.SCALEV_ENVIRONMENTS
        return environments.get(self.environment)

    @property
    def proven(self) -> Proven | None:
        """By which addresses Scalev is proven to choose the store's pixels."""
        return Proven(Rule(self.pixel_rule), self.checkout_path) if self.pixel_rule else None

    @property
    def short_id(self) -> str:
        return self.store_id if len(self.store_id) <= 22 else f"{self.store_id[:10]}…{self.store_id[-10:]}"

    @property
    def first_channel(self) -> Channel:
        """The channel that a composition for this store begins with."""
        chosen = self.default_channel or usual_channel(self.environment)
        return Channel(chosen) if self.browser_sends else Channel.SERVER
