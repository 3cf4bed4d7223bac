"""Codes of countries (ISO 3166-1 alpha-2, small letters) and currencies (ISO 4217, capitals)."""

from __future__ import annotations

import re

from events.domain.matching import fold

_COUNTRIES = """
    ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz
    ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo
    fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je
    jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo
    mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw
    py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm
    tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
"""
COUNTRIES = frozenset(_COUNTRIES.split())
_CURRENCIES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
    USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CURRENCIES.split())
# What people write instead of the code, with letters and signs only.
COUNTRY_NAMES = {
    "indonesia": "id", "idn": "id", "ina": "id", "uk": "gb", "england": "gb", "unitedkingdom": "gb", "gbr": "gb",
    "malaysia": "my", "mys": "my", "singapore": "sg", "singapura": "sg", "sgp": "sg", "thailand": "th", "tha": "th",
    "philippines": "ph", "filipina": "ph", "phl": "ph", "vietnam": "vn", "vnm": "vn", "brunei": "bn",
    "timorleste": "tl", "australia": "au", "aus": "au", "unitedstates": "us", "usa": "us", "amerikaserikat": "us",
    "japan": "jp", "jepang": "jp", "jpn": "jp", "china": "cn", "tiongkok": "cn", "chn": "cn", "hongkong": "hk",
    "taiwan": "tw", "korea": "kr", "southkorea": "kr", "koreaselatan": "kr", "kor": "kr", "india": "in",
    "netherlands": "nl", "belanda": "nl", "germany": "de", "jerman": "de", "deu": "de", "saudiarabia": "sa",
    "arabsaudi": "sa", "sau": "sa", "turkey": "tr", "turki": "tr",
}  # fmt: skip
CURRENCY_NAMES = {
    "RP": "IDR", "RUPIAH": "IDR", "RPS": "IDR", "IND": "IDR", "US$": "USD", "USD$": "USD", "$": "USD", "DOLLAR": "USD",
    "€": "EUR", "EURO": "EUR", "£": "GBP", "RM": "MYR", "RINGGIT": "MYR", "S$": "SGD", "A$": "AUD", "¥": "JPY",
    "YEN": "JPY", "฿": "THB", "BAHT": "THB",
}  # fmt: skip


def country_meant(text: str) -> str:
    """The code of a country that is written as a code in any case, or by its name; "" where it is open."""
    written = text.strip().lower()
    return written if written in COUNTRIES else COUNTRY_NAMES.get(re.sub(r"[^a-z]", "", fold(text)), "")
