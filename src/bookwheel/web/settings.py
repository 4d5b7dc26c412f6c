"""Django's settings, all of them derived from the catalogue's own bookwheel.toml.

The catalogue folder comes from the environment variable BOOKWHEEL_CATALOGUE; without it the defaults hold, which is
what tools that only import this module need. There is no DEBUG: a page that tells a stranger about our insides is
never wanted.
"""

import os
from pathlib import Path
from typing import Any

from django.conf import global_settings

from bookwheel.config import Config, read_config
from bookwheel.web.account.providers import provider_origins, provider_settings
from bookwheel.web.people.database import database
from bookwheel.web.people.mail import mail_settings
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
# A search is far smaller than this, and two thousand chosen records are not larger.
DATA_UPLOAD_MAX_MEMORY_SIZE = 250_000
FILE_UPLOAD_HANDLERS = ["bookwheel.web.account.uploads.Capped", *global_settings.FILE_UPLOAD_HANDLERS]

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
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    # Twenty thousand that are tried first, in a file that Django brings.
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "/MyResearch/Login"
LOGIN_REDIRECT_URL = "/MyResearch/Home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "bookwheel.web.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
# Only in the browser that signed up: whoever reads the mail elsewhere is not signed in by it.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
# The owner of an address is let in by mail, however often strangers try their password.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BOOKWHEEL.public_url.startswith("https://") else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    # Of one account from one network, and from one network of any account.
    "login_failed": "10/m/ip,5/5m/key",
    # Of one account from everywhere.
    "login_failed_anywhere": "50/h/key",
    "signup": "20/m/ip,60/h/ip",
    "reset_password": "10/m/ip,60/h/ip,3/10m/key",
    "request_login_code": "10/m/ip,3/10m/key",
}
ACCOUNT_FORMS = {
    "login": "bookwheel.web.account.forms.LoginForm",
    "signup": "bookwheel.web.account.forms.SignupForm",
    "add_email": "bookwheel.web.account.forms.AddEmailForm",
    "change_password": "bookwheel.web.account.forms.ChangePasswordForm",
    "set_password": "bookwheel.web.account.forms.SetPasswordForm",
    "reset_password": "bookwheel.web.account.forms.ResetPasswordForm",
    "reset_password_from_key": "bookwheel.web.account.forms.ResetPasswordKeyForm",
    "reauthenticate": "bookwheel.web.account.forms.ReauthenticateForm",
}
MFA_ADAPTER = "bookwheel.web.account.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "bookwheel.web.account.forms.CodeForm",
    "reauthenticate": "bookwheel.web.account.forms.CodeAgainForm",
    "activate_totp": "bookwheel.web.account.forms.ActivateForm",
}
SOCIALACCOUNT_ADAPTER = "bookwheel.web.account.adapter.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = provider_settings(BOOKWHEEL)
SOCIALACCOUNT_FORMS = {"signup": "bookwheel.web.account.forms.OtherSignupForm"}
# A provider opens an account when it says that the address is verified, and only then.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "mandatory"
SOCIALACCOUNT_EMAIL_REQUIRED = True

# How often strangers have tried is known to all processes together: counts are kept in the people's database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "account_counter",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Mail
globals().update(mail_settings(BOOKWHEEL))

# Cookies: of signed-in readers and of forms alone; marked as ours where the address is https
_SECURE = BOOKWHEEL.public_url.startswith("https://")
SESSION_ENGINE = "bookwheel.web.account.sessions"
# A session ends with the browser, and after a day; after 60 days where a reader asked to stay signed in.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 24 * 3600
STAY_SIGNED_IN_SECONDS = 60 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-session" if _SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "bookwheel.web.errors.forged"
CSRF_TRUSTED_ORIGINS = [BOOKWHEEL.public_url] if BOOKWHEEL.public_url else []
FORM_RENDERER = "django.forms.renderers.Jinja2"
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
        "form-action": ["'self'", *provider_origins(BOOKWHEEL)],
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
