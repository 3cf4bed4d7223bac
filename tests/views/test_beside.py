"""One composition down both channels, and any two deliveries beside each other."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from events.domain.tree import Json, at, read
from events.models import Delivery, Person
from events.sandbox.running import Running
from events.views import by_browser, compose
from tests.factories import make_person, make_store, make_storefront_key
from tests.reports import AGENT, ORIGIN, failed, told
from tests.views.exchanges import EMAIL, REFUSED, make_exchange
from tests.views.hand_over import make_shop, start, tell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def maya(client: Client) -> Person:
    make_shop()
    person = make_person(role="marketer", name="Maya Lestari")
    client.force_login(person)
    return person


def cells(html: str, label: str) -> list[str]:
    """What the row of this label says of either side."""
    row = re.search(rf'<th scope="row"[^>]*>{label}\b.*?</tr>', html, re.DOTALL)
    assert row, label
    return re.findall(r"<span>([^<]*)</span></td>", row[0])


def send_both(client: Client, **typed: str) -> tuple[Any, Delivery, Delivery]:
    """What the page is handed, the server's delivery, and the browser's."""
    url, data = start(client)
    order = client.post(url, data.but({"do": "both", "user_data.em": EMAIL, **typed})).json()
    server, browser = Delivery.objects.order_by("id")
    return order, server, browser


def sent(delivery: Delivery) -> Json:
    return read(delivery.body.read_request().body)


def rows(html: str) -> dict[str, bool]:
    """The rows of the comparison, and whether each is marked."""
    found = re.findall(r'<tr( data-selected)?>\s*<th scope="row"[^>]*>([^<]+?)\s*<', html)
    return {label.strip(): bool(mark) for mark, label in found}


def test_the_server_sends_first_and_the_browser_is_handed_its_twin(
    client: Client, maya: Person, sandbox: Running
) -> None:
    order, server, browser = send_both(client)

    assert (server.channel, server.outcome) == ("server", "accepted")
    assert (browser.channel, browser.outcome, browser.twin_of) == ("browser", "pending", server)
    assert order["delivery"] == f"/log/{browser.pk}/"


def test_the_twins_are_two_events_unless_one_was_asked_for(client: Client, maya: Person, sandbox: Running) -> None:
    _order, server, browser = send_both(client)
    path = ("events", 0, "event_id")

    assert at(sent(server), path) != at(sent(browser), path)
    assert browser.event_ids == [at(sent(browser), path)]


def test_on_purpose_they_are_the_same_event_to_the_byte(client: Client, maya: Person, sandbox: Running) -> None:
    _order, server, browser = send_both(client, event_ids="same")

    assert server.body.read_request().body == browser.body.read_request().body


def test_a_second_press_sends_nothing_more_and_leads_to_both(client: Client, maya: Person, sandbox: Running) -> None:
    url, data = start(client)
    client.post(url, data.but({"do": "both"}))

    again = client.post(url, data.but({"do": "both"})).json()

    first, second = Delivery.objects.order_by("id")
    assert again == {"delivery": f"/log/{first.pk}/beside/{second.pk}/", "already": True}
    assert len(sandbox.received) == 1


def test_a_composition_that_another_tab_is_sending_alone_gets_no_twin(
    client: Client, maya: Person, sandbox: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, data = start(client)

    def overtaken(request: Any, token: uuid.UUID) -> compose.Ready:
        ready = compose.ready_to_send(request, token)
        assert isinstance(ready, compose.Ready)
        by_browser._alone(request, ready)  # the other tab's press, at the worst moment
        return ready

    monkeypatch.setattr(by_browser, "ready_to_send", overtaken)

    answer = client.post(url, data.but({"do": "both"})).json()

    assert answer == {"delivery": f"/log/{Delivery.objects.get().pk}/", "already": True}
    assert sandbox.received == ()


def test_the_report_of_a_twin_leads_to_both(client: Client, maya: Person, sandbox: Running) -> None:
    order, server, browser = send_both(client)

    assert tell(client, order).json() == {"delivery": f"/log/{server.pk}/beside/{browser.pk}/"}


def test_what_scalev_saw_of_each_stands_beside_the_other(client: Client, maya: Person, sandbox: Running) -> None:
    order, _server, _browser = send_both(client)

    html = client.get(tell(client, order).json()["delivery"]).content.decode()

    assert "Both ended the same way: Accepted." in html
    assert {AGENT, ORIGIN, "Scalev-Console/0.1"} <= set(re.findall(r'class="wire" hx-disable><span>([^<]+)<', html))
    marked = rows(html)
    assert marked["Outcome"] is False
    assert all(marked[label] for label in ("Event ID", "Made by", "Network address", "User agent", "Origin"))


def test_the_page_of_each_twin_leads_to_both(client: Client, maya: Person, sandbox: Running) -> None:
    _order, server, browser = send_both(client)

    for each in (server, browser):
        html = client.get(f"/log/{each.pk}/").content.decode()
        assert f'href="/log/{server.pk}/beside/{browser.pk}/"' in html


def test_a_store_that_forbids_it_is_not_sent_to_by_the_server_either(
    client: Client, maya: Person, sandbox: Running
) -> None:
    store = make_storefront_key(make_store(browser_sends=False)).store
    url, data = start(client)

    answer = client.post(url, data.but({"do": "both", "store": str(store.pk)})).json()

    assert answer == {"delivery": url.replace("browser/", ""), "already": True}
    assert sandbox.received == ()


def test_any_two_deliveries_may_be_compared_under_the_masks(client: Client, maya: Person) -> None:
    one = make_exchange("rejected", 400, REFUSED, by=maya)
    two = make_exchange("accepted", 204, b"", by=make_person(role="support"))

    html = client.get(f"/log/{one.pk}/beside/{two.pk}/").content.decode()

    assert "They ended differently: the first one “Refused”, the second one “Accepted”." in html
    assert rows(html)["Status"] is True
    assert "must be greater than 0" in html
    assert EMAIL not in html


def test_small_differences_in_time_are_none(client: Client, maya: Person) -> None:
    quick, alike, slow = (make_exchange(by=maya, duration_ms=duration) for duration in (182, 260, 1_900))

    def marked(other: Delivery) -> bool:
        return rows(client.get(f"/log/{quick.pk}/beside/{other.pk}/").content.decode())["Duration"]

    assert (marked(alike), marked(slow)) == (False, True)


def test_what_a_browser_hides_is_no_difference(client: Client, maya: Person, sandbox: Running) -> None:
    order, _server, _browser = send_both(client)

    html = client.get(tell(client, order, told(headers=[])).json()["delivery"]).content.decode()

    assert "not readable for a page" in html
    assert rows(html)["x-ratelimit-limit"] is False


def test_where_no_answer_was_read_none_is_made_up(client: Client, maya: Person, sandbox: Running) -> None:
    order, _server, _browser = send_both(client)

    html = client.get(tell(client, order, failed("cors_origin")).json()["delivery"]).content.decode()

    assert cells(html, "Body of the response") == ["0 bytes", "–"]
    assert cells(html, "x-ratelimit-limit")[1] == "–"
    assert rows(html)["Body of the response"] is False
    assert "not readable for a page" not in html


def test_of_what_never_left_no_address_is_told(client: Client, maya: Person, sandbox: Running) -> None:
    order, _server, _browser = send_both(client)

    html = client.get(tell(client, order, failed("offline")).json()["delivery"]).content.decode()

    assert {cells(html, label)[1] for label in ("Network address", "User agent", "Origin")} == {
        "nothing: the event did not leave"
    }


def test_a_count_that_goes_down_with_each_call_is_no_difference(client: Client, maya: Person, sandbox: Running) -> None:
    order, _server, _browser = send_both(client)

    report = told(headers=[["x-ratelimit-remaining", "7"], ["x-ratelimit-reset", "1"]])
    marked = rows(client.get(tell(client, order, report).json()["delivery"]).content.decode())

    assert (marked["x-ratelimit-remaining"], marked["x-ratelimit-reset"]) == (False, False)


def test_while_one_is_under_way_the_page_looks_again(client: Client, maya: Person, sandbox: Running) -> None:
    _order, server, browser = send_both(client)
    here = f"/log/{server.pk}/beside/{browser.pk}/"

    html = client.get(here).content.decode()

    assert "still under way" in html
    assert f'hx-get="{here}"' in html
    assert client.get(here, headers={"HX-Request": "true"}).status_code == 204


def test_a_fragment_is_the_same_rows_without_the_page(client: Client, maya: Person) -> None:
    one, two = make_exchange(by=maya), make_exchange(by=maya)

    fragment = client.get(f"/log/{one.pk}/beside/{two.pk}/", headers={"HX-Request": "true"}).content.decode()

    assert fragment.startswith('<div id="beside">')


def test_a_delivery_beside_itself_is_its_own_page(client: Client, maya: Person) -> None:
    one = make_exchange(by=maya)

    assert client.get(f"/log/{one.pk}/beside/{one.pk}/").headers["Location"] == f"/log/{one.pk}/"
    assert client.get(f"/log/{one.pk}/beside/4711/").status_code == 404


def test_without_the_master_key_what_the_rows_tell_is_still_compared(
    client: Client, maya: Person, settings: Any
) -> None:
    one, two = make_exchange(by=maya), make_exchange("rejected", 400, REFUSED, by=maya)
    settings.CONSOLE_MASTER_KEYS = "k2:" + "B" * 43 + "="

    html = client.get(f"/log/{one.pk}/beside/{two.pk}/").content.decode()

    assert rows(html)["Outcome"] is True
    assert "It cannot be shown here." in html
