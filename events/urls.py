"""The product's table of contents: every address, by the stem that its view, template and test share."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, path

urlpatterns: list[URLPattern] = [
    # Of allauth's routes only those in use; sign-up, reset and the rest stay unmounted.
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
]
