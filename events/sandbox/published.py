"""The published request schema of the Meta events endpoint, as data.

Written from the OpenAPI document alone; compare it line by line when Scalev publishes a new one.
`format: uri` and `readOnly` are annotations there and decide nothing, so they are not listed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Text:
    """`type: string`."""

    nullable: bool = False


@dataclass(frozen=True)
class Whole:
    """`type: integer`; `positive` is `minimum: 1`."""

    nullable: bool = False
    positive: bool = False


@dataclass(frozen=True)
class Items:
    """`type: array`."""

    of: "Schema"
    at_least: int = 0


@dataclass(frozen=True)
class Members:
    """`type: object`; `closed` is `additionalProperties: false`."""

    known: Mapping[str, "Schema"]
    required: tuple[str, ...] = ()
    closed: bool = False


Schema: TypeAlias = Text | Whole | Items | Members

_NULLABLE_TEXT = Text(nullable=True)
_TEXTS_OF_USER_DATA = (
    "fn", "ln", "em", "ph", "ct", "st", "country", "fbc", "fbp", "external_id",
    "client_ip_address", "client_user_agent",
)  # fmt: skip

USER_DATA = Members(
    known={
        **dict.fromkeys(_TEXTS_OF_USER_DATA, _NULLABLE_TEXT),
        "location_id": Whole(nullable=True),
    }
)

EVENT = Members(
    known={"event_id": Text(), "event_name": Text(), "parameters": Members(known={})},
    required=("event_id", "event_name"),
    closed=True,
)

VARIANT_LINE = Members(
    known={"variant_unique_id": Text(), "quantity": Whole(positive=True)},
    required=("variant_unique_id", "quantity"),
    closed=True,
)

BUNDLE_LINE = Members(
    known={"bundle_price_option_unique_id": Text(), "quantity": Whole(positive=True)},
    required=("bundle_price_option_unique_id", "quantity"),
    closed=True,
)

BODY = Members(
    known={
        "event_source_url": _NULLABLE_TEXT,
        "referrer_url": _NULLABLE_TEXT,
        "user_data": USER_DATA,
        "events": Items(of=EVENT, at_least=1),
        "variants": Items(of=VARIANT_LINE),
        "bundle_price_options": Items(of=BUNDLE_LINE),
    },
    required=("user_data", "events"),
)
