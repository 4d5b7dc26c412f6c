"""What the catalogue writes to people about their accounts, and the notices it shows them: every word in one place."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from bookwheel.errors import BookwheelError, ConfigError
from bookwheel.web.catalog.addresses import site_address
from bookwheel.web.people.mail import send
from bookwheel.web.people.models import Person

log = logging.getLogger("bookwheel.web.mail")


class MailError(BookwheelError):
    """The server for mail did not take a letter without which somebody cannot go on: the page says "not just now"."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail: paragraphs of plain text, and the one link it is about."""

    subject: str
    paragraphs: tuple[str, ...]
    label: str = ""
    address: str = ""


def write(to: str, letter: Letter, site: str, headers: Mapping[str, str] | None = None) -> None:
    """Send a letter. `site` is the catalogue's address; "" for a catalogue that has none."""
    context = {"letter": letter, "site": site}
    # RFC 3834: no holiday notice answers a machine.
    headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
    send(to, letter.subject, "mail/letter.txt", "mail/letter.html", context, headers)


def write_of_account(name: str, to: str, context: Mapping[str, Any], request: HttpRequest) -> None:
    """Send the letter that allauth calls "account/email/…", in the language of its reader where that is known."""
    person = context.get("user")
    site = _site(request)
    with translation.override(getattr(person, "language", "") or translation.get_language()):
        letter = _letter(name, context, site)
        try:
            write(to, letter, site)
        except OSError as error:
            if name not in _SAID:
                raise MailError(f"No mail can be sent: {error}. What was asked for needs one.") from error
            log.error("a notice could not be sent: %s", error)


def goodbye(person: Person, request: HttpRequest) -> Callable[[], None]:
    """The last letter to somebody, to be sent when they are gone: it is worded while it is known who they are."""
    title = settings.BOOKWHEEL.title
    letter = Letter(
        gettext("Your account of %(title)s is deleted") % {"title": title},
        (
            gettext("Your account and all that was in it are deleted. This is the last mail about it."),
            gettext("Was it not you? Then tell the people who run the catalogue: they may have a backup."),
        ),
    )
    to, site = person.email, _site(request)

    def last() -> None:
        try:
            write(to, letter, site)
        except OSError as error:
            log.error("a notice could not be sent: %s", error)

    return last


def _site(request: HttpRequest) -> str:
    """Where links of letters lead: never to a host that only the request names (reliability S17).

    Raises ConfigError where the settings leave that open.
    """
    config = settings.BOOKWHEEL
    if not config.public_url and any(host.startswith(("*", ".")) for host in config.allowed_hosts):
        raise ConfigError("No mail was sent: links in mail need public_url, as allowed_hosts takes any host.")
    return site_address(request)


def _letter(name: str, context: Mapping[str, Any], site: str) -> Letter:
    title = settings.BOOKWHEEL.title
    match name:
        case "account/email/email_confirmation_signup" | "account/email/email_confirmation":
            return Letter(
                gettext("Confirm your address for %(title)s") % {"title": title},
                (
                    gettext("Somebody, you we hope, gave this address for an account of %(title)s.") % {"title": title},
                    ngettext(
                        "The link below confirms that it is yours. It works for one day.",
                        "The link below confirms that it is yours. It works for %(count)s days.",
                        settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS,
                    )
                    % {"count": settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS},
                    gettext("Was it not you? Then do nothing, and no account comes of it."),
                ),
                gettext("Confirm this address"),
                site + context["activate_url"],
            )
        case "account/email/account_already_exists":
            return Letter(
                gettext("You have an account of %(title)s already") % {"title": title},
                (
                    gettext("Somebody wanted to make an account with this address, which has one already."),
                    gettext("If it was you: the link below leads to a new password, should you have forgotten yours."),
                    gettext("Was it not you? Then do nothing: your account is as it was."),
                ),
                gettext("Choose a new password"),
                site + context["password_reset_url"],
            )
        case "account/email/unknown_account":
            return Letter(
                gettext("No account of %(title)s has this address") % {"title": title},
                (
                    gettext("Somebody asked for a new password with this address, but no account has it."),
                    gettext("Perhaps you signed up with another one. Was it not you? Then do nothing."),
                ),
            )
        case "account/email/password_reset_key":
            return Letter(
                gettext("A new password for %(title)s") % {"title": title},
                (
                    gettext("Somebody, you we hope, asked for a new password of your account."),
                    gettext("The link below leads to a page for it. It works once, and for one hour."),
                    gettext("Was it not you? Then do nothing: your password stays as it is."),
                ),
                gettext("Choose a new password"),
                site + context["password_reset_url"],
            )
        case "account/email/login_code":
            return Letter(
                gettext("A code for %(title)s") % {"title": title},
                (
                    gettext("Your code is %(code)s. It works for a few minutes.") % {"code": context["code"]},
                    gettext("Was it not you who asked for it? Then somebody is signed in with your account."),
                ),
            )
    said = _SAID[name]
    return Letter(
        gettext("Your account of %(title)s was changed") % {"title": title},
        (
            str(said) % {"provider": getattr(context.get("provider"), "name", "")},
            gettext("Was it not you? Then choose a new password at once, and end all other sessions in your profile."),
        ),
        gettext("Your profile"),
        f"{site}/MyResearch/Profile",
    )


_SAID: Mapping[str, str | Promise] = MappingProxyType(
    {
        "account/email/password_changed": gettext_lazy("The password of your account was changed."),
        "account/email/password_reset": gettext_lazy("Your account has a new password."),
        "account/email/password_set": gettext_lazy("Your account has a password now."),
        "account/email/email_changed": gettext_lazy("The address of your account was changed."),
        "account/email/email_confirm": gettext_lazy("The address of your account was confirmed."),
        "account/email/email_deleted": gettext_lazy("An address was taken from your account."),
        "mfa/email/totp_activated": gettext_lazy("Signing in now asks for a code of your authenticator app."),
        "mfa/email/totp_deactivated": gettext_lazy("Signing in no longer asks for a code."),
        "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made; the old ones are void."),
        "socialaccount/email/account_connected": gettext_lazy("One can now sign in to your account with %(provider)s."),
        "socialaccount/email/account_disconnected": gettext_lazy(
            "One can no longer sign in to your account with %(provider)s."
        ),
    }
)
"""What happened to an account, which its owner is told, whoever did it."""

NOTICES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "account/messages/email_confirmed.txt": gettext_lazy("Your address is confirmed."),
        "account/messages/email_confirmation_failed.txt": gettext_lazy(
            "This address cannot be confirmed: another account has it."
        ),
        "account/messages/email_deleted.txt": gettext_lazy("The address is gone."),
        "account/messages/password_changed.txt": gettext_lazy("Your new password is kept."),
        "account/messages/password_set.txt": gettext_lazy("Your password is kept."),
        "mfa/messages/totp_activated.txt": gettext_lazy("From now on, signing in asks for a code of your app."),
        "mfa/messages/totp_deactivated.txt": gettext_lazy("Signing in no longer asks for a code."),
        "usersessions/messages/sessions_logged_out.txt": gettext_lazy("All other sessions are ended."),
        "socialaccount/messages/account_connected.txt": gettext_lazy("From now on that account opens yours here."),
        "socialaccount/messages/account_connected_other.txt": gettext_lazy("That account opens somebody else's here."),
        "socialaccount/messages/account_connected_updated.txt": gettext_lazy("That account opens yours here."),
        "socialaccount/messages/account_disconnected.txt": gettext_lazy("That account no longer opens yours here."),
    }
)
"""What a page says of what was just done, by allauth's name for it; whatever else allauth would say goes unsaid."""
