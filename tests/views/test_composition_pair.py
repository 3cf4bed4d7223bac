"""The browser's half beside a composition: compared, taken over by a click, and kept nowhere."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from events.domain.tree import at
from events.forms.compose.building import build
from events.models import Delivery, Draft, Person
from events.views.drafts import kept
from tests.factories import make_person, make_store, make_storefront_key
from tests.views.form_data import FormData, inputs_of

pytestmark = pytest.mark.django_db

CALL = "fbq('track', 'Purchase', {value: 189000, currency: 'IDR'}, {eventID: 'ord-88212'});"


@pytest.fixture
def maya(client: Client) -> Person:
    make_storefront_key(make_store("Toko Batik Nusantara"))
    person = make_person(role="marketer", name="Maya Marketer")
    client.force_login(person)
    return person


def start(client: Client, **typed: str) -> tuple[str, FormData]:
    """A draft with one Purchase, and what its form would send."""
    response = client.get("/compose/", follow=True)
    url, data = response.redirect_chain[-1][0], inputs_of(response)
    changes = {"events.0.event_name": "Purchase", "events.0.event_id": "ord-88212"} | typed
    client.post(url, data.but({name.replace("__", "."): value for name, value in changes.items()}))
    return url, data


def text_of(response: object) -> str:
    return " ".join(html.unescape(response.content.decode()).split())  # type: ignore[attr-defined]  # a response


def event_id() -> object:
    return at(build(kept(Draft.objects.get()).composition).tree, ("events", 0, "event_id"))


def test_the_button_of_the_composer_keeps_what_was_typed(client: Client, maya: Person) -> None:
    url, data = start(client)
    answer = client.post(f"{url}pair/", data.but({"events.0.event_id": "ord-9", "do": "pair"}), follow=True)

    assert answer.redirect_chain == [(f"{url}pair/", 302)]
    assert "{eventID: 'ord-9'}" in text_of(answer)


def test_the_page_says_which_environment_the_composition_goes_to(client: Client, maya: Person) -> None:
    url, _data = start(client)
    assert '<span class="env-label" data-kind="other">sandbox</span>' in text_of(client.get(f"{url}pair/"))


def test_a_call_is_compared_point_by_point(client: Client, maya: Person) -> None:
    url, _data = start(client)
    page = text_of(client.post(f"{url}pair/check/", {"pasted": CALL}))

    assert "A pair, but in two versions" in page
    assert "Only the browser says this" in page
    assert "events[0].parameters.value" in page


def test_a_call_that_scalev_sends_on_is_not_called_the_browsers(client: Client, maya: Person) -> None:
    url, _data = start(client)
    event = "{eventName: 'Purchase', eventId: 'ord-88212', parameters: {value: 189000}}"
    pasted = f"Scalev.analytics.track('facebook', {{events: [{event}]}})"
    page = text_of(client.post(f"{url}pair/check/", {"pasted": pasted}))

    assert "Both are the server's half" in page
    assert '<th scope="col">Page, through Scalev</th>' in page
    assert "A pair" not in page


def test_the_browsers_id_is_taken_over_by_a_click(client: Client, maya: Person) -> None:
    url, _data = start(client, events__0__event_id="ord-1")
    before = client.post(f"{url}pair/check/", {"pasted": CALL}).content.decode()
    page = text_of(client.post(f"{url}pair/take/", {"pasted": CALL, "take": "0.event_id"}))

    assert 'value="0.event_id"' in before
    assert event_id() == "ord-88212"
    assert "Taken over into the draft" in page
    assert "A pair, but in two versions" in page
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "take", ["", "0.", "7.event_id", "²", "0.event_name", "-1.event_id", "99999999999999.event_id"]
)
def test_a_button_that_means_nothing_changes_nothing(client: Client, maya: Person, take: str) -> None:
    url, _data = start(client, events__0__event_id="ord-1")

    assert client.post(f"{url}pair/take/", {"pasted": CALL, "take": take}).status_code == 200
    assert event_id() == "ord-1"


def test_nothing_is_taken_over_while_the_form_holds_what_cannot_be_read(client: Client, maya: Person) -> None:
    url, _data = start(client, mode="json", raw='{"events": [')
    page = text_of(client.post(f"{url}pair/take/", {"pasted": CALL, "take": "0.event_id"}))

    assert "Go back and mend it" in page
    assert '{"events": [' in text_of(client.get(url))


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("Kemeja Batik Parang", "There is no call of fbq in this."),
        ("fbq('track', 'Purchase', {value: 1", "What stands in its way is listed below."),
    ],
)
def test_a_text_without_a_call_is_said_beside_the_field_and_stays_there(
    client: Client, maya: Person, pasted: str, said: str
) -> None:
    url, _data = start(client)
    answer = client.post(f"{url}pair/check/", {"pasted": pasted})

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert pasted in text_of(answer)


def test_what_is_pasted_is_kept_nowhere(client: Client, maya: Person) -> None:
    url, _data = start(client)
    client.post(f"{url}pair/check/", {"pasted": f"{CALL} // wulan.pertiwi@contoh.id"})

    assert "wulan.pertiwi" not in Draft.objects.get().content()
    assert "wulan.pertiwi" not in str(dict(client.session))


def test_without_a_session_what_is_pasted_does_not_overwrite_the_draft(client: Client, maya: Person) -> None:
    url, _data = start(client)
    client.logout()
    answer = client.post(f"{url}pair/check/", {"pasted": CALL})

    assert answer.headers["Location"].startswith("/sign-in/")
    assert event_id() == "ord-88212"


@pytest.mark.parametrize("page", ["pair/check/", "pair/take/"])
def test_a_reload_after_signing_in_leads_to_the_page(client: Client, maya: Person, page: str) -> None:
    url, _data = start(client)

    assert client.get(f"{url}{page}").headers["Location"] == f"{url}pair/"


def test_nothing_pasted_becomes_markup(client: Client, maya: Person) -> None:
    url, _data = start(client)
    pasted = "</textarea><script>boom()</script> fbq('track', '<b>Purchase</b>', {'<i>': '<u>'}, {eventID: '<s>'})"
    page = client.post(f"{url}pair/check/", {"pasted": pasted}).content.decode()

    assert "boom()" in page
    assert not any(tag in page for tag in ("<script>", "<b>", "<i>", "<u>", "<s>"))
