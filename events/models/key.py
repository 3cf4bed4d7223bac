"""Storefront keys of a store: written once, encrypted at rest, never shown again."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from events.models import encryption
from events.models.store import Store


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
    last_used_at = models.DateTimeField(null=True)
    last_outcome = models.CharField(max_length=16, blank=True)

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
        self.last4 = value[-4:]
        self.fingerprint = encryption.fingerprint(value)

    def reveal(self) -> str:
        """The key in clear, for one request. Raises `encryption.Unreadable` and its kinds."""
        return encryption.unseal(bytes(self.envelope), context=self.context).decode()

    def activate(self) -> None:
        """Make this the key that the store sends with, in one step for everybody who looks."""
        with transaction.atomic():
            others = StorefrontKey.objects.select_for_update().filter(store=self.store)
            others.exclude(pk=self.pk).filter(is_active=True).update(is_active=False)
            self.is_active = True
            self.save(update_fields=["is_active"])
