"""What people paste: requests and browser calls in the form in which some other tool wrote them down.

Purpose: find the form of a text, read what stands in it, and say of everything else why it was not read. One module
for each form. Nothing is ever run, looked up or guessed: what only a running page knows is left out and named.

May import: the rest of `events.domain`. Must not import: Django, a clock, a database.
"""
