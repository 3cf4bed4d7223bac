"""The words of which `believable` makes deliveries: data only."""

from __future__ import annotations

from dataclasses import dataclass

from events.domain.outcome import Outcome


@dataclass(frozen=True)
class Shop:
    name: str
    host: str
    orders: str
    weight: int


@dataclass(frozen=True)
class Failure:
    """One way to fail. `words` are what the log shows; `{trace}` and `{number}` differ each time."""

    outcome: Outcome
    status: int | None
    weight: int
    words: str


# Few shops send most: the weights fall as they do among tenants.
SHOPS = tuple(
    Shop(name, host, orders, weight)
    for name, host, orders, weight in (
        ("Isian: Batik Nusantara", "batiknusantara.example", "BTK", 300),
        ("Isian: Hijab Melati", "hijabmelati.example", "HJM", 220),
        ("Isian: Kopi Senja", "kopisenja.example", "KPS", 140),
        ("Isian: Sepatu Cibaduyut", "sepatucibaduyut.example", "SPT", 90),
        ("Isian: Herbal Lestari", "herballestari.example", "HRB", 60),
        ("Isian: Rumah Rotan", "rumahrotan.example", "RTN", 45),
        ("Isian: Madu Rimba", "madurimba.example", "MDR", 35),
        ("Isian: Kerudung Ayu", "kerudungayu.example", "KRD", 25),
        ("Isian: Teh Gunung", "tehgunung.example", "THG", 20),
        ("Isian: Sambal Bu Tini", "sambalbutini.example", "SBT", 15),
        ("Isian: Tas Anyaman", "tasanyaman.example", "TSA", 12),
        ("Isian: Gamis Zahra", "gamiszahra.example", "GMZ", 9),
        ("Isian: Keripik Balado", "keripikbalado.example", "KRB", 7),
        ("Isian: Mainan Kayu", "mainankayu.example", "MNK", 6),
        ("Isian: Sabun Serai", "sabunserai.example", "SBS", 5),
        ("Isian: Tenun Toraja", "tenuntoraja.example", "TNT", 4),
        ("Isian: Kue Lapis", "kuelapis.example", "KLP", 3),
        ("Isian: Bibit Anggrek", "bibitanggrek.example", "BBA", 2),
        ("Isian: Perak Kotagede", "perakkotagede.example", "PRK", 1),
        ("Isian: Lampu Bambu", "lampubambu.example", "LPB", 1),
    )
)

EVENTS = {
    "PageView": 40, "ViewContent": 18, "AddToCart": 10, "InitiateCheckout": 7, "Purchase": 6, "Lead": 5, "Search": 4,
    "AddPaymentInfo": 3, "CompleteRegistration": 3, "AddToWishlist": 2, "Contact": 1, "Subscribe": 1,
}  # fmt: skip

_R = Outcome.REJECTED
FAILURES = (
    Failure(_R, 400, 20, "events[0].event_id: can't be blank"),
    Failure(_R, 400, 14, "user_data.ph: is not a valid phone number"),
    Failure(_R, 400, 12, "user_data.em: is not a valid e-mail address"),
    Failure(_R, 400, 10, "variants[0].variant_unique_id: was not found in this store"),
    Failure(_R, 400, 9, "variants[0].quantity: 0 is less than 1"),
    Failure(_R, 400, 8, "events[0].event_name: is not included in the list"),
    Failure(_R, 400, 6, "event_source_url: is not a valid URL"),
    Failure(_R, 400, 5, "events[0].parameters.currency: must have 3 letters"),
    Failure(_R, 400, 5, "events[0].parameters.value: must be a number"),
    Failure(_R, 400, 3, "user_data: must hold at least one of em, ph, external_id"),
    Failure(_R, 400, 3, "events: must hold at most 50 entries, got {number}"),
    Failure(_R, 400, 2, "Unexpected token in JSON at position {number}"),
    Failure(_R, 401, 6, "The storefront API key is invalid"),
    Failure(_R, 401, 2, "The storefront API key was revoked, request {trace}"),
    Failure(_R, 403, 4, "This origin is not allowed for the store"),
    Failure(_R, 403, 2, "The pixel of this store is not connected"),
    Failure(_R, 413, 1, "The request body is too large"),
    Failure(_R, 422, 5, "user_data.fbc: has no creation time"),
    Failure(_R, 422, 4, "user_data.external_id: must be text"),
    Failure(_R, 422, 2, "events[0].parameters.contents[0].id: unknown item, request {trace}"),
    Failure(Outcome.NOT_FOUND, 404, 8, "Store not found"),
    Failure(Outcome.RATE_LIMITED, 429, 12, "Too many requests, try again in {number} seconds"),
    Failure(Outcome.SERVER_ERROR, 500, 6, "Internal server error, request {trace}"),
    Failure(Outcome.SERVER_ERROR, 502, 8, "Bad gateway"),
    Failure(Outcome.SERVER_ERROR, 503, 6, "Service unavailable, request {trace}"),
    Failure(Outcome.SERVER_ERROR, 504, 4, "Gateway timeout"),
    Failure(Outcome.UNEXPECTED, 302, 1, "Found"),
    Failure(Outcome.TIMED_OUT, None, 12, "no answer within 20 seconds"),
    Failure(Outcome.UNREACHABLE, None, 8, "connection refused"),
    Failure(Outcome.INTERRUPTED, None, 5, "connection reset by peer"),
)

FIRST_NAMES = (
    "Wulan", "Sari", "Dewi", "Rani", "Putri", "Ayu", "Intan", "Citra", "Lestari", "Fitri", "Nadia", "Ratna", "Siti",
    "Nur Aini", "Maya", "Dian", "Yuni", "Rina", "Indah", "Kartika", "Budi", "Agus", "Dimas", "Bayu", "Rizky", "Fajar",
    "Andi", "Hendra", "Joko", "Arif", "Galih", "Yusuf", "Ilham", "Teguh", "Wahyu", "Eko", "Reza", "Bagas", "Aditya",
    "Surya",
)  # fmt: skip
LAST_NAMES = (
    "Pertiwi", "Anggraini", "Lestari", "Wijaya", "Santoso", "Nugroho", "Saputra", "Kusuma", "Hidayat", "Rahmawati",
    "Permata", "Setiawan", "Gunawan", "Hartono", "Maharani", "Utami", "Wibowo", "Prasetyo", "Siregar", "Nasution",
    "Simanjuntak", "Hutapea", "Harahap", "Lubis", "Suryadi", "Firmansyah", "Ramadhan", "Maulana", "Kurniawan",
    "Halim", "Salim", "Tanjung", "Pratama", "Yulianti", "Handayani", "Susanti", "Puspita", "Oktaviani", "Safitri",
    "Wulandari",
)  # fmt: skip
MAIL_HOSTS = ("surat.example", "surat.example", "surat.example", "pos.example", "kotak.example", "kantor.example")
AREAS = (
    ("jakarta selatan", "dki jakarta", "12190"),
    ("bandung", "jawa barat", "40115"),
    ("surabaya", "jawa timur", "60271"),
    ("yogyakarta", "di yogyakarta", "55281"),
    ("semarang", "jawa tengah", "50134"),
    ("medan", "sumatera utara", "20111"),
    ("makassar", "sulawesi selatan", "90111"),
    ("denpasar", "bali", "80234"),
)
ARRIVALS = (
    "https://www.instagram.com/", "https://www.facebook.com/", "https://www.google.com/", "https://www.tiktok.com/", "",
)  # fmt: skip
BROWSERS = (
    "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile "
    "Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13; RMX3686) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile "
    "Safari/537.36 Instagram 354.0.0.40.94 Android",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
)
# (part of the item ID, part of the page's path, price in IDR)
PRODUCTS = (
    ("KemejaParang", "kemeja-batik-parang", 189_000), ("KemejaKawung", "kemeja-batik-kawung", 199_000),
    ("GamisSogan", "gamis-batik-sogan", 329_000), ("HijabVoal", "hijab-voal-motif", 79_000),
    ("PashminaSilk", "pashmina-silk-premium", 99_000), ("KopiGayo", "kopi-arabika-gayo-250g", 95_000),
    ("KopiToraja", "kopi-toraja-sapan-250g", 105_000), ("SepatuKulit", "sepatu-kulit-pria", 459_000),
    ("SandalJepit", "sandal-kulit-jepit", 149_000), ("MaduHutan", "madu-hutan-500ml", 135_000),
    ("TehHijau", "teh-hijau-pucuk-100g", 65_000), ("SambalRoa", "sambal-roa-botol", 45_000),
    ("TasRotan", "tas-rotan-bundar", 275_000), ("KursiRotan", "kursi-rotan-teras", 850_000),
    ("Keripik", "keripik-singkong-balado", 25_000), ("SabunSerai", "sabun-serai-batang", 32_000),
    ("TenunIkat", "kain-tenun-ikat", 650_000), ("LapisLegit", "kue-lapis-legit-loyang", 310_000),
    ("CincinPerak", "cincin-perak-ukir", 225_000), ("LampuBambu", "lampu-bambu-gantung", 185_000),
)  # fmt: skip
