"""django-log-outgoing-requests in the Django admin, over the same rows: run in the peers' environment.

`python peer_admin.py WIDE FILE PORT` fills FILE from the table `wide` once, prints a session's cookie, and serves.
"""

import sqlite3
import sys
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import path

FILL = """INSERT INTO log_outgoing_requests_outgoingrequestslog
    (id, url, hostname, params, status_code, method, req_content_type, req_headers, req_body_encoding, req_body,
     res_content_type, res_headers, res_body, res_body_encoding, response_ms, timestamp, trace)
    SELECT id, url, '127.0.0.1', '', status_code, 'POST', 'application/json', request_facts -> '$.headers', 'utf-8',
     CAST(request_body AS BLOB), 'application/json', response_facts -> '$.headers', CAST(response_body AS BLOB),
     'utf-8', duration_ms, substr(created_at, 1, 26), error
    FROM wide.wide"""
APPS = ("admin", "auth", "contenttypes", "sessions", "messages")


def configure(file: str) -> None:
    settings.configure(
        SECRET_KEY="only for a benchmark on this machine",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        STATIC_URL="/static/",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=[*(f"django.contrib.{name}" for name in APPS), "solo", "log_outgoing_requests"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": file}},
    )


def fill(wide: str, file: str) -> None:
    call_command("migrate", verbosity=0)
    with sqlite3.connect(file) as database:
        if not database.execute("SELECT 1 FROM log_outgoing_requests_outgoingrequestslog LIMIT 1").fetchone():
            database.execute("ATTACH ? AS wide", [wide])
            database.execute(FILL)


def cookie() -> str:
    from django.contrib.auth.models import User
    from django.test import Client

    person, _ = User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
    browser = Client()
    browser.force_login(person)  # type: ignore[arg-type]
    return browser.cookies["sessionid"].value


def main(wide: str, file: str, port: str) -> None:
    configure(file)
    django.setup()
    fill(wide, file)

    from django.contrib import admin
    from django.core.wsgi import get_wsgi_application
    from waitress import serve

    urlpatterns.append(path("admin/", admin.site.urls))
    sys.stdout.write(cookie() + "\n")
    sys.stdout.flush()
    serve(get_wsgi_application(), listen=f"127.0.0.1:{port}")


urlpatterns: list[Any] = []

if __name__ == "__main__":
    main(*sys.argv[1:])
