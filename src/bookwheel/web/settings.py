"""Django's settings, all of them derived from the catalogue's own bookwheel.toml.

The catalogue folder comes from the environment variable BOOKWHEEL_CATALOGUE; without it the defaults hold, which is
what tools that only import this module need. There is no DEBUG: a page that tells a stranger about our insides is
never wanted.
"""

import os
from pathlib import Path
from typing import Any

from bookwheel.config import Config, read_config
from bookwheel.web.people.database import database
from bookwheel.web.secret import kept_secret

HERE = Path(__file__).resolve().parent


def _config() -> Config:
    folder = os.environ.get("BOOKWHEEL_CATALOGUE")
    return read_config(Path(folder)) if folder else Config(people_url=os.environ.get("BOOKWHEEL_PEOPLE_URL", ""))


BOOKWHEEL = _config()

DEBUG = False
# Signs what must be known again after a restart and in every process: tokens of lists that others harvest.
SECRET_KEY = BOOKWHEEL.secret_key or kept_secret(BOOKWHEEL.folder if "BOOKWHEEL_CATALOGUE" in os.environ else None)
ALLOWED_HOSTS = list(BOOKWHEEL.allowed_hosts)
ROOT_URLCONF = "bookwheel.web.urls"
WSGI_APPLICATION = "bookwheel.web.wsgi.application"
APPEND_SLASH = False
DATABASES: dict[str, Any] = {
    "default": database(BOOKWHEEL.people_url, BOOKWHEEL.people_path if "BOOKWHEEL_CATALOGUE" in os.environ else None)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "bookwheel.web.people",
    "bookwheel.web.account",
    "bookwheel.web.works",
    "bookwheel.web.tags",
    "bookwheel.web.comments",
    "bookwheel.web.lists",
    "bookwheel.web.searches",
    "bookwheel.web.alerts",
    "bookwheel.web.jobs",
    "bookwheel.web.ops",
]
# Addresses carry the reader's whole search; a body larger than this is no search.
DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000

# Without accounts no request looks for a session. allauth wants its own middleware to be there; it does nothing then.
_OF_ACCOUNTS = (
    [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "allauth.usersessions.middleware.UserSessionsMiddleware",
    ]
    if BOOKWHEEL.accounts
    else ["allauth.account.middleware.AccountMiddleware"]
)
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "bookwheel.web.middleware.private_pages",
    *_OF_ACCOUNTS,
    "bookwheel.web.middleware.language_choice",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "bookwheel.web.middleware.catalogue_errors",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {"environment": "bookwheel.web.jinja.environment"},
    }
]

# Accounts
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/MyResearch/Login"
LOGIN_REDIRECT_URL = "/MyResearch/Home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"

# Cookies: of signed-in readers and of forms alone; marked as ours where the address is https
_SECURE = BOOKWHEEL.public_url.startswith("https://")
SESSION_COOKIE_NAME = "__Host-session" if _SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "bookwheel.web.errors.forged"
CSRF_TRUSTED_ORIGINS = [BOOKWHEEL.public_url] if BOOKWHEEL.public_url else []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Languages of the pages
USE_I18N = True
LANGUAGE_CODE = BOOKWHEEL.language
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Static files: the package's own folder, at addresses that carry a hash of the content, kept by browsers for good
STATIC_URL = "/static/"
STATIC_ROOT = HERE / "static"
WHITENOISE_MAX_AGE = 365 * 24 * 3600

# Browser-side defences (reliability S30): everything from ourselves, nothing inline, never in a frame
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}, "nowhere": {"class": "logging.NullHandler"}},
    "loggers": {
        "bookwheel.web": {"handlers": ["stderr"], "level": "INFO"},
        # Strangers probing with other host names are no event of ours.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
