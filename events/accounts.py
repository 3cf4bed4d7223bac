"""What allauth may do here: let people in who were invited, and nothing else of what it can."""

from __future__ import annotations

import math
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.core.internal.ratelimit import parse_rates
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.models.audit import Act, record
from events.models.person import Person, normal_email

TOO_MANY = "too_many_login_attempts"


class SignInForm(LoginForm):
    """allauth's form in the console's words, without placeholders that repeat the labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        for name, autocomplete in (("login", "username"), ("password", "current-password")):
            attributes = self.fields[name].widget.attrs
            attributes.pop("placeholder", None)
            attributes["autocomplete"] = autocomplete


class ClosedAccountAdapter(DefaultAccountAdapter):
    """People come by an admin's invitation only, and every sign-in is written down."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "No account has this e-mail and this password. Check both; if the password is forgotten, "
            "an admin can give you a link to set a new one."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Signing in is a page, whatever a request says that it accepts."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Without allauth's "successfully signed in": whoever sees the next page knows."""

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        if code == TOO_MANY:
            return ValidationError(too_many_attempts(), code=code)
        error: ValidationError = super().validation_error(code, *args)
        return error

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Attempts count by address alone. allauth adds the Host header, whose port a guesser may vary at will."""
        return normal_email(credentials.get("email", ""))

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        """Shown to somebody whose password was right: nobody else learns that the account is deactivated."""
        return render(request, "account/account_inactive.html", status=403)

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        record(Act.SIGNED_IN, by=user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response


def too_many_attempts() -> str:
    """What to tell somebody who is throttled. Refused attempts don't count, so the longest window is always enough."""
    longest = max(rate.duration for rate in parse_rates(app_settings.RATE_LIMITS["login_failed"]))
    minutes = math.ceil(longest / 60)
    return ngettext(
        "Too many attempts to sign in. Wait %(minutes)d minute, then try again.",
        "Too many attempts to sign in. Wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}
