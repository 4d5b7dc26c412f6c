"""Providers whose people can sign in here: what allauth is told of them, and the buttons that lead there."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from bookwheel.config import Config
from bookwheel.errors import ConfigError


@dataclass(frozen=True, slots=True)
class LoginButton:
    """A button on the page for signing in."""

    title: str
    address: str


def login_providers() -> tuple[LoginButton, ...]:
    """The providers of the settings, in their order; then those of SAML, which only settings of Python name."""
    saml = settings.SOCIALACCOUNT_PROVIDERS.get("saml", {}).get("APPS", ()) if offers_saml() else ()
    return tuple(
        LoginButton(login.title or name, f"/account/oidc/{quote(name, safe='')}/login/")
        for name, login in settings.BOOKWHEEL.login.items()
    ) + tuple(
        LoginButton(app.get("name") or app["client_id"], f"/account/saml/{quote(app['client_id'], safe='')}/login/")
        for app in saml
    )


def offers_saml() -> bool:
    """Whether the operator's own settings install allauth's SAML (docs/how-to/saml.md)."""
    return "allauth.socialaccount.providers.saml" in settings.INSTALLED_APPS


def provider_settings(config: Config) -> dict[str, Any]:
    """What allauth is told (SOCIALACCOUNT_PROVIDERS). An address counts as verified when the provider says so.

    Raises ConfigError for two providers that call the catalogue the same: allauth finds them again by that name, while
    somebody is on the way back from one of them.
    """
    names = {login.client_id: name for name, login in config.login.items()}
    for name, login in config.login.items():
        if names[login.client_id] != name:
            raise ConfigError(
                f"[login.{name}] and [login.{names[login.client_id]}] have the same client_id {login.client_id!r}. "
                "Let one of the providers call the catalogue by another."
            )
    apps = [
        {
            "provider_id": name,
            "name": login.title or name,
            "client_id": login.client_id,
            "secret": login.client_secret,
            "settings": {"server_url": login.issuer.rstrip("/"), "oauth_pkce_enabled": True},
        }
        for name, login in config.login.items()
    ]
    return {"openid_connect": {"APPS": apps}}


def provider_origins(config: Config) -> list[str]:
    """Where the form that leads to a provider may end (Content-Security-Policy, form-action)."""
    return sorted({"{0.scheme}://{0.netloc}".format(urlsplit(login.issuer)) for login in config.login.values()})
