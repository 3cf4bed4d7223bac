"""An admin's way with stores and storefront keys."""

from __future__ import annotations

from uuid import uuid4

from tests.journeys.composing import compose_for, delivery_number
from tests.journeys.console import Console
from tests.journeys.reading import Page
from tests.journeys.visitor import Visitor

SECRET = "sk_live_9dKp2WmTokoSepatuCibaduyut41"
SHOP = "Sepatu Cibaduyut"


def test_a_store_gets_a_key_that_is_tested_and_then_sends(console: Console, admin: Visitor) -> None:
    page = new_store(admin)
    page = admin.press(page, "Add the key", {"Storefront key": f" {new_key()}\n", "Label": "Website"})
    assert "was added. Test it now." in page.text

    tested = admin.press(page, "Test")

    assert "Scalev accepts this storefront key for this store ID" in tested.text
    (request,) = console.received(tested.by_id("event-id-1").text)
    assert request["body"].count("PageView") == 1
    assert compose_for(console.visitor("marketer"), store_name(page)).heading == "Compose"


def test_a_secret_key_is_refused_explained_and_shown_nowhere(admin: Visitor) -> None:
    page = new_store(admin)

    refused = admin.press(page, "Add the key", {"Storefront key": SECRET})

    assert refused.status == 422
    assert "This is a secret business key" in refused.text
    assert "revoke it in Scalev" in refused.text
    assert "No key yet" in admin.open(page.url).text
    assert all(SECRET not in answer.text for answer in admin.seen)


def test_mistakes_of_pasting_are_told_apart(admin: Visitor) -> None:
    page = new_store(admin)
    wrong = {
        "X-Scalev-Page-Api-Key: pk_9dKp2WmTokoSepatu": "This is a page key",
        "store_9dKp2WmTokoSepatu": "This is a store ID",
        "sfpk_9dKp2Wm\nTokoSepatu": "blank or a line break inside",
    }
    for pasted, words in wrong.items():
        assert words in admin.press(page, "Add the key", {"Storefront key": pasted}).text
    numeric = admin.press(admin.open("/stores/add/"), "Add the store", {"Name": "Toko", "Store ID": "48213"})
    assert numeric.status == 422
    assert "store_" in numeric.text


def test_an_archived_store_leaves_every_choice_until_it_is_brought_back(console: Console, admin: Visitor) -> None:
    page = new_store(admin)
    page = admin.press(page, "Add the key", {"Storefront key": new_key()})
    name = store_name(page)
    marketer = console.visitor("marketer")

    archived = admin.press(page, "Archive")
    assert f"{name} is archived." in archived.text
    assert name not in marketer.open("/compose/").by_id("in-store").text

    back = admin.press(admin.follow(archived, name), "Bring back")
    assert f"{name} is back." in back.text
    assert name in marketer.open("/compose/").by_id("in-store").text


def test_of_two_keys_the_active_one_sends(console: Console, admin: Visitor) -> None:
    page = new_store(admin)
    first, second = new_key(), new_key()
    for key in (first, second):
        page = admin.press(page, "Add the key", {"Storefront key": key})
    assert _key_of_a_send(console, store_name(page)).endswith(first[-4:])

    admin.press(page, "Make active")

    assert _key_of_a_send(console, store_name(page)).endswith(second[-4:])


def test_two_clicks_on_test_send_one_event(console: Console, admin: Visitor) -> None:
    page = admin.press(new_store(admin), "Add the key", {"Storefront key": new_key()})

    first, second = admin.press(page, "Test"), admin.press(page, "Test")

    assert delivery_number(first) == delivery_number(second) > 0
    assert len(console.received(first.by_id("event-id-1").text)) == 1


def new_store(admin: Visitor, store_id: str = "", environment: str = "sandbox") -> Page:
    """The page of a store that nobody else uses."""
    mark = uuid4().hex[:10]
    name = f"{SHOP} {mark}"
    typed = {"Name": name, "Store ID": store_id or f"store_Sepatu{mark}", "Environment": environment}
    page = admin.press(admin.open("/stores/add/"), "Add the store", typed)
    assert page.heading == name, page.text
    return page


def new_key() -> str:
    return f"sfpk_Cibaduyut{uuid4().hex}"


def store_name(page: Page) -> str:
    return page.heading


def _key_of_a_send(console: Console, store: str) -> str:
    marketer = console.visitor("marketer")
    page = compose_for(marketer, store)
    event_id = page.value("Event ID")
    marketer.press(page, "Send event")
    (request,) = console.received(event_id)
    return str(request["key"])
