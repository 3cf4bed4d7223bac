"""People who use the console, and the links by which an admin lets them in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.domain.rights import Action, Role, may
from events.models.log_column import LogColumn, log_columns

DEFAULT_ZONE = "Asia/Jakarta"
INVITATION_LASTS = timedelta(days=7)


class RoleChoices(models.TextChoices):
    MARKETER = Role.MARKETER.value, _("Marketer")
    SUPPORT = Role.SUPPORT.value, _("Support")
    ADMIN = Role.ADMIN.value, _("Admin")


class LastAdmin(Exception):
    """What was asked for would leave nobody who can let others in."""


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A person who can sign in; without a password the account waits for an invitation link."""
        person = self.model(email=normal_email(email), **fields)
        person.set_password(password)
        with transaction.atomic(using=self._db):
            person.save(using=self._db)
            # An admin vouched for the address, and allauth's second factors want a verified one.
            person.emailaddress_set.create(email=person.email, verified=True, primary=True)  # type: ignore[attr-defined]
        return person

    def active_admins(self) -> models.QuerySet[Person]:
        return self.filter(role=Role.ADMIN, is_active=True)

    @contextmanager
    def keeping_an_admin(self) -> Iterator[None]:
        """A transaction that leaves an active admin behind, or that never happened. Raises `LastAdmin`."""
        with transaction.atomic():
            # Two admins who deactivate each other at once must wait here; in one order, lest they wait for ever.
            list(self.active_admins().order_by("pk").select_for_update())
            yield
            if not self.active_admins().exists():
                raise LastAdmin

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=normal_email(username or ""))


class Person(AbstractBaseUser):
    """Somebody who signs in by e-mail. `zone` is the time zone in which times are shown to them."""

    email = models.EmailField(_("e-mail"), unique=True, max_length=254)
    name = models.CharField(_("name"), max_length=100)
    role = models.CharField(_("role"), max_length=10, choices=RoleChoices, default=RoleChoices.MARKETER)
    zone = models.CharField(_("time zone"), max_length=64, default=DEFAULT_ZONE)
    # Names of the log's columns in the order in which this person wants them; none for the first ten.
    log_columns = models.JSONField(default=list, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ("name", "email")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def columns(self) -> tuple[LogColumn, ...]:
        return log_columns(self.log_columns)

    @property
    def initials(self) -> str:
        words = (self.name or self.email).split()
        return "".join(word[0] for word in words[:2]).upper()

    def may(self, action: Action, *, own: bool = False) -> bool:
        return self.is_active and may(self.role, action, own=own)

    def end_sessions(self) -> None:
        """Sign this person out everywhere. A deactivated account opens no page anyway: a reactivated one shall not."""
        sessions = Session.objects.filter(expire_date__gt=timezone.now())
        theirs = [
            session.pk for session in sessions.iterator() if session.get_decoded().get(SESSION_KEY) == str(self.pk)
        ]
        Session.objects.filter(pk__in=theirs).delete()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> InvitationQuerySet:
        """Links that still work: not used, not too old, and not for somebody who was deactivated."""
        return self.filter(used_at=None, expires_at__gt=now).exclude(person__is_active=False)


class Invitation(models.Model):
    """A link that lets one person set a password once: a new colleague, or one who forgot hers.

    Only a hash of the link's secret is kept: whoever reads the database cannot walk in.
    """

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=10, choices=RoleChoices)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="links")
    secret_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="invitations")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.email

    @classmethod
    def issue(
        cls,
        *,
        email: str,
        role: str,
        now: datetime,
        by: Person | None,
        name: str = "",
        person: Person | None = None,
    ) -> tuple[Invitation, str]:
        """A new invitation and the secret for its link, which is shown now and never again."""
        secret = secrets.token_urlsafe(32)
        invitation = cls.objects.create(
            email=normal_email(email),
            name=name,
            role=role,
            person=person,
            secret_hash=_hashed(secret),
            created_by=by,
            expires_at=now + INVITATION_LASTS,
        )
        return invitation, secret

    @classmethod
    def open_for(cls, secret: str, now: datetime) -> Invitation | None:
        """The invitation that this secret opens, or None when it is unknown, used or too old."""
        return cls.objects.open(now).filter(secret_hash=_hashed(secret)).select_related("person").first()

    def claim(self, now: datetime) -> bool:
        """Use the invitation up. False when somebody else was quicker: a link works once."""
        # No join here: on PostgreSQL a joined condition is not judged again after waiting for the other's update.
        unused = Invitation.objects.filter(pk=self.pk, used_at=None, expires_at__gt=now)
        return bool(unused.update(used_at=now))


def normal_email(email: str) -> str:
    """An address as it is compared here: blanks trimmed and lower-cased throughout."""
    return email.strip().lower()


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
