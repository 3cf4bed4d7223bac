"""The named fields of the composer, in the order in which people meet them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.domain import contract


@dataclass(frozen=True)
class Field:
    """One named input: its key on the wire, plain words, and how text becomes a value (`text` or `number`)."""

    key: str
    label: str | Promise
    help: str | Promise = ""
    kind: str = "text"
    open: bool = True
    placeholder: str = ""
    suggestions: str = ""


PAGE_FIELDS = (
    Field(
        "event_source_url",
        _("Page"),
        _("The page on which it happened. Scalev drops everything after “?”."),
        placeholder="https://batiknusantara.example/checkout",
    ),
    Field(
        "referrer_url",
        _("Came from"),
        _("The page before that one. Scalev uses both to choose between checkout and home pixels."),
        placeholder="https://batiknusantara.example/",
    ),
)

BUYER_FIELDS = (
    Field("em", _("E-mail"), _("As the buyer typed it in the order."), placeholder="wulan.pertiwi@contoh.id"),
    Field("ph", _("Phone"), _("With the country code: 62812…, not 0812…"), placeholder="6281290076543"),
    Field("fn", _("First name"), _("Without titles such as “Ibu”."), placeholder="Wulan"),
    Field("ln", _("Last name"), _("Leave it empty for a buyer of one name."), placeholder="Pertiwi"),
    Field("ct", _("City"), _("Without “Kota” or “Kabupaten”."), open=False, placeholder="Bandung"),
    Field("st", _("State or province"), _("The full name."), open=False, placeholder="Jawa Barat"),
    Field("country", _("Country"), _("Two small letters."), open=False, placeholder="id"),
    Field(
        "external_id",
        _("The shop's own ID for this buyer"),
        _("The same one for each order of this buyer."),
        open=False,
        placeholder="CUST-1042",
    ),
    Field("fbc", _("Click ID"), _("The cookie _fbc, letter for letter."), open=False, placeholder="fb.1.…"),
    Field("fbp", _("Browser ID"), _("The cookie _fbp."), open=False, placeholder="fb.1.…"),
    Field("location_id", _("Scalev's location number"), _("Digits only."), "number", open=False),
)

EVENT_FIELDS = (
    Field(
        "event_name",
        _("Event"),
        _("A name that Meta knows, such as Purchase, or one of your own."),
        suggestions="event-names",
    ),
    Field("event_id", _("Event ID"), _("The same ID as in the browser's pixel, or Meta counts twice.")),
)

# The parameters that most events carry; every other one is a row of its own.
PARAMETER_FIELDS = (
    Field("value", _("Value"), _("Digits only, without dots: 189000."), "number", placeholder="189000"),
    Field("currency", _("Currency"), _("Three letters: IDR for rupiah."), suggestions="currencies", placeholder="IDR"),
    Field("order_id", _("Order"), _("The order's number in the shop."), placeholder="88212"),
)
PARAMETER_KEYS = tuple(field.key for field in PARAMETER_FIELDS)

LINE_LABELS = {"variants": _("Variant"), "bundle_price_options": _("Bundle")}
LINE_KEYS = tuple(contract.LINE_ID_KEYS)

CURRENCIES = ("IDR", "USD", "SGD", "MYR", "EUR", "AUD", "JPY")
