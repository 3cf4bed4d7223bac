"""Commands for operators, scripts and `make`: the product without a browser.

Purpose: one module a command; what commands share stands beside `commands/`.

May import: `delivery`, `models`, `domain` and `sandbox`.
Must not import: `urls`, `views` and `checks`; the checks are asked through Django.
"""
