"""Meta's vocabulary: standard events and the parameters that belong to them.

Source: Meta's pixel reference (standard events) and Conversions API custom data parameters.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StandardEvent:
    """A standard event: its exact name, what it means in plain words, and the parameters that Meta requires.

    `recommended` are those that Meta lists for it and without which it says too little to be of use.
    """

    name: str
    meaning: str
    required: tuple[str, ...] = ()
    recommended: tuple[str, ...] = ()


_WORTH = ("value", "currency")
STANDARD_EVENTS = (
    StandardEvent("PageView", "somebody opened a page"),
    StandardEvent("ViewContent", "looked at a product"),
    StandardEvent("Search", "searched the shop", recommended=("search_string",)),
    StandardEvent("AddToCart", "put something in the cart", recommended=_WORTH),
    StandardEvent("AddToWishlist", "saved something for later"),
    StandardEvent("InitiateCheckout", "began to check out", recommended=_WORTH),
    StandardEvent("AddPaymentInfo", "gave payment details"),
    StandardEvent("Purchase", "bought something", _WORTH),
    StandardEvent("Lead", "left contact details"),
    StandardEvent("CompleteRegistration", "signed up"),
    StandardEvent("Contact", "got in touch"),
    StandardEvent("CustomizeProduct", "customised a product"),
    StandardEvent("Donate", "gave a donation"),
    StandardEvent("FindLocation", "looked for a shop nearby"),
    StandardEvent("Schedule", "booked an appointment"),
    StandardEvent("StartTrial", "began a free trial", recommended=_WORTH),
    StandardEvent("SubmitApplication", "applied for something"),
    StandardEvent("Subscribe", "took out a subscription", recommended=_WORTH),
)
EVENT_NAMES = tuple(event.name for event in STANDARD_EVENTS)

# What GA4 and TikTok call the same moments, where it is more than another way to spell Meta's name.
FOREIGN_NAMES = {
    "viewitem": "ViewContent",
    "begincheckout": "InitiateCheckout",
    "generatelead": "Lead",
    "signup": "CompleteRegistration",
    "completepayment": "Purchase",
    "placeanorder": "Purchase",
    "submitform": "Lead",
}
# Standard at TikTok, and nothing of the kind at Meta.
TIKTOK_ONLY = ("ApplicationApproval", "ClickButton", "Download")


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


def respelt(event_name: str) -> str | None:
    """The standard name that this one is but for capitals and for signs between its words; None for any other."""
    return None if event_name in EVENT_NAMES else _BY_LETTERS.get(_folded(event_name))


def suggestion(event_name: str) -> str | None:
    """The standard name that a custom one was probably meant to be, or None; exact names need no suggestion."""
    if event_name in EVENT_NAMES:
        return None
    letters = _folded(event_name)
    return respelt(event_name) or FOREIGN_NAMES.get(letters) or _BY_LETTERS.get(letters.removesuffix("s"))


def _folded(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


_BY_LETTERS = {_folded(name): name for name in EVENT_NAMES}
