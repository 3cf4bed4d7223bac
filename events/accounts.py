"""What sign-in may do here: let people in, and nobody sign up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """People come by an admin's invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
