"""A buyer by what somebody else knows of her: an e-mail, a phone, an external ID."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.domain import matching
from events.domain.redaction import mask_email, mask_phone, mask_text


@dataclass(frozen=True, slots=True, repr=False)
class Buyer:
    """One or several of the three, each whole; "" where it is not known. Never printed: it is all that she is."""

    email: str = ""
    phone: str = ""
    external_id: str = ""

    def __bool__(self) -> bool:
        return bool(self.values)

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.email, self.phone, self.external_id)))

    @property
    def masked(self) -> str:
        """As a page may name her."""
        masks = (mask_email(self.email), mask_phone(self.phone) if self.phone else "", mask_text(self.external_id))
        return ", ".join(filter(None, masks))

    def forms(self) -> Iterator[tuple[str, str]]:
        """(kind, normal form) of each value: what the search hashes."""
        if self.email:
            yield "email", matching.email_form(self.email)
        if self.phone:
            yield "phone", matching.phone_form(self.phone)
        if self.external_id:
            yield "external", matching.external_form(self.external_id)
