"""Meta's vocabulary: standard events and the parameters that belong to them.

Source: Meta's pixel reference (standard events) and Conversions API custom data parameters.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandardEvent:
    """A standard event: its exact name, what it means in plain words, and the parameters that Meta requires."""

    name: str
    meaning: str
    required: tuple[str, ...] = ()


STANDARD_EVENTS = (
    StandardEvent("PageView", "somebody opened a page"),
    StandardEvent("ViewContent", "looked at a product"),
    StandardEvent("Search", "searched the shop"),
    StandardEvent("AddToCart", "put something in the cart"),
    StandardEvent("AddToWishlist", "saved something for later"),
    StandardEvent("InitiateCheckout", "began to check out"),
    StandardEvent("AddPaymentInfo", "gave payment details"),
    StandardEvent("Purchase", "bought something", ("value", "currency")),
    StandardEvent("Lead", "left contact details"),
    StandardEvent("CompleteRegistration", "signed up"),
    StandardEvent("Contact", "got in touch"),
    StandardEvent("CustomizeProduct", "customised a product"),
    StandardEvent("Donate", "gave a donation"),
    StandardEvent("FindLocation", "looked for a shop nearby"),
    StandardEvent("Schedule", "booked an appointment"),
    StandardEvent("StartTrial", "began a free trial"),
    StandardEvent("SubmitApplication", "applied for something"),
    StandardEvent("Subscribe", "took out a subscription"),
)
EVENT_NAMES = tuple(event.name for event in STANDARD_EVENTS)

# What GA4 and TikTok call the same moments.
FOREIGN_NAMES = {
    "page_view": "PageView",
    "view_item": "ViewContent",
    "add_to_cart": "AddToCart",
    "begin_checkout": "InitiateCheckout",
    "add_payment_info": "AddPaymentInfo",
    "purchase": "Purchase",
    "generate_lead": "Lead",
    "sign_up": "CompleteRegistration",
    "search": "Search",
    "add_to_wishlist": "AddToWishlist",
    "completepayment": "Purchase",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter that Meta knows: its wire name, plain words, and the JSON type in which it is usually sent."""

    name: str
    words: str
    kind: str


PARAMETERS = (
    Parameter("value", "what it is worth", "number"),
    Parameter("currency", "three-letter currency", "text"),
    Parameter("order_id", "the shop's order number", "text"),
    Parameter("content_ids", "IDs of the products", "list"),
    Parameter("contents", "products with quantity and price", "json"),
    Parameter("content_type", "product or product_group", "text"),
    Parameter("content_name", "name of the page or product", "text"),
    Parameter("content_category", "category of the page or product", "text"),
    Parameter("num_items", "number of items", "number"),
    Parameter("predicted_ltv", "what this buyer may be worth over time", "number"),
    Parameter("search_string", "what was searched for", "text"),
    Parameter("status", "whether the registration was completed", "boolean"),
    Parameter("delivery_category", "in_store, curbside or home_delivery", "text"),
)
PARAMETER_KINDS = {parameter.name: parameter.kind for parameter in PARAMETERS}


def suggestion(event_name: str) -> str | None:
    """The standard name that a custom one was probably meant to be, or None; exact names need no suggestion."""
    if event_name in EVENT_NAMES:
        return None
    folded = _folded(event_name)
    foreign = FOREIGN_NAMES.get(event_name.lower()) or FOREIGN_NAMES.get(folded)
    near = (name for name in EVENT_NAMES if folded in (_folded(name), _folded(name) + "s"))
    return foreign or next(near, None)


def _folded(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())
