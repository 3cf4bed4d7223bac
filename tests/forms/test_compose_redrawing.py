"""A form that a fix changed: drawn anew, with all that was typed in it and stands for nothing yet."""

from __future__ import annotations

from django.http import QueryDict
from hypothesis import given, settings

from events.domain.patch import apply, replace
from events.domain.tree import Json, Number, Object, at, read, write
from events.forms.compose.building import build
from events.forms.compose.composition import Composition
from events.forms.compose.drawing import ComposeForm
from events.forms.compose.posting import posted
from events.forms.compose.redrawing import redrawn
from tests.forms import browser
from tests.forms.test_compose_round_trip import PAYLOADS

SOURCE = (
    '{"user_data":{"ph":"0812","usia":123456789012345678901234567890,"hobi":["batik","wayang"]},"promo":null,'
    '"events":[{"event_id":"ord-88213","event_name":"Purchase","parameters":{"value":95300.00,"num_items":2,"x":{}}}]}'
)


def typed(**changes: str) -> Composition:
    return Composition.from_post(browser.posted(drawn(Composition.of(tree(SOURCE))), **changes))


def tree(source: str) -> Object:
    made = read(source)
    assert isinstance(made, Object)
    return made


def drawn(composition: Composition) -> ComposeForm:
    return ComposeForm(composition, build(composition), ())


def mended(composition: Composition, *changed: object) -> Composition:
    built = build(composition)
    after = apply(built.tree, changed or (replace(("user_data", "ph"), "62812"),))  # type: ignore[arg-type]
    assert isinstance(after, Object)
    return redrawn(composition, built, after)


@given(PAYLOADS)
@settings(max_examples=100)
def test_a_form_comes_back_from_its_own_data_as_it_was(source: Json) -> None:
    if isinstance(source, Object):
        composition = Composition.from_post(browser.posted(drawn(Composition.of(source))))

        assert Composition.from_post(posted(composition, QueryDict("do=fix-all"))) == composition


def test_what_is_no_part_of_the_composition_goes_along_and_the_button_does_not() -> None:
    data = posted(typed(), QueryDict("store=7&channel=server&do=fix-all&extra.n=99"))

    assert (data["store"], data["channel"]) == ("7", "server")
    assert "do" not in data
    assert data.getlist("extra.n") == ["0"]


def test_a_fix_changes_its_value_and_every_other_digit_stays() -> None:
    after = mended(typed())

    assert write(build(after).tree) == SOURCE.replace("0812", "62812").encode()
    assert not build(after).problems


def test_what_was_typed_and_not_drawn_from_the_payload_is_kept() -> None:
    after = mended(typed(user_data__em="wulan.pertiwi@contoh.id", events__0__parameters__value=" 189000 "))

    assert at(build(after).tree, ("user_data", "em")) == "wulan.pertiwi@contoh.id"
    assert at(build(after).tree, ("events", 0, "parameters", "value")) == Number("189000")


def test_a_row_that_cannot_be_read_stays_as_it_was_typed() -> None:
    after = mended(typed(events__0__rows__0__value="dua"))

    assert [row.value for row in after.events[0].rows] == ["dua", "{}"]
    assert set(build(after).problems) == {"events.0.rows.0.value"}


def test_a_half_filled_row_stays_half_filled() -> None:
    before = typed()
    half = browser.posted(drawn(before))
    half.appendlist("buyer_rows.n", "2")
    half["buyer_rows.2.key"], half["buyer_rows.2.kind"], half["buyer_rows.2.value"] = "kota asal", "text", ""

    after = mended(Composition.from_post(half))

    assert [row.key for row in after.buyer_rows] == ["usia", "hobi", "kota asal"]


def test_parameters_as_json_stay_json_and_hold_the_fix() -> None:
    parameters = '{"value": "Rp 1.000"}'
    before = typed(events__0__as="json", events__0__raw=parameters)

    after = mended(before, replace(("events", 0, "parameters", "value"), Number("1000")))

    assert after.events[0].as_json
    assert read(after.events[0].raw) == read('{"value": 1000}')


def test_parameters_as_json_that_cannot_be_read_stay_as_they_were_typed() -> None:
    after = mended(typed(events__0__as="json", events__0__raw='{"value": '))

    assert after.events[0].raw == '{"value": '
    assert at(build(after).tree, ("user_data", "ph")) == "62812"


def test_raw_json_is_written_anew_with_the_fix() -> None:
    data = QueryDict(mutable=True)
    data["mode"], data["base"], data["raw"] = "json", "{}", SOURCE

    after = mended(Composition.from_post(data))

    assert after.mode == "json"
    assert write(read(after.raw)) == SOURCE.replace("0812", "62812").encode()
