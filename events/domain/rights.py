"""Who may do what: the one table. Everything that asks "may they?" asks here."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    MARKETER = "marketer"
    SUPPORT = "support"
    ADMIN = "admin"


class Action(StrEnum):
    COMPOSE = "compose"  # compose, send, correct, duplicate
    SEE_LOG = "see_log"  # any exchange, the buyer's values masked
    SEE_CLEAR = "see_clear"  # the buyer's values as they were sent
    RESEND = "resend"
    EXPORT_CLEAR = "export_clear"
    MARK = "mark"  # pin, tag, note; work error groups
    CHANGE_NOTE = "change_note"
    REMOVE_NOTE = "remove_note"
    CHANGE_SEARCH = "change_search"  # rename a saved search, or let it look for something else
    REMOVE_SEARCH = "remove_search"
    CHANGE_PRESET = "change_preset"  # rename or remove a saved composition that others start from, too
    KEEP_CATALOGUE = "keep_catalogue"  # what a store sells: the choices of whoever composes for it, and never a secret
    MANAGE_STORES = "manage_stores"  # stores and storefront keys
    MANAGE_PEOPLE = "manage_people"
    MANAGE_DATA = "manage_data"  # how long deliveries are kept, and erasing a buyer
    SEE_AUDIT = "see_audit"
    OWN_ACCOUNT = "own_account"  # one's own name, time zone and password


_EVERYONE = frozenset(Role)
_SUPPORT_UP = frozenset({Role.SUPPORT, Role.ADMIN})
_ADMIN = frozenset({Role.ADMIN})

_ANY = {
    Action.COMPOSE: _EVERYONE,
    Action.SEE_LOG: _EVERYONE,
    Action.SEE_CLEAR: _SUPPORT_UP,
    Action.RESEND: _SUPPORT_UP,
    Action.EXPORT_CLEAR: _SUPPORT_UP,
    Action.MARK: _SUPPORT_UP,
    Action.CHANGE_NOTE: frozenset(),
    Action.REMOVE_NOTE: _ADMIN,
    Action.CHANGE_SEARCH: frozenset(),
    Action.REMOVE_SEARCH: _ADMIN,
    Action.CHANGE_PRESET: _SUPPORT_UP,
    Action.KEEP_CATALOGUE: _EVERYONE,
    Action.MANAGE_STORES: _ADMIN,
    Action.MANAGE_PEOPLE: _ADMIN,
    Action.MANAGE_DATA: _ADMIN,
    Action.SEE_AUDIT: _ADMIN,
    Action.OWN_ACCOUNT: _EVERYONE,
}
# What a role may do to its own beyond the table above: what it sent, the notes it wrote, the searches and presets it
# saved, the error groups it has or takes while nobody has them.
_OWN = {
    Action.SEE_CLEAR: _EVERYONE,
    Action.RESEND: _EVERYONE,
    Action.MARK: _EVERYONE,
    Action.CHANGE_NOTE: _EVERYONE,
    Action.REMOVE_NOTE: _EVERYONE,
    Action.CHANGE_SEARCH: _EVERYONE,
    Action.REMOVE_SEARCH: _EVERYONE,
    Action.CHANGE_PRESET: _EVERYONE,
}


def may(role: str, action: Action, *, own: bool = False) -> bool:
    """Whether a role may do this; `own` where the delivery, note, search, preset or group is that person's."""
    return role in _ANY[action] or (own and role in _OWN.get(action, frozenset()))


def needs_reason(role: str, action: Action, *, own: bool = False) -> bool:
    """Whether a reason must be given and recorded: seeing somebody else's buyer in clear, exporting in clear."""
    return action is Action.EXPORT_CLEAR or (action is Action.SEE_CLEAR and not own)
