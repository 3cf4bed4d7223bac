"""Storefront keys of a store: written once, encrypted at rest, never shown again."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from events.models import encryption, statements
from events.models.person import Person
from events.models.statements import Condition
from events.models.store import Store

# Of a shorter key the last four characters would be most of what it hides.
SHOWS_ITS_END_FROM = 16


class KeptAlready(Exception):
    """The store has this storefront key among its own."""


class StorefrontKey(models.Model):
    """One publishable key. A store may keep several and sends with the active one.

    `fingerprint` is a keyed hash: equal keys can be spotted without reading them.
    """

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="storefront_keys")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    label = models.CharField(_("label"), max_length=60, blank=True)
    envelope = models.BinaryField()
    last4 = models.CharField(max_length=4)
    fingerprint = models.CharField(max_length=16, db_index=True)
    is_active = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-is_active", "-id")
        constraints = (
            models.UniqueConstraint("store", name="one_active_key_per_store", condition=models.Q(is_active=True)),
            models.UniqueConstraint("store", "fingerprint", name="key_once_per_store"),
        )

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        return f"sfpk_…{self.last4}"

    @property
    def context(self) -> str:
        return f"storefront_key.envelope:{self.uuid}:{self.store_id}"

    def keep(self, value: str) -> None:
        """Take the key's text in, encrypted. The row is not saved yet."""
        self.envelope = encryption.seal(value.encode(), context=self.context)
        self.last4 = value[-4:] if len(value) >= SHOWS_ITS_END_FROM else ""
        self.fingerprint = encryption.fingerprint(value)

    def reveal(self) -> str:
        """The key in clear, for one request. Raises `encryption.Unreadable` and its kinds."""
        return encryption.unseal(bytes(self.envelope), context=self.context).decode()

    def activate(self) -> None:
        """Make this the key that the store sends with, in one step for everybody who looks."""
        with transaction.atomic():
            _lock(self.store)
            StorefrontKey.objects.filter(store=self.store, is_active=True).exclude(pk=self.pk).update(is_active=False)
            self.is_active = True
            self.save(update_fields=["is_active"])

    @classmethod
    def active_of(cls, store: Store) -> StorefrontKey | None:
        """The key that the store sends with."""
        return statements.first(cls, Condition("store_id = %s AND is_active", (store.pk,)))

    @classmethod
    def add(cls, store: Store, value: str, *, label: str = "", by: Person | None = None) -> StorefrontKey:
        """Keep one more key, active where the store has no active one.

        Raises `KeptAlready`, and `encryption.Unreadable` where the fingerprints' secret does not open.
        """
        with transaction.atomic():
            _lock(store)
            key = cls(store=store, label=label, created_by=by)
            key.keep(value)
            if store.storefront_keys.filter(fingerprint=key.fingerprint).exists():
                raise KeptAlready
            key.is_active = not store.storefront_keys.filter(is_active=True).exists()
            key.save()
        return key


def _lock(store: Store) -> None:
    """Let one change of a store's keys wait for the other: the keys' own rows cannot say who comes first."""
    Store.objects.select_for_update().get(pk=store.pk)
