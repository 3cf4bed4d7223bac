"""A key or a token is known by its form wherever it stands, and nothing that a shop would write passes for one."""

from __future__ import annotations

import pytest

from events.domain.credentials import has_secret_key
from events.domain.reading import read_pasted
from events.domain.redaction import hide_keys, scrub

META = "EAABsbCS1iHgBAKZCZCwulan88212batik"
SECRETS = [
    "sk_live_51Hq8Zt",
    "SK_LIVE_TokoBatik88212",
    "rk_test_rahasia",
    "sk_4fQ9xTokoBatik",
    "rk_1234567890123456",
    "sk_9f86d081884c7d659a2feaa0c55ad015",
    "sk_4fQ9x-ToKo_BaT7k-Nus_Ant4",
    "sk_550e8400-e29b-41d4-a716-446655440000",
]
PRODUCTS = ["rk_batik_merah", "sk_batik_merah_xl_01", "RK_KEMEJA_PARANG_2024", "sk_Kemeja-Parang-Panjang", "rk_merah"]


@pytest.mark.parametrize("key", SECRETS)
def test_a_secret_key_is_shown_to_nobody(key: str) -> None:
    for text in (f"see {key}.", f"key={key}", f"a%3D{key}%26", f'{{\\"k\\":\\"x\\n{key}\\"}}'):
        assert has_secret_key(text)
        assert key not in hide_keys(text)
        assert key not in scrub(text)


@pytest.mark.parametrize("code", PRODUCTS)
def test_a_products_code_is_no_secret_key(code: str) -> None:
    assert not has_secret_key(code)
    assert hide_keys(code) == code


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f'"access_token":"{META}"+x', '"access_token":"EAA_•••"+x'),
        (f"access_token%22%3A%22{META}%22", "access_token%22%3A%22EAA_•••%22"),
        ("Authorization: Bearer SECRETsecret88212", "Authorization: Bearer •••"),
        ("bearer eyJhbGciOiJIUzI1NiJ9.e30.x-y_z", "bearer •••"),
    ],
)
def test_a_token_is_shown_to_nobody(text: str, shown: str) -> None:
    assert hide_keys(text) == shown


@pytest.mark.parametrize("text", ["the bearer of good tidings", "Bearer $TOKEN", "Bearer {{token}}", "EAABatik", "•••"])
def test_what_only_speaks_of_tokens_stays(text: str) -> None:
    assert hide_keys(text) == text


@pytest.mark.parametrize(
    "text",
    [
        f'{{"access_token":"{META}", "data":[}}',
        f"fetch('https://graph.facebook.com', {{method: 'POST', body: JSON.stringify({{access_token:\"{META}\"+x}})}})",
        f'{{"user_data":{{}},"events":[{{"event_name":"Lead","parameters":{{"note":"Bearer {META}"}}}}]}}',
        '{"user_data":{},"events":[{"event_name":"Lead","parameters":{"note":"Bearer SECRET-rahasia-88212"}}]}',
    ],
)
def test_no_import_holds_a_token(text: str) -> None:
    told = repr(read_pasted(text))

    assert META[:20] not in told
    assert "rahasia" not in told


@pytest.mark.parametrize("code", PRODUCTS)
def test_an_import_takes_a_products_code_over(code: str) -> None:
    (found,) = read_pasted(
        f'{{"user_data":{{}},"events":[{{"event_name":"Lead","parameters":{{"sku":"{code}"}}}}]}}'
    ).found

    assert code in repr(found.payload)
