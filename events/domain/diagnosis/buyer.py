"""The buyer: names, places and the rest of `user_data`, as Meta compares them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from events.domain import contract
from events.domain.circumstances import Circumstances
from events.domain.diagnosis.contact import HASHED, buyers_country
from events.domain.diagnosis.remarks import INFERENCE, META, SCALEV, THIRD_PARTY, Fix, hint, warning
from events.domain.finding import Finding
from events.domain.iso import COUNTRIES, country_meant
from events.domain.matching import fold
from events.domain.patch import add, remove, replace
from events.domain.payload import Payload
from events.domain.text import Text
from events.domain.tree import Json, Object

# What Meta wants hashed, and Scalev's examples send plain.
_PLAIN = ("em", "ph", "fn", "ln", "ct", "st", "country")
# With nothing else beside them Meta refuses these as too broad: (the keys, of which any).
_TOO_BROAD = (
    frozenset({"ct", "country", "st", "zp", "ge", "client_user_agent"}),
    frozenset({"db", "client_user_agent"}),
    frozenset({"fn", "ge"}),
    frozenset({"ln", "ge"}),
)
_CITY = re.compile(r"\s*(?:kota\s+adm(?:inistrasi)?|kota|kabupaten|kab)(?:\.\s*|\s+)(?=[^\s.])", re.IGNORECASE)
# What shops call a buyer's values, by letters alone.
_OTHER_NAMES = {
    "email": "em", "emailaddress": "em", "phone": "ph", "phonenumber": "ph", "telp": "ph", "telepon": "ph", "hp": "ph",
    "nohp": "ph", "mobile": "ph", "whatsapp": "ph", "firstname": "fn", "lastname": "ln", "city": "ct", "kota": "ct",
    "state": "st", "province": "st", "provinsi": "st", "countrycode": "country", "negara": "country",
    "externalid": "external_id",
}  # fmt: skip
_PROVINCES = {
    "jabar": "Jawa Barat", "jateng": "Jawa Tengah", "jatim": "Jawa Timur", "dki": "DKI Jakarta", "jkt": "DKI Jakarta",
    "diy": "DI Yogyakarta", "sumut": "Sumatera Utara", "sumbar": "Sumatera Barat", "sumsel": "Sumatera Selatan",
    "kalbar": "Kalimantan Barat", "kaltim": "Kalimantan Timur", "kalsel": "Kalimantan Selatan",
    "kalteng": "Kalimantan Tengah", "kaltara": "Kalimantan Utara", "sulsel": "Sulawesi Selatan",
    "sulut": "Sulawesi Utara", "sulteng": "Sulawesi Tengah", "sultra": "Sulawesi Tenggara",
    "ntb": "Nusa Tenggara Barat", "ntt": "Nusa Tenggara Timur", "kepri": "Kepulauan Riau",
    "babel": "Kepulauan Bangka Belitung",
}  # fmt: skip


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    buyer, country = payload.user_data, buyers_country(payload) or known.country
    for key, value in buyer.pairs:
        yield from _member(key, value)
        yield from _other_name(buyer, key, value)
    yield from _names(buyer)
    if country == "id":
        yield from _city(buyer.get("ct"))
    if country != "us":
        yield from _state(buyer.get("st"))
    yield from _country(buyer.get("country"))
    yield from _too_broad(buyer)


def _member(key: str, value: Json) -> Iterator[Finding]:
    path: tuple[str, ...] = ("user_data", key)
    if key in contract.USER_READ_ONLY_KEYS:
        yield warning(
            "S003",
            path,
            Text("Scalev fills `{key}` in by itself, from the caller that it sees.", key=key),
            Text("Remove it: what you write here is read-only in Scalev's description."),
            SCALEV,
            (remove(path),),
        )
    elif value is None or value == "":
        text = Text("`{key}` is sent empty.", key=key)
        cure = Text("Leave it out: an empty value identifies nobody.")
        yield hint("M013", path, text, cure, THIRD_PARTY, (remove(path),))
    elif key in _PLAIN and isinstance(value, str) and HASHED.match(value):
        yield hint(
            "M007",
            path,
            Text("This is hashed already. Scalev's examples send it plain, and what is hashed twice matches nobody."),
            Text("Write the plain value: Scalev passes it on in the form that Meta wants."),
            INFERENCE,
        )


def _other_name(buyer: Object, key: str, value: Json) -> Iterator[Finding]:
    meant = _OTHER_NAMES.get(re.sub(r"[_ -]", "", key[:20]).lower())
    if not meant or key == meant or not isinstance(value, str) or not value or buyer.get(meant):
        return
    path = ("user_data", key)
    yield hint(
        "M019",
        path,
        Text("`{key}` is no key of Scalev's description; it calls this `{meant}`.", key=key, meant=meant),
        Text("Rename it: what else Scalev passes on to Meta, it does not say."),
        INFERENCE,
        (add(("user_data", meant), value), remove(path)),
    )


def _names(buyer: Object) -> Iterator[Finding]:
    first, last = buyer.get("fn"), buyer.get("ln")
    words = first.split() if isinstance(first, str) and not HASHED.match(first) else []
    if len(words) < 2 or last:
        return
    behind = " ".join(words[1:])
    fix: Fix = (replace(("user_data", "fn"), words[0]), add(("user_data", "ln"), behind))
    text = Text("The whole name may stand in the field for the first name.")
    yield hint("M008", ("user_data", "fn"), text, Text("Write the last name into its own field."), fix=fix)


def _city(city: Json) -> Iterator[Finding]:
    if isinstance(city, str) and (prefix := _CITY.match(city)):
        bare = city[prefix.end() :].strip()
        yield hint(
            "M009",
            ("user_data", "ct"),
            Text("“{prefix}” stays part of the city's name when Meta compares it.", prefix=prefix.group().strip()),
            Text("Write the name alone: {city}", city=bare),
            fix=(replace(("user_data", "ct"), bare),),
        )


def _state(state: Json) -> Iterator[Finding]:
    if not isinstance(state, str):
        return
    letters = re.sub(r"[^a-z]", "", fold(state))
    meant = _PROVINCES.get(letters)
    if meant or (len(letters) == 2 and len(state.strip()) <= 3):
        yield warning(
            "M011",
            ("user_data", "st"),
            Text("Outside the United States Meta compares the full name of the state or province."),
            Text("Write it out: {name}", name=meant or "Jawa Barat"),
            META,
            (replace(("user_data", "st"), meant),) if meant else (),
        )


def _country(country: Json) -> Iterator[Finding]:
    if not isinstance(country, str) or not country or country in COUNTRIES or HASHED.match(country):
        return
    meant = country_meant(country)
    yield warning(
        "M002",
        ("user_data", "country"),
        Text("The country is not a two-letter code in small letters."),
        Text("Write id for Indonesia, sg for Singapore."),
        META,
        (replace(("user_data", "country"), meant),) if meant else (),
    )


def _too_broad(buyer: Object) -> Iterator[Finding]:
    filled = {key for key, value in buyer.pairs if key != "location_id" and not _is_blank(value)}
    if any(filled <= keys for keys in _TOO_BROAD):
        yield hint(
            "M014",
            ("user_data",),
            Text("Nothing here tells one buyer from another: by itself Meta refuses this as too broad."),
            Text("Add an e-mail, a phone, a click ID or the shop's own ID for this buyer."),
            Text("{meta}. Scalev adds the address of the caller, so that it is rarely refused.", meta=META),
        )


def _is_blank(value: Json) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
