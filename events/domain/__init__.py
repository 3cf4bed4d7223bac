"""What the contract and Meta say, as pure functions on frozen values.

Purpose: the rules of the product. The same input gives the same answer, whoever asks and whenever:
time, when a rule needs it, is an argument.

May import: the standard library, and inside this room downwards only.
Must not import: Django, requests, the database, the clock, any other room.
"""
