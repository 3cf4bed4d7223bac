"""Preset dictionaries for compressing small bodies: without one, 1.5 KB of JSON hardly shrinks.

A dictionary is part of the stored format. Never change one: add the next version and keep the old ones for ever.
"""

from __future__ import annotations

NEWEST = 1

_ONE = (
    b'application/json; charset=utf-8"],["Server","cloudflare"],["Date","Mon, 01 Jan 2026 00:00:00 GMT"],'
    b'["X-Ratelimit-Limit","600"],["X-Ratelimit-Remaining","599"],["X-Ratelimit-Reset","60"],["Retry-After","30"],'
    b'["Content-Length","0"],["Connection","keep-alive"],["Vary","origin"],["Content-Type","text/html"],'
    b'{"error":"Store not found"}{"error":"Bad request","errors":{"events":["can\'t be blank"],"message":"'
    b'"failure":null,"failure_detail":"","reason":"No Content","response_size":0,"body_marks":[],"peer":"",'
    b'"timings":{"dns_ms":null,"connect_ms":null,"tls_ms":null,"send_ms":null,"first_byte_ms":null,"receive_ms":'
    b'"findings":[{"code":"S004","severity":"warning","path":["events",0,"parameters"],"message":"","hint":"",'
    b'"method":"POST","url":"https://api.scalev.com/v3/stores/store_/public/analytics/meta/events","headers":'
    b'[["User-Agent","Scalev-Console/1.0"],["Accept-Encoding","gzip"],["Accept","application/json"],'
    b'["Content-Type","application/json"],["X-Scalev-Storefront-Api-Key","sfpk_"]]'
    b'"client_ip_address":"","client_user_agent":"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like '
    b'Gecko) Chrome/131.0.0.0 Mobile Safari/537.36","test_event_code":"TEST'
    b'"predicted_ltv":0,"status":true,"search_string":"","delivery_category":"home_delivery","num_items":1,'
    b'"PageView""ViewContent""AddToCart""InitiateCheckout""AddPaymentInfo""CompleteRegistration""Lead""Purchase"'
    b'{"event_source_url":"https://.co.id/checkout","referrer_url":"https://www.instagram.com/","user_data":{"fn":"",'
    b'"ln":"","em":"@gmail.com","ph":"6281","ct":"jakarta selatan","st":"jawa barat","country":"id","fbc":"fb.1.17'
    b'","fbp":"fb.1.17","external_id":"cust_","location_id":},"events":[{"event_id":"ord-","event_name":"Purchase",'
    b'"parameters":{"value":189000,"currency":"IDR","order_id":"","content_type":"product","content_ids":["variant_'
    b'"],"contents":[{"id":"variant_","quantity":1,"item_price":149000}],"num_items":1}}],'
    b'"variants":[{"variant_unique_id":"variant_","quantity":1}],'
    b'"bundle_price_options":[{"bundle_price_option_unique_id":"bundle_price_option_","quantity":1}]}'
)

DICTIONARIES = {1: _ONE}
