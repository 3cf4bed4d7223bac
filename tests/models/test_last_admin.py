"""The last admin stays, also when two of them deactivate each other at the same moment."""

from __future__ import annotations

import subprocess
import sys

import pytest

from events.domain.rights import Role
from events.models import Person
from events.models.person import LastAdmin
from tests.factories import make_person
from tests.installation import ROOT, Installation

# One of two processes: it has deactivated an admin, and commits a while later.
DEACTIVATE = """
import time
from events.models import Person
from events.models.person import LastAdmin
try:
    with Person.objects.keeping_an_admin():
        Person.objects.filter(email="{email}").update(is_active=False)
        print("deactivated", flush=True)
        time.sleep({pause})
except LastAdmin:
    print("refused")
"""
SECOND_ADMIN = """
from events.models import Person
Person.objects.create_user("second@console.test", "kuda-laut-terbang", name="Bayu Saputra", role="admin")
"""


def test_two_who_deactivate_each_other_at_once_leave_one(prepared: Installation) -> None:
    assert prepared.manage("shell", "--verbosity", "0", "-c", SECOND_ADMIN).returncode == 0

    code = DEACTIVATE.format(email="admin@console.test", pause=2)
    slow = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", code],
        cwd=ROOT,
        env=prepared.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert slow.stdout
    assert slow.stdout.readline() == "deactivated\n"
    quick = prepared.manage("shell", "--verbosity", "0", "-c", DEACTIVATE.format(email="second@console.test", pause=0))
    rest, _ = slow.communicate(timeout=30)

    assert rest == ""
    assert quick.stdout.splitlines()[-1] == "refused"


@pytest.mark.django_db
def test_nothing_happens_when_no_admin_would_be_left() -> None:
    admin = make_person()

    with pytest.raises(LastAdmin), Person.objects.keeping_an_admin():
        Person.objects.filter(pk=admin.pk).update(role=Role.MARKETER, name="Nobody")

    admin.refresh_from_db()
    assert (admin.role, admin.name) == (Role.ADMIN, "Rani Anggraini")
