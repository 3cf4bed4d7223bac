"""Facts of Scalev's published contract for `POST …/public/analytics/meta/events`, as data.

Source: the operation `sendStorefrontMetaConversionEvent` of Scalev's OpenAPI description, version 3.0.0.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

PATH = "/v3/stores/{store_id}/public/analytics/meta/events"
KEY_HEADER = "X-Scalev-Storefront-Api-Key"
KEY_PREFIX = "sfpk_"
# requests lets NUL, tabs, trailing blanks and latin-1 into a header: the form is ours to hold.
KEY_FORM = re.compile(r"[\x21-\x7e]{8,256}\Z")
STORE_ID_FORM = re.compile(r"store_[A-Za-z0-9_-]{1,120}\Z")

URL_KEYS = ("event_source_url", "referrer_url")
REQUIRED_KEYS = ("user_data", "events")
TOP_KEYS = (*URL_KEYS, "user_data", "events", "variants", "bundle_price_options")

USER_TEXT_KEYS = ("fn", "ln", "em", "ph", "ct", "st", "country", "fbc", "fbp", "external_id")
USER_INTEGER_KEY = "location_id"
USER_READ_ONLY_KEYS = ("client_ip_address", "client_user_agent")
USER_KEYS = (*USER_TEXT_KEYS, USER_INTEGER_KEY, *USER_READ_ONLY_KEYS)

EVENT_REQUIRED_KEYS = ("event_id", "event_name")
EVENT_KEYS = (*EVENT_REQUIRED_KEYS, "parameters")

# Lists of lines in the cart, each with the key that names its item. Nothing but that key and `quantity` may stand.
LINE_ID_KEYS = {"variants": "variant_unique_id", "bundle_price_options": "bundle_price_option_unique_id"}
MINIMUM_QUANTITY = 1
MINIMUM_EVENTS = 1

KNOWN_KEYS = frozenset((*TOP_KEYS, *USER_KEYS, *EVENT_KEYS, *LINE_ID_KEYS.values(), "quantity"))

DOCUMENTED_STATUSES = (204, 400, 404, 429)


def url(origin: str, store_id: str) -> str:
    """The address of a store's endpoint: `origin` has a scheme and a host and no path."""
    return origin.rstrip("/") + PATH.format(store_id=quote(store_id, safe=""))


def store_id_in(address: str) -> str:
    """The store ID in an address of the endpoint, "" where there is none."""
    _before, _found, rest = address.partition(PATH.partition("{")[0])
    return unquote(rest.partition("/")[0])
