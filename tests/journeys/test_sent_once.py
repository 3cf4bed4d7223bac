"""Double clicks, reloads, two tabs and the back button: one event goes out once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.journeys.composing import compose_for, delivery_number, sent
from tests.journeys.console import Console
from tests.journeys.reading import Page
from tests.journeys.test_stores_and_keys import new_key, new_store, store_name
from tests.journeys.visitor import Visitor


def test_two_clicks_at_once_are_one_delivery(console: Console, marketer: Visitor) -> None:
    page = compose_for(marketer)

    first, second = _at_once(marketer, lambda tab: tab.press(page, "Send event"))

    assert delivery_number(first) == delivery_number(second) > 0
    assert len(console.received(page.value("Event ID"))) == 1


def test_a_second_click_while_scalev_is_slow_finds_the_first_one_under_way(console: Console, admin: Visitor) -> None:
    store = new_store(admin, f"store_sandbox_slow_{new_key()[-6:]}")
    admin.press(store, "Add the key", {"Storefront key": new_key()})
    marketer = console.visitor("marketer")
    page = compose_for(marketer, store_name(store))

    pages = _at_once(marketer, lambda tab: tab.press(page, "Send event"))

    assert {each.heading.partition(":")[0] for each in pages} == {"Sending", "Accepted"}
    assert len({delivery_number(each) for each in pages}) == 1
    assert len(console.received(page.value("Event ID"))) == 1


def test_the_back_button_and_a_second_send_lead_to_the_first_one(console: Console, marketer: Visitor) -> None:
    page = compose_for(marketer)
    first = sent(marketer, page)

    again = marketer.press(page, "Send event")

    assert delivery_number(again) == delivery_number(first)
    assert "sent already, and only once" in again.text
    assert delivery_number(marketer.open(page.url)) == delivery_number(first)
    assert len(console.received(page.value("Event ID"))) == 1


def test_reloading_the_delivery_sends_nothing(console: Console, marketer: Visitor) -> None:
    page = compose_for(marketer)
    first = sent(marketer, page)
    marketer.open(first.url)
    marketer.open(f"/log/{delivery_number(first)}/resend/")
    assert len(console.received(page.value("Event ID"))) == 1


def test_two_clicks_on_resend_are_one_more_delivery_with_the_same_bytes(console: Console, marketer: Visitor) -> None:
    page = compose_for(marketer)
    event_id = page.value("Event ID")
    first = sent(marketer, page, {"E-mail": "wulan.pertiwi@contoh.id"})

    pages = _at_once(marketer, lambda tab: tab.press(first, "Resend as it was"))

    assert len({delivery_number(each) for each in pages} - {delivery_number(first)}) == 1
    bodies = {request["body"] for request in console.received(event_id)}
    assert len(console.received(event_id)) == 2
    assert len(bodies) == 1
    first_one, resent = (each.text for each in pages[0].of_class("timeline")[0].all("li"))
    assert "Sent first" in first_one
    assert "this one Resent" in resent


def test_an_old_tab_finds_the_resend_and_a_fresh_one_asks_before_another(console: Console, marketer: Visitor) -> None:
    page = compose_for(marketer)
    first = sent(marketer, page)
    old_tab = marketer.open(first.url)
    resent = marketer.press(first, "Resend as it was")

    assert delivery_number(marketer.press(old_tab, "Resend as it was")) == delivery_number(resent)
    asked = marketer.press(marketer.open(first.url), "Resend as it was")
    assert asked.heading == "Resend this event now?"
    assert len(console.received(page.value("Event ID"))) == 2
    marketer.press(asked, "Resend to")
    assert len(console.received(page.value("Event ID"))) == 3


def test_what_was_refused_is_corrected_under_the_same_event_id(console: Console, marketer: Visitor) -> None:
    page = marketer.press(compose_for(marketer), "Variant")
    event_id = page.value("Event ID")
    page = marketer.press(page, "Check", {"Line 1: unique ID": "variant_Kemeja", "Line 1: quantity": "0"})
    refused = marketer.press(page, "Send anyway, to see Scalev’s answer")

    form = marketer.press(refused, "Correct and send")
    assert form.value("Event ID") == event_id
    accepted = marketer.press(form, "Send event", {"Line 1: quantity": "2"})

    assert accepted.heading.startswith("Accepted")
    assert [each["answer"]["status"] for each in console.received(event_id)] == [204, 400]


def test_a_duplicate_goes_out_under_a_new_event_id(console: Console, marketer: Visitor) -> None:
    page = compose_for(marketer)
    first = sent(marketer, page, {"First name": "Wulan"})

    form = marketer.press(first, "Duplicate")

    assert form.value("First name") == "Wulan"
    assert form.value("Event ID") != page.value("Event ID")
    assert "Meta will count it as a new event" in form.text
    assert delivery_number(sent(marketer, form)) > delivery_number(first)


def _at_once(visitor: Visitor, act: Callable[[Visitor], Page]) -> list[Page]:
    """The answers of two tabs that do the same thing at the same moment."""
    start = Barrier(2)

    def together(tab: Visitor) -> Page:
        start.wait()
        return act(tab)

    with ThreadPoolExecutor(2) as at_once:
        return list(at_once.map(together, (visitor.tab(), visitor.tab())))
