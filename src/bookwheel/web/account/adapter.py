"""How allauth behaves here: who may sign up, how often one may try, where links lead, what is said and mailed."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy

from bookwheel.web.account import letters
from bookwheel.web.api.access import client, reader_address
from bookwheel.web.people.models import Person


def is_own_path(address: str) -> bool:
    """Whether an address is a path of this site, and thus safe to lead to."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def may_have_account(email: str) -> bool:
    """Whether accounts can be made with addresses of this domain."""
    domains = settings.BOOKWHEEL.registration_domains
    return not domains or email.rpartition("@")[2].lower() in {domain.lower().lstrip("@") for domain in domains}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts of people who sign in with an address and a password."""

    error_messages: dict[str, Any] = {  # noqa: RUF012  (allauth's own shape)
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("This address and this password do not belong together."),
        "too_many_login_attempts": gettext_lazy("Too many tries. Wait a few minutes, or ask for a new password."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "enter_current_password": gettext_lazy("This is not your password."),
        "incorrect_code": gettext_lazy("This code is not right, or no longer."),
        "rate_limited": gettext_lazy("Too many tries. Wait a few minutes."),
        "duplicate_email": gettext_lazy("This is your address already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.BOOKWHEEL.registration == "open")

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        user.language = get_language() or ""
        user.name = form.cleaned_data.get("name") or user.name
        saved: Person = super().save_user(request, user, form, commit)
        return saved

    def clean_email(self, email: str) -> str:
        """What looks like an encoded word (RFC 2047) is read as something else by whoever decodes it: line ends even.

        Nobody has such an address.
        """
        if "=?" in email:
            raise ValidationError(EmailValidator.message)
        cleaned: str = super().clean_email(email)
        return cleaned

    def is_safe_url(self, url: str) -> bool:
        return is_own_path(url or "")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The reader's address as our own proxy says it; one that cannot be known counts as one for all."""
        address = reader_address(request)
        return str(address) if address else "0.0.0.0"  # noqa: S104  (an address nobody has, not one to listen on)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts a try twice: of this account from this network, and of this account from everywhere.

        A stranger who tries and tries is soon refused, while the owner at another network is not; and many strangers
        together use the second one up, which a new password by mail makes whole again.
        """
        used = []
        for action, key in self._counters(request, str(credentials.get("email", ""))):
            usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if not usage:
                raise self.validation_error("too_many_login_attempts")
            used += usage.usage
        self._login_failed_rl_usage = ratelimit.RateLimitUsage(usage=used)

    def _counters(self, request: HttpRequest, email: str) -> tuple[tuple[str, str], tuple[str, str]]:
        email = email.strip().lower()
        return ("login_failed", f"{email} {client(request)}"), ("login_failed_anywhere", email)

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Whoever has chosen a new password with a link from their mail may try again at once."""
        for action, key in self._counters(request, str(credentials.get("email", ""))):
            ratelimit.clear(request, app="allauth.account", action=action, key=key)

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return path.replace("UID-KEY", key)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmation) -> str:
        address: str = reverse("account_confirm_email", args=[emailconfirmation.key])
        return address

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links of letters are paths up to here: where they lead is the catalogue's own address, never the Host."""
        paths = {name: urlsplit(text).path for name, text in context.items() if name.endswith("_url")}
        letters.write_of_account(template_prefix, email, {**context, **paths}, self.request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        notice = message or letters.NOTICES.get(message_template or "")
        if notice:
            messages.add_message(request, level, str(notice), extra_tags=extra_tags)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/MyResearch/Profile"


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts of people who sign in with a provider."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """As for everybody; and the address they come with is of an allowed domain."""
        if settings.BOOKWHEEL.registration != "open":
            return False
        return all(may_have_account(address.email) for address in sociallogin.email_addresses)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        person: Person = super().populate_user(request, sociallogin, data)
        person.language = get_language() or ""
        return person

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        address: str = reverse("socialaccount_connections")
        return address


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Codes of authenticator apps."""

    error_messages: dict[str, Any] = {  # noqa: RUF012  (allauth's own shape)
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right, or no longer."),
    }

    def get_totp_issuer(self) -> str:
        title: str = settings.BOOKWHEEL.title
        return title

    def build_totp_svg(self, url: str) -> str:
        """The code as an element of the page: a picture of its own would need an address of its own."""
        svg = str(super().build_totp_svg(url))
        # Nothing in it but what is made here: rectangles for the bits of the address.
        return mark_safe(svg[svg.index("<svg") :])  # noqa: S308
