"""Sending: the only room that speaks HTTP.

Purpose: post one body to one configured origin within one deadline, and turn whatever happens into an `Exchange`;
around that, the rows that are written before a send and closed after it.

`client`, and what it stands on (`guard`, `sessions`, `sockets`, `resolving`, `attempt`, `body`, `failures`), know no
Django, no settings and no models: address, storefront key and deadline are arguments. Only `client` and `sessions`
may import requests and urllib3. `sender` joins the two halves.

May import: models, domain.
Must not import: views, forms, urls, management, sandbox.
"""
