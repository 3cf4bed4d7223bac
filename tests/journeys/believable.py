"""A shop's busy afternoon, as the pictures of the README show it: invented people, stores and orders."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shop:
    """A store; `store_id` chooses how the sandbox answers it."""

    name: str
    store_id: str
    environment: str = "production"


BATIK = Shop("Batik Nusantara", "store_BatikNusantara4Tm9Rw")
KOPI = Shop("Kopi Gayo Bu Sri", "store_sandbox_rate_limit_Gayo")
SEPATU = Shop("Sepatu Cibaduyut", "store_sandbox_slow_Cibaduyut")
ANYAMAN = Shop("Anyaman Tasik", "store_sandbox_not_found_Tasik")
KERAMIK = Shop("Keramik Plered", "store_sandbox_unavailable_Plered")
TRIAL = Shop("Batik Nusantara (uji coba)", "store_BatikUjiCoba8Ln3Vc", "sandbox")
SHOPS = (BATIK, KOPI, SEPATU, ANYAMAN, KERAMIK, TRIAL)


@dataclass(frozen=True)
class Buyer:
    first: str
    last: str
    phone: str
    city: str

    @property
    def typed(self) -> dict[str, str]:
        """What is typed into the composer about her, by label."""
        email = f"{self.first}.{self.last}@contoh.id".lower().replace(" ", "")
        return {
            "E-mail": email,
            "Phone": self.phone,
            "First name": self.first,
            "Last name": self.last,
            "City": self.city,
            "Country": "id",
        }


WULAN = Buyer("Wulan", "Pertiwi", "6281290076543", "bandung")
BAGUS = Buyer("Bagus", "Prakoso", "6285711402286", "semarang")
SEKAR = Buyer("Sekar", "Lestari", "6282133907415", "surakarta")
RATNA = Buyer("Ratna", "Kusuma", "6281355620918", "makassar")
YOGA = Buyer("Yoga", "Saputra", "6289622781340", "denpasar")
INTAN = Buyer("Intan", "Maharani", "6287880215573", "medan")


@dataclass(frozen=True)
class Sale:
    """One event: who sent it, how many minutes ago, and about how long it took when nothing was wrong."""

    minutes_ago: float
    by: str
    shop: Shop
    event: str
    buyer: Buyer | None
    item: str = ""
    quantity: str = "1"
    value: str = ""
    took_ms: int = 180


# Oldest first, as they were sent.
SALES = (
    Sale(1610, "marketer", BATIK, "Purchase", RATNA, "variant_SarungTenunTroso", "1", "365000", 214),
    Sale(1544, "support", KOPI, "Purchase", YOGA, "variant_KopiGayo250g", "3", "267000"),
    Sale(1480, "marketer", BATIK, "ViewContent", None, "", "1", "", 131),
    Sale(1322, "marketer", SEPATU, "InitiateCheckout", BAGUS, "variant_PantofelKulit42", "1", "489000"),
    Sale(388, "marketer", BATIK, "AddToCart", SEKAR, "variant_KebayaKutubaruM", "1", "425000", 176),
    Sale(371, "marketer", BATIK, "Purchase", SEKAR, "variant_KebayaKutubaruM", "1", "425000", 238),
    Sale(302, "support", ANYAMAN, "Purchase", INTAN, "variant_TasAnyamanPandan", "2", "318000", 162),
    Sale(266, "marketer", TRIAL, "Lead", BAGUS, "", "1", "", 93),
    Sale(241, "marketer", BATIK, "Purchase", YOGA, "variant_KemejaBatikParangXL", "1", "189000", 201),
    Sale(188, "marketer", KERAMIK, "Purchase", INTAN, "variant_MugPleredBiru", "6", "270000", 344),
    Sale(97, "support", BATIK, "Purchase", RATNA, "variant_KemejaBatikParangL", "2", "378000", 187),
    Sale(64, "marketer", BATIK, "InitiateCheckout", INTAN, "variant_SarungTenunTroso", "1", "365000", 155),
    Sale(41, "marketer", KOPI, "AddToCart", RATNA, "variant_KopiGayo1kg", "1", "245000", 88),
    Sale(22, "marketer", BATIK, "ViewContent", None, "", "1", "", 119),
    Sale(9, "marketer", BATIK, "AddToCart", WULAN, "variant_KemejaBatikParangL", "2", "378000", 168),
    Sale(4, "marketer", BATIK, "InitiateCheckout", WULAN, "variant_KemejaBatikParangL", "2", "378000", 243),
)
