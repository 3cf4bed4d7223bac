"""How to come to every page of the console, in every state that looks different: what is walked for accessibility."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from tests.journeys.checking import CHECKED_PAGES
from tests.journeys.composing import AT_BATIK, BUYER, compose_for, sent, typed_line
from tests.journeys.console import Console
from tests.journeys.desk import DESK_PAGES
from tests.journeys.failing import FAILED_PAGES
from tests.journeys.marking import MARKED_PAGES
from tests.journeys.pairing import PAIR_PAGES
from tests.journeys.pasting import PASTE_PAGES
from tests.journeys.reading import Page
from tests.journeys.stocking import STOCKED_PAGES
from tests.journeys.storekeeping import STORE_PAGES
from tests.journeys.test_people_come_and_go import PASSWORD, invitation, new_email, person_page
from tests.journeys.test_stores_and_keys import new_key, new_store
from tests.journeys.visitor import Visitor

LONG = "Kemeja Batik Parang Lengan Panjang Katun Primisima " * 4

Way = Callable[[Console], Page]


def _as(role: str, address: str) -> Way:
    return lambda console: console.visitor(role).open(address)


def _stranger(address: str) -> Way:
    return lambda console: Visitor(console.origin).open(address)


def _wrong_password(console: Console) -> Page:
    return Visitor(console.origin).sign_in(new_email(), "lupa-lagi")


def _no_cookies(console: Console) -> Page:
    page = Visitor(console.origin).open("/sign-in/")
    return Visitor(console.origin).press(page, "Sign in", {"E-mail": new_email(), "Password": "x"})


def _invited(console: Console) -> Page:
    return Visitor(console.origin).open(invitation(console.visitor("admin"), new_email(), "support"))


def _weak_password(console: Console) -> Page:
    invited = Visitor(console.origin)
    page = invited.open(invitation(console.visitor("admin"), new_email(), "support"))
    return invited.press(page, "Join and sign in", {"New password": "batik", "The same password again": "kebaya"})


def _link_of_somebody_else(console: Console) -> Page:
    return console.visitor("support").open(invitation(console.visitor("admin"), new_email(), "support"))


def _composed(console: Console) -> Page:
    marketer = console.visitor("marketer")
    page = typed_line(marketer, compose_for(marketer))
    page = marketer.press(page, "Bundle", BUYER)
    page = marketer.press(page, "Another event")
    page = marketer.press(page, "Add a field", {"events.0.event_name": "purchase", "Value": "1.500.000", "Order": LONG})
    return marketer.press(page, "Check", {"Line 1: quantity": "0", "Phone": "081290076543"})


def _refused_form(console: Console) -> Page:
    return console.visitor("marketer").press(_composed(console), "Send")


def _raw(console: Console) -> Page:
    return console.visitor("marketer").press(compose_for(console.visitor("marketer")), "Raw JSON", {"Order": LONG})


def _broken_raw(console: Console) -> Page:
    return console.visitor("marketer").press(_raw(console), "Check", {"raw": '{"events": [}'})


def _parameters_as_json(console: Console) -> Page:
    marketer = console.visitor("marketer")
    return marketer.press(compose_for(marketer), "Write all parameters as JSON", {"Value": "189000"})


def _sent_already(console: Console) -> Page:
    marketer = console.visitor("marketer")
    page = compose_for(marketer)
    sent(marketer, page)
    return marketer.press(page, "Send event")


def _answered(store_id: str, environment: str = "sandbox") -> Way:
    """The page of a full event that a misbehaving store answered."""

    def way(console: Console) -> Page:
        admin = console.visitor("admin")
        store = new_store(admin, f"{store_id}_{uuid4().hex[:6]}" if store_id else "", environment)
        admin.press(store, "Add the key", {"Storefront key": new_key()})
        form = typed_line(admin, compose_for(admin, store.heading))
        return sent(admin, admin.press(form, "Check", BUYER | {"Order": LONG}))

    return way


def _accepted(console: Console) -> Page:
    marketer = console.visitor("marketer")
    return sent(marketer, typed_line(marketer, compose_for(marketer)), BUYER)


def _accepted_as_seen_by(role: str, page: str) -> Way:
    return lambda console: console.visitor(role).open(f"{_accepted(console).url}{page}")


def _shown_in_clear(console: Console) -> Page:
    return console.visitor("marketer").press(_accepted(console), "Show them")


def _without_a_reason(console: Console) -> Page:
    support = console.visitor("support")
    return support.press(support.open(_accepted(console).url), "Show them", {"Why do you need to see them?": " "})


def _somebody_elses(console: Console) -> Page:
    admin = console.visitor("admin")
    return console.visitor("marketer").open(sent(admin, compose_for(admin), BUYER).url)


def _resent(console: Console) -> Page:
    marketer = console.visitor("marketer")
    return marketer.press(_accepted(console), "Resend as it was")


def _beside(console: Console) -> Page:
    return console.visitor("marketer").follow(_resent(console), "Beside this one")


def _asked_before_resending(console: Console) -> Page:
    marketer = console.visitor("marketer")
    first = _accepted(console)
    marketer.press(first, "Resend as it was")
    return marketer.press(marketer.open(first.url), "Resend as it was")


def _corrected(console: Console) -> Page:
    return console.visitor("admin").press(_answered("store_sandbox_rejected")(console), "Correct and send")


def _searched(words: str) -> Way:
    def way(console: Console) -> Page:
        _accepted(console)
        marketer = console.visitor("marketer")
        return marketer.press(marketer.open("/log/"), "Search", {"q": words})

    return way


def _invitation_link(console: Console) -> Page:
    admin = console.visitor("admin")
    invitation(admin, new_email(), "marketer")
    return admin.press(admin.open("/people/invite/"), "Make the link", {"E-mail": new_email(), "role": "support"})


def _refused_invitation(console: Console) -> Page:
    admin = console.visitor("admin")
    return admin.press(admin.open("/people/invite/"), "Make the link", {"E-mail": "budi", "role": "support"})


def _person(console: Console) -> Page:
    return person_page(console.visitor("admin"), "support@console.test")


def _only_admin(console: Console) -> Page:
    admin = console.visitor("admin")
    return admin.press(person_page(admin, "admin@console.test"), "Save", {"role": "support"})


def _refused_days(console: Console) -> Page:
    admin = console.visitor("admin")
    return admin.press(admin.open("/data/"), "Save", {"Days": "9000"})


def _looked_up(console: Console) -> Page:
    """What there is of the buyer of the deliveries before."""
    _accepted(console)
    admin = console.visitor("admin")
    return admin.press(admin.open("/data/erase/"), "Look what there is", {"Her e-mail": "wulan.pertiwi@contoh.id"})


def _refused_profile(console: Console) -> Page:
    marketer = console.visitor("marketer")
    typed = {"New password": PASSWORD, "The same password again": "kebaya"}
    return marketer.press(marketer.open("/profile/"), "Change the password", typed)


PAGES: dict[str, Way] = {
    "sign in": _stranger("/sign-in/"),
    "sign in, wrong password": _wrong_password,
    "form too old": _no_cookies,
    "no page": _as("marketer", "/log/search/"),
    "invitation": _invited,
    "invitation, weak password": _weak_password,
    "invitation, closed": _stranger("/invitation/tidakada/"),
    "invitation of somebody else": _link_of_somebody_else,
    "compose": _as("marketer", AT_BATIK),
    "compose, filled": _composed,
    "compose, refused": _refused_form,
    "compose, raw": _raw,
    "compose, raw and broken": _broken_raw,
    "compose, parameters as JSON": _parameters_as_json,
    "compose, gone": _as("marketer", f"/compose/{uuid4()}/"),
    "compose, correcting": _corrected,
    "findings": _as("marketer", "/findings/"),
    "log": _searched(""),
    "log, nothing matches": _searched("tidakada wulan"),
    "log, not understood": _searched("outcome:baik toko:x"),
    "log, counts and timeline": _as("support", "/log/overview/?q=last%3A24h"),
    "log, filtered": _as("support", "/log/?q=store%3Abatik&outcome=accepted&status=2xx&event=AddToCart"),
    **DESK_PAGES,
    "delivery, accepted": _accepted,
    "delivery, sent already": _sent_already,
    "delivery, refused": _answered("store_sandbox_rejected"),
    "delivery, refused with markup": _answered("store_sandbox_markup"),
    "delivery, not found": _answered("store_sandbox_not_found"),
    "delivery, rate limited": _answered("store_sandbox_rate_limit"),
    "delivery, server error": _answered("store_sandbox_bad_gateway"),
    "delivery, unexpected": _answered("store_sandbox_html_200"),
    "delivery, huge": _answered("store_sandbox_huge"),
    "delivery, interrupted": _answered("store_sandbox_garbage"),
    "delivery, not reached": _answered("", "closed"),
    "delivery, in clear": _shown_in_clear,
    "delivery, no reason given": _without_a_reason,
    "delivery, somebody else's": _somebody_elses,
    "delivery, resent": _resent,
    **PAIR_PAGES,
    **PASTE_PAGES,
    **CHECKED_PAGES,
    **MARKED_PAGES,
    **FAILED_PAGES,
    "delivery, beside its resend": _beside,
    "delivery, resend?": _asked_before_resending,
    "delivery, missing": _as("marketer", "/log/999999999/"),
    "delivery, to hand over": _accepted_as_seen_by("marketer", "export/"),
    "export in clear": _as("support", "/log/export/clear/"),
    "delivery, export in clear": _accepted_as_seen_by("support", "export/clear/"),
    **STORE_PAGES,
    **STOCKED_PAGES,
    "people": _as("admin", "/people/"),
    "person": _person,
    "person, the only admin": _only_admin,
    "invite": _as("admin", "/people/invite/"),
    "invite, refused": _refused_invitation,
    "invite, link": _invitation_link,
    "data": _as("admin", "/data/"),
    "data, refused": _refused_days,
    "erase a buyer": _as("admin", "/data/erase/"),
    "erase a buyer, found": _looked_up,
    "audit": _as("admin", "/audit/"),
    "audit, nothing": _as("admin", "/audit/?by=999999"),
    "profile": _as("support", "/profile/"),
    "profile, refused": _refused_profile,
    "forbidden": _as("marketer", "/stores/"),
    "nothing there": _as("marketer", "/nowhere/"),
}
