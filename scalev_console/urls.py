"""One app, one table of contents: see `events/urls.py`."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("events.urls"))]

handler400 = "events.views.broken.not_understood"
handler403 = "events.views.access.forbidden"
handler500 = "events.views.broken.broken"
