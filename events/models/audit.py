"""The record of who did what: append-only, fields named but never their values."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.person import Person


class Act(models.TextChoices):
    STORE_ADDED = "store_added", _("added a store")
    STORE_CHANGED = "store_changed", _("changed a store")
    STORE_ARCHIVED = "store_archived", _("archived a store")
    STORE_RESTORED = "store_restored", _("brought a store back")
    CATALOGUE_READ = "catalogue_read", _("read a store's products in")
    CATALOGUE_REMOVED = "catalogue_removed", _("removed a store's products")
    PIXELS_PROVEN = "pixels_proven", _("proved which pixels of a store get an event")
    PRESET_SAVED = "preset_saved", _("saved a preset")
    PRESET_CHANGED = "preset_changed", _("renamed a preset")
    PRESET_REMOVED = "preset_removed", _("removed a preset")
    KEY_ADDED = "key_added", _("added a storefront key")
    KEY_ACTIVATED = "key_activated", _("made a storefront key the active one")
    KEY_REMOVED = "key_removed", _("removed a storefront key")
    KEY_HANDED_OVER = "key_handed_over", _("was handed a storefront key to send with")
    MASTER_KEY_ROTATED = "master_key_rotated", _("rotated the master key")
    PERSON_INVITED = "person_invited", _("invited somebody")
    PERSON_JOINED = "person_joined", _("accepted an invitation")
    PERSON_ADDED = "person_added", _("added a person")
    PERSON_CHANGED = "person_changed", _("changed a person")
    PERSON_DEACTIVATED = "person_deactivated", _("deactivated a person")
    PERSON_REACTIVATED = "person_reactivated", _("reactivated a person")
    PASSWORD_LINK_MADE = "password_link_made", _("made a link for a new password")
    PASSWORD_CHANGED = "password_changed", _("set a new password")
    INVITATION_WITHDRAWN = "invitation_withdrawn", _("withdrew an invitation")
    BUYER_SHOWN = "buyer_shown", _("looked at a buyer's values in clear")
    EXPORTED = "exported", _("exported deliveries, buyers masked")
    EXPORTED_CLEAR = "exported_clear", _("exported deliveries with buyers' values in clear")
    RETENTION_CHANGED = "retention_changed", _("changed how long deliveries are kept")
    PRUNED = "pruned", _("removed deliveries that were kept long enough")
    BUYER_ERASED = "buyer_erased", _("erased a buyer")
    SIGNED_IN = "signed_in", _("signed in")


class AuditEntry(models.Model):
    """One act. `target` names what it was done to, `fields` which fields changed, never what they held."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    act = models.CharField(max_length=30, choices=Act)
    target = models.CharField(max_length=200, blank=True)
    target_url = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.act} {self.target}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("An audit entry is written once and never changed.")
        super().save(*args, **kwargs)


def record(
    act: Act,
    *,
    by: Person | None,
    target: object = "",
    url: str = "",
    fields: list[str] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Write one act down. `by` is None for a command typed on the server."""
    return AuditEntry.objects.create(
        act=act, by=by, target=str(target)[:200], target_url=url, fields=fields or [], reason=reason[:300]
    )
