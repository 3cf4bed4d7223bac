"""Preset dictionaries for compressing small bodies: without one, 1.5 KB of JSON hardly shrinks.

A dictionary is part of the stored format. Never change one: add the next version and keep the old ones for ever.
"""

from __future__ import annotations

NEWEST = 2

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

# What is alike in every record stands in one piece, as the sender writes it: most of a small record is its facts.
_TWO = (
    b'"content_name":"","content_category":"","contents":[{"id":"variant_","quantity":1,"item_price":149000,'
    b'"title":""}],"search_string":"","predicted_ltv":0,"status":true,"delivery_category":"home_delivery",'
    b'"ViewCategory","Donate","Schedule","StartTrial","SubmitApplication","FindLocation","CustomizeProduct",'
    b'"test_event_code":"TEST","Contact","Subscribe","AddToWishlist","CompleteRegistration","AddPaymentInfo","Search",'
    b'"di yogyakarta","sumatera utara","sulawesi selatan","bali","banten","dki jakarta","jawa tengah","jawa timur",'
    b'"surabaya","semarang","yogyakarta","medan","makassar","denpasar","bandung","bekasi","tangerang","depok","bogor",'
    b"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
    b"Safari/537.36 Edg/131.0.0.0 Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Mozilla/5.0 (iPhone; CPU iPhone OS "
    b"17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1 "
    b"[FBAN/FBIOS;FBAV/ Instagram 354.0.0.40.94 Android (34/14; 420dpi; 1080x2340; samsung; SM-A546E; a54x; in_ID; "
    b"Mozilla/5.0 (Linux; Android 13; RMX3686) Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 "
    + _ONE
    + b'{"status":null,"reason":"","headers":[],"request_headers":[["Content-Type","application/json"],["Accept",'
    b'"application/json"],["Accept-Encoding","identity"],["User-Agent","Scalev-Console/0.1"],'
    b'["X-Scalev-Storefront-Api-Key","sfpk_\xe2\x80\xa6"]],"failure":"timed_out","failure_detail":"",'
    b'"body_marks":["cut"],"response_size":0,"timings":{"dns_ms":null,"connect_ms":null,"tls_ms":null,"send_ms":0.1,'
    b'{"status":400,"reason":"Bad Request","headers":[["Server","cloudflare"],["Date","Mon, 01 Jan 2026 00:00:00 GMT"],'
    b'["Content-Type","application/json; charset=utf-8"],["Content-Length","'
    b'{"status":204,"reason":"No Content","headers":[["Date","Mon, 01 Jan 2026 00:00:00 GMT"],["Connection",'
    b'"keep-alive"],["Server","cloudflare"],["Vary","origin"],["X-Ratelimit-Limit","600"],["X-Ratelimit-Remaining",'
    b'"599"],["X-Ratelimit-Reset","60"],["cf-cache-status","DYNAMIC"],["cf-ray","-SIN"],["x-request-id","'
    b'"]],"request_headers":[["Content-Type","application/json"],["Accept","application/json"],["Accept-Encoding",'
    b'"identity"],["User-Agent","Scalev-Console/0.1"],["X-Scalev-Storefront-Api-Key","sfpk_\xe2\x80\xa6"]],'
    b'"failure":null,"failure_detail":"","body_marks":[],"response_size":0,"timings":{"dns_ms":null,"connect_ms":null,'
    b'"tls_ms":null,"send_ms":0.1,"first_byte_ms":18,"receive_ms":0.1,"total_ms":18},"peer":"104.18.:443",'
    b'"bytes_may_have_left":true}'
    b'{"method":"POST","url":"https://api.scalev.com/v3/stores/store_/public/analytics/meta/events","headers":'
    b'[["Content-Type","application/json"],["Accept","application/json"],["Accept-Encoding","identity"],["User-Agent",'
    b'"Scalev-Console/0.1"],["X-Scalev-Storefront-Api-Key","sfpk_\xe2\x80\xa6"]],"findings":[]}'
    b'{"event_source_url":"https://'
)

DICTIONARIES = {1: _ONE, 2: _TWO}
