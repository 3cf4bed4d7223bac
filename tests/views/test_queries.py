"""What a page asks of the database does not grow with what stands on it, and is little for every page and role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.domain.catalogue import VARIANTS, Item
from events.domain.rights import Role
from events.models import Delivery, ErrorGroup
from events.models.catalogue import read_in
from tests.factories import make_person, make_store
from tests.recordings import STORE_ID, har, visit
from tests.views.filled import NEWEST, NOTE, PRESET, PRODUCT, SAVED, TAG, TWIN, Filled, fill

pytestmark = pytest.mark.django_db

# Session and person are two of them.
MOST = 12
# What two pages in one are over it: the list is seven queries, and these deliveries say more than others.
MORE = {
    # Did it pass, and what was in the request: the one looks behind this delivery, the other before the first like it.
    "log with server_error beside": 13,
    # Keys of the store, what they did, which ID they did it with, and other stores that have the key.
    "log with not_found beside": 15,
    # Later ones have pushed it off the newest page: the page that it heads is asked for, and what comes before it.
    "log with timed_out beside": 14,
}
PANE = {"HX-Request": "true", "HX-Target": "log-pane"}
# By outcome what stands on such a delivery's page alone, and costs it queries.
ONLY_THERE = {
    "rejected": "What changed since Scalev took one like it",
    "server_error": "so it seems to be over",
    "rate_limited": "so it seems to be over",
    "not_found": "The storefront key is wrong",
}


class Page(NamedTuple):
    """`shows` are words without which it would be one that has nothing to ask for."""

    name: str
    address: str
    shows: tuple[str, ...]
    headers: dict[str, str] = {}


@pytest.mark.parametrize("role", Role)
def test_every_page_with_something_on_it_asks_the_database_little(client: Client, role: Role) -> None:
    person = make_person(role, name="Maya Lestari")
    filled = fill(person)
    client.force_login(person)
    # Writes when the session was seen, and has the commonness of words counted, which lasts a while.
    client.get(f"{reverse('log')}?q=purchase")
    counts, over = dict[str, int](), dict[str, list[str]]()
    for page in _pages(filled, role):
        with CaptureQueriesContext(connection) as made:
            shown = client.get(page.address, headers=page.headers)
        assert shown.status_code == 200, page
        assert [words for words in page.shows if words not in shown.content.decode()] == [], page
        counts[page.name] = max(len(made), counts.get(page.name, 0))
        if len(made) > MORE.get(page.name, MOST):
            over[page.name] = [query["sql"] for query in made]
    assert over == {}
    assert {name: counts[name] for name in MORE} == MORE


def test_a_recorded_visit_is_judged_with_little_asked_of_the_database(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(make_person())
    store = make_store(store_id=STORE_ID)
    read_in(store, [Item("KMJ-BTK-L", VARIANTS, PRODUCT)], by=make_person(), now=timezone.now(), keeps_others=False)
    client.get(reverse("log"))

    with django_assert_max_num_queries(MOST):
        page = client.post(reverse("recording"), {"file": SimpleUploadedFile("kunjungan.har", har(*visit()))})

    assert "4 of 5 events need a look" in page.content.decode()


def _pages(filled: Filled, role: Role) -> Iterator[Page]:
    for deliveries in (filled.own, filled.others):
        yield from _of_deliveries(deliveries)
    yield from _around_deliveries(filled)
    yield from _of_the_log(filled)
    yield from _of_groups(filled.groups)
    yield from _of_stores(filled)
    yield from _of_a_composition(filled)
    if role is Role.ADMIN:
        yield from _of_admins(filled)


def _of_deliveries(deliveries: dict[str, Delivery]) -> Iterator[Page]:
    for outcome, delivery in deliveries.items():
        said = (NOTE, TAG, "Each time this event was sent", ONLY_THERE.get(outcome, ""))
        own, beside = reverse("delivery", args=[delivery.pk]), f"{reverse('log')}?open={delivery.pk}"
        yield Page(outcome, own, said)
        yield Page(f"{outcome} in the pane", beside, said, PANE)
        if outcome in (*NEWEST, "timed_out"):
            yield Page(f"log with {outcome} beside", beside, ("data-row", *said))


def _around_deliveries(filled: Filled) -> Iterator[Page]:
    for outcome, delivery in filled.own.items():
        pk, other = delivery.pk, filled.others["accepted"].pk
        yield Page(f"pair of {outcome}", reverse("delivery_pair", args=[pk]), ("Purchase",))
        yield Page(f"resend of {outcome}", reverse("delivery_resend", args=[pk]), (filled.store.name,))
        yield Page(f"{outcome} compared", reverse("delivery_beside", args=[pk, other]), ("variant_k3R9",))


def _of_the_log(filled: Filled) -> Iterator[Page]:
    log, rejected, rows = reverse("log"), filled.own["rejected"], ("data-row", TAG, SAVED)
    yield Page("log", log, rows)
    yield Page("older log", f"{log}?cursor=older.{rejected.pk}", rows)
    yield Page("newer log", f"{log}?cursor=newer.{filled.own['timed_out'].pk}", rows)
    yield Page("log at a row", f"{log}?row={filled.own['timed_out'].pk}", rows)
    yield Page("run", f"{log}?q=run:{filled.run.pk}", rows)
    for name, query in (("word", "purchase"), ("store", f"store:%23{filled.store.pk}"), ("tag", f"tag:{TAG}-1")):
        yield Page(f"log searched by {name}", f"{log}?q={query}", rows)
    yield Page("overview", reverse("log_overview"), ("deliveries",))
    yield Page("saved searches", reverse("log_saved"), (SAVED,))


def _of_groups(groups: list[ErrorGroup]) -> Iterator[Page]:
    yield Page("error groups", reverse("error_groups"), ("tok habis",))
    for group in groups:
        yield Page(f"{group.outcome} group", reverse("error_group", args=[group.pk]), ("tok habis", "Maya Lestari"))


def _of_stores(filled: Filled) -> Iterator[Page]:
    pk = filled.store.pk
    yield Page("products", reverse("store_products", args=[pk]), (PRODUCT,))
    yield Page("presets", reverse("store_presets", args=[pk]), (PRESET,))
    yield Page("destination", reverse("destination", args=[pk]), ("Dimas Surya",))


def _of_a_composition(filled: Filled) -> Iterator[Page]:
    composition = reverse("composition", args=[filled.draft.token])
    yield Page("composition", composition, (PRODUCT, PRESET))
    yield Page("preset of a composition", f"{composition}preset/", ("Purchase",))
    yield Page("pair of a composition", f"{composition}pair/", ("Purchase",))
    yield Page("copy of a composition", f"{composition}copy/", ("Purchase",))
    for name, says in (("compose_paste", "fbq"), ("findings", "M0"), ("recording", "HAR"), ("profile", "Maya Lestari")):
        yield Page(name, reverse(name), (says,))


def _of_admins(filled: Filled) -> Iterator[Page]:
    yield Page("stores", reverse("stores"), (TWIN,))
    yield Page("store", reverse("store", args=[filled.store.pk]), (TWIN,))
    yield Page("store's form", reverse("store_edit", args=[filled.store.pk]), (filled.store.name,))
    yield Page("people", reverse("people"), ("Dimas Surya", "sari.1@contoh.id"))
    yield Page("person", reverse("person", args=[filled.run.by_id]), ("Dimas Surya",))
    yield Page("data", reverse("data"), ("Dimas Surya", filled.store.name))
    yield Page("audit", reverse("audit"), ("Dimas Surya",))
