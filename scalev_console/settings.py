"""Every setting of an installation, with its reason.

Importing this never fails for a missing secret: the system checks name it, and `serve` and the WSGI entrance refuse
to start. A malformed variable does fail, in one line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scalev_console import databases, environment
from scalev_console.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent

# --- This installation

CONSOLE_MODE = environment.choice("CONSOLE_MODE", ("local", "production"), "local")
CONSOLE_NAME = environment.text("CONSOLE_NAME")
CONSOLE_DATA_DIR = environment.folder("CONSOLE_DATA_DIR", BASE_DIR / "var")
PRODUCTION = CONSOLE_MODE == "production"

HOST = environment.text("HOST", "127.0.0.1")
PORT = environment.number("PORT", 8000, at_least=1, at_most=65535)
SANDBOX_PORT = environment.number("SANDBOX_PORT", 4010, at_least=1, at_most=65535)

# Off everywhere: its error pages would print what a buyer sent.
DEBUG = False

# --- Secrets: '' when missing, see events/checks.py

CONSOLE_SECRET_KEY_FILE = CONSOLE_DATA_DIR / "secret_key"
CONSOLE_MASTER_KEYS_FILE = environment.folder("CONSOLE_MASTER_KEYS_FILE", CONSOLE_DATA_DIR / "master_keys")
SECRET_KEY = environment.secret("SECRET_KEY", CONSOLE_SECRET_KEY_FILE)
CONSOLE_MASTER_KEYS = environment.secret("CONSOLE_MASTER_KEYS", CONSOLE_MASTER_KEYS_FILE)

# --- Scalev's side: a store names one of these, so that no form can point the console at an address of its own

SCALEV_PRODUCTION = {"production": "https://api.scalev.com"}
SCALEV_ENVIRONMENTS = environment.origins(
    "SCALEV_ENVIRONMENTS",
    SCALEV_PRODUCTION if PRODUCTION else SCALEV_PRODUCTION | {"sandbox": f"http://127.0.0.1:{SANDBOX_PORT}"},
)
SCALEV_DEADLINE_SECONDS = environment.seconds("SCALEV_DEADLINE_SECONDS", 20, at_most=300)

# --- Who may reach the console, and through which proxies

_LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = environment.names("CONSOLE_ALLOWED_HOSTS") or ([] if PRODUCTION else [*_LOCAL_HOSTS, HOST])
# Where people reach the console; links that a command prints begin with it.
CONSOLE_URL = environment.text("CONSOLE_URL")
CSRF_TRUSTED_ORIGINS = environment.web_origins("CONSOLE_CSRF_ORIGINS")
CONSOLE_TRUSTED_PROXIES = environment.number("CONSOLE_TRUSTED_PROXIES", 0, at_least=0, at_most=10)
CONSOLE_BEHIND_TLS_PROXY = environment.flag("CONSOLE_BEHIND_TLS_PROXY")
# Only a proxy that sets this header itself may be believed: anybody else could claim to have come by HTTPS.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONSOLE_BEHIND_TLS_PROXY else None

# --- The application

ROOT_URLCONF = "scalev_console.urls"
WSGI_APPLICATION = "scalev_console.wsgi.application"
AUTH_USER_MODEL = "events.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "events",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "scalev_console.static_files.WhatPagesLoad",  # django.contrib.staticfiles
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "scalev_console.middleware.CompressPages",
    "csp.middleware.CSPMiddleware",
    "scalev_console.middleware.guard_response",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "scalev_console.middleware.limit_session",
    "scalev_console.middleware.SignInFirst",
    "scalev_console.middleware.use_zone_of_person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "scalev_console.middleware.explain_wrong_method",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
# Fields are drawn by templates/forms/, not by Django's own.
FORM_RENDERER = "events.forms.rendering.Renderer"

# --- What is kept, and where

DATABASES: dict[str, Any] = {"default": databases.chosen(CONSOLE_DATA_DIR)}
# In the database and not in memory: sign-in attempts are counted over all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "console_cache",
        # Django keeps 300 and drops a third beyond that: thirty guessing addresses would wipe out each other's counts.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

STATIC_URL = "static/"
STATIC_ROOT = CONSOLE_DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "scalev_console.static_files.StaticFiles"},
}

# --- Signing in

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "events.accounts.ClosedAccountAdapter"
ACCOUNT_FORMS = {"login": "events.accounts.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Admins invite people at addresses they know; there is no mail server to ask back.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = CONSOLE_TRUSTED_PROXIES

# --- Sessions: two hours idle, twelve in all (the latter is counted by limit_session)

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 2 * 60 * 60
CONSOLE_SESSION_LIFETIME_SECONDS = 12 * 60 * 60

# --- What a browser is told

_COOKIE_PREFIX = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}console_session"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}console_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "events.views.outdated.outdated"

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# Preloading binds a whole domain for years in every browser: that is its owner's step, not this program's.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
USE_X_FORWARDED_HOST = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

# --- Limits of one request: a composed form is large, a flood is larger

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
# Recordings are large, and buyers stand in them: nothing of a file goes to a temporary one on the disk.
FILE_UPLOAD_HANDLERS = ["events.forms.upload.PackedUpload"]

# --- Language and time: stored in UTC, shown in the zone of whoever looks

LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
# Every text goes through gettext. While there is no translation, nothing is looked up: some 200 texts a page.
USE_I18N = any(path.is_dir() for path in LOCALE_PATHS)
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# --- What a log may say

LOGGING = logging_settings()
DEFAULT_EXCEPTION_REPORTER_FILTER = "scalev_console.logs.SafeExceptionReporterFilter"
