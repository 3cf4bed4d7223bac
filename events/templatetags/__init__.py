"""How single values look on a page: an outcome, a moment, a duration, a JSON document.

May import: domain, models, Django. Must not import: views, forms, delivery, sandbox.
"""
