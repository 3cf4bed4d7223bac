"""The guard against a corpus of addresses that lead, or once led, somebody inside."""

import ipaddress

import pytest

from events.delivery.guard import Blocked, check_answers, check_origin, check_peer, check_url, may_reach

ORIGIN = "https://api.contoh.id"


def listed(addresses: str) -> list[str]:
    return addresses.split()


CLOSED = listed("""
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
    168.63.129.16 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1
    192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1
    203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 ::2
    64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b::8.8.8.8 64:ff9b:1::7f00:1 100::1 2001::1 2001:0:7f00:1:: 2001:10::1
    2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1:: 2620:4f:8000::1 3fff::1 3fff:fff::1 4000::1 5f00::1
    fc00::1 fd00:ec2::254 fdff::1 fe80::1 fe80::1%1 febf::1 fec0::1 feff::1 ff02::1 ff0e::1
""")

LOOPBACK = ("127.0.0.1", "127.255.255.254", "::1")

OPEN = listed("""
    1.1.1.1 8.8.8.8 93.184.215.14 100.63.255.255 100.128.0.1 168.63.129.15 172.15.255.255 172.32.0.1 192.0.1.1
    198.17.255.255 223.255.255.255 2001:200::1 2001:4860:4860::8888 2606:4700::1111 2a00:1450:4001::1 3ffe::1
""")

ODD_URLS = [
    "",
    "api.contoh.id/x",
    "//api.contoh.id/x",
    "ftp://api.contoh.id/x",
    "https:/api.contoh.id/x",
    "https:///x",
    "https://api.contoh.id:0/x",
    "https://api.contoh.id:65536/x",
    "https://api.contoh.id:/x",
    "https://api.contoh.id:٤٤٣/x",
    "https://wulan@api.contoh.id/x",
    "https://wulan:rahasia@api.contoh.id/x",
    "https://api.contoh.id@127.0.0.1/x",
    "https://api.contoh.id\\@127.0.0.1/x",
    "https://127.0.0.1\\.api.contoh.id/x",
    "https://api.contoh.id/x\\y",
    "https://api.contoh.id#@127.0.0.1/x",
    "https://api.contoh.id/x#y",
    "https://api.contoh.id/x?y=z",
    "https://api.contoh.id/x y",
    "https://api.contoh.id/x\n",
    "https://api.contoh.id/x\r\nX-Evil: 1",
    "https://api.contoh.id\t/x",
    "https://api.contoh\x00.id/x",
    " https://api.contoh.id/x",
    "https://api.contoh.id/../x",
    "https://api.contoh.id/a/./x",
    "https://api.contoh.id/%2e%2E/x",
    "https://api.contoh.id/toko-batik-é",
    "https://api.contoh.id./x",
    "https://api..contoh.id/x",
    "https://-api.contoh.id/x",
    "https://api_.contoh.id/x",
    f"https://{'a' * 64}.contoh.id/x",
    f"https://{'a.' * 127}contoh.id/x",
    "https://ⓐpi.contoh.id/x",
    "https://api。contoh。id/x",
    "https://аpi.contoh.id/x",
    "https://127.0.0.1:443/x",
    "https://127.1/x",
    "https://127.0.1/x",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://0x7f.0.0.1/x",
    "https://0177.0.0.1/x",
    "https://127.0.0.01/x",
    "https://1.1.1.0x1/x",
    "https://256.1.1.1/x",
    "https://1.2.3.4.5/x",
    "https://127.0.0.1.:443/x",
    "https://１２７.0.0.1/x",
    "https://[::1/x",
    "https://::1/x",
    "https://[fe80::1%25eth0]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://[1.1.1.1]/x",
    "https://[api.contoh.id]/x",
]


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_public_may_not_be_reached(address: str) -> None:
    assert not may_reach(ipaddress.ip_address(address), loopback=False)
    with pytest.raises(Blocked):
        check_answers([address], loopback=False)


@pytest.mark.parametrize("address", OPEN)
def test_a_public_address_may_be_reached(address: str) -> None:
    assert [str(found) for found in check_answers([address], loopback=False)] == [address]


@pytest.mark.parametrize("address", [address for address in CLOSED if address not in LOOPBACK])
def test_an_origin_that_is_a_closed_address_is_refused(address: str) -> None:
    with pytest.raises(Blocked):
        check_origin(f"https://[{address}]" if ":" in address else f"https://{address}")


@pytest.mark.parametrize("url", ODD_URLS)
def test_a_url_with_two_readings_is_refused(url: str) -> None:
    with pytest.raises(Blocked):
        check_url(url, origin=ORIGIN)


@pytest.mark.parametrize("origin", [odd.removesuffix("/x") for odd in ODD_URLS if odd != "https://127.0.0.1:443/x"])
def test_an_origin_with_two_readings_is_refused(origin: str) -> None:
    with pytest.raises(Blocked):
        check_origin(origin)


@pytest.mark.parametrize(
    ("origin", "url"),
    [
        (ORIGIN, "https://api.contoh.id/v3/stores/store_x/public"),
        (ORIGIN, "https://api.contoh.id:443/x"),
        (ORIGIN, "HTTPS://API.contoh.ID/x"),
        (ORIGIN + "/", "https://api.contoh.id"),
        ("https://xn--n8jaaaaai.contoh.id:8443", "https://xn--n8jaaaaai.contoh.id:8443/x"),
        ("https://1.1.1.1", "https://1.1.1.1/x"),
        ("https://[2606:4700::1111]:8443", "https://[2606:4700::1111]:8443/x"),
        ("http://127.0.0.1:4010", "http://127.0.0.1:4010/v3/stores/store%20x"),
        ("http://127.8.8.8", "http://127.8.8.8/x"),
        ("http://[::1]:4010", "http://[::1]:4010/x"),
        ("https://127.0.0.1", "https://127.0.0.1/x"),
        ("https://1.id", "https://1.id/x"),
    ],
)
def test_a_plain_url_on_its_origin_passes(origin: str, url: str) -> None:
    assert check_url(url, origin=origin).loopback is ("127." in origin or "[::1]" in origin)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.contoh.id/x",
        "https://api.contoh.id:8443/x",
        "https://api.contoh.id.jahat.id/x",
        "https://jahat.id/api.contoh.id",
        "https://contoh.id/x",
    ],
)
def test_a_url_off_its_origin_is_refused(url: str) -> None:
    with pytest.raises(Blocked):
        check_url(url, origin=ORIGIN)


@pytest.mark.parametrize(
    "origin", ["http://api.contoh.id", "http://localhost:4010", "http://1.1.1.1", "http://10.0.0.1", "https://10.0.0.1"]
)
def test_plain_http_is_for_literal_loopback_addresses_only(origin: str) -> None:
    with pytest.raises(Blocked):
        check_origin(origin)


@pytest.mark.parametrize("origin", ["https://api.contoh.id/v3", "https://api.contoh.id/?", "https://api.contoh.id//"])
def test_an_origin_has_no_path(origin: str) -> None:
    with pytest.raises(Blocked):
        check_origin(origin)


@pytest.mark.parametrize(
    "answers", [["93.184.215.14", "127.0.0.1"], ["10.0.0.1", "93.184.215.14"], ["1.1.1.1", "fe80::1%2"], ["wulan"]]
)
def test_one_closed_answer_spoils_them_all(answers: list[str]) -> None:
    with pytest.raises(Blocked):
        check_answers(answers, loopback=False)


def test_a_name_that_leads_to_loopback_is_no_loopback_origin() -> None:
    target = check_origin("https://localhost")
    assert not target.loopback
    with pytest.raises(Blocked):
        check_answers(["127.0.0.1"], loopback=target.loopback)


@pytest.mark.parametrize("address", ["1.1.1.1", "10.0.0.1", "::ffff:127.0.0.1", "2606:4700::1111"])
def test_a_loopback_origin_leads_nowhere_else(address: str) -> None:
    assert not may_reach(ipaddress.ip_address(address), loopback=True)


def test_the_peer_has_to_be_the_address_that_was_chosen() -> None:
    chosen = ipaddress.ip_address("93.184.215.14")
    check_peer("93.184.215.14", chosen=chosen, loopback=False)
    for other in ("1.1.1.1", "127.0.0.1", "::ffff:93.184.215.14"):
        with pytest.raises(Blocked):
            check_peer(other, chosen=chosen, loopback=False)
