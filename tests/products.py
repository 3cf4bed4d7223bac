"""A storefront's product payload with believable items, as tests paste it."""

from __future__ import annotations

import json
from typing import Any

PARANG_L, PARANG_M = "variant_KemejaBatikParangL", "variant_KemejaBatikParangM"
UNIFORM = "bundle_price_option_PaketSeragam"


def variant(unique_id: str | None, name: str, price: object = "149000.00", **more: Any) -> dict[str, Any]:
    return {"id": 494535, "unique_id": unique_id, "name": name, "price": price, "currency": "IDR", **more}


def shirt(*variants: dict[str, Any], name: str = "Kemeja Batik Parang") -> dict[str, Any]:
    """A product as `public/products/{slug}` answers it; with two sizes where no variants are given."""
    sizes = list(variants) or [variant(PARANG_L, "L", sku="KBP-L"), variant(PARANG_M, "M")]
    return {"id": 7, "entity_type": "product", "slug": "kemeja-batik-parang", "name": name, "variants": sizes}


def bundle() -> dict[str, Any]:
    """A bundle as `public/bundle-price-options/{slug}` answers it."""
    kind = {"id": 9, "entity_type": "bundle_price_option"}
    return {**kind, "unique_id": UNIFORM, "name": "Paket Seragam", "price": 40000}


def payload(*products: dict[str, Any]) -> str:
    return json.dumps({"data": list(products) or [shirt(), bundle()]})
