"""Forms of accounts: allauth's own, with our words, and with what a catalogue allows."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from allauth.account import forms
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.socialaccount.forms import SignupForm as ProviderSignupForm
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.forms import CharField, ChoiceField, Form, TextInput
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy

from bookwheel.web.account.adapter import may_have_account
from bookwheel.web.people.models import LONGEST_NAME, Person

_PASSWORD_HELP = gettext_lazy("At least 8 characters; several words are easy to remember and hard to guess.")

_NAME_HELP = gettext_lazy("Others see it beside what you share.")

_WORDS = {
    "login": gettext_lazy("E-mail address"),
    "email": gettext_lazy("E-mail address"),
    "password": gettext_lazy("Password"),
    "oldpassword": gettext_lazy("Password so far"),
    "password1": gettext_lazy("New password"),
    "password2": gettext_lazy("New password again"),
    "remember": gettext_lazy("Stay signed in on this device"),
    "code": gettext_lazy("Code"),
}


class Worded(Form):
    """A form of allauth's with our labels, and no text inside its fields."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, field in self.fields.items():
            field.label = _WORDS.get(name, field.label)
            field.help_text = _PASSWORD_HELP if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)


class LoginForm(Worded, forms.LoginForm):  # type: ignore[misc]
    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        response: HttpResponse = super().login(request, redirect_url)
        if self.cleaned_data["remember"]:
            request.session.set_expiry(settings.STAY_SIGNED_IN_SECONDS)
        return response


class SignupForm(Worded, forms.SignupForm):  # type: ignore[misc]
    """Whether an address has an account already shows neither on the page nor in the time it takes."""

    name = CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        required=False,
        widget=TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ("email", "password1", "name")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["password1"].label = gettext("Password")
        self.fields["name"].help_text = _NAME_HELP

    def clean_email(self) -> str:
        # Before anything is looked up: the answer is the same for addresses with an account and without.
        if not may_have_account(self.cleaned_data["email"]):
            raise ValidationError(domains_allowed())
        email: str = super().clean_email()
        return email

    def clean_name(self) -> str:
        return shown_name(self.cleaned_data["name"])

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        made: tuple[Person | None, HttpResponse | None] = super().try_save(request)
        return made


class OtherSignupForm(Worded, ProviderSignupForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        if not may_have_account(self.cleaned_data["email"]):
            raise ValidationError(domains_allowed())
        email: str = super().clean_email()
        return email


class AddEmailForm(Worded, forms.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["email"].label = gettext("New e-mail address")

    def clean_email(self) -> str:
        if not may_have_account(self.cleaned_data["email"]):
            raise ValidationError(domains_allowed())
        email: str = super().clean_email()
        return email


class ChangePasswordForm(Worded, forms.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(Worded, forms.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(Worded, forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(Worded, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(Worded, forms.ReauthenticateForm):  # type: ignore[misc]
    pass


class CodeForm(Worded, AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(Worded, ReauthenticateByCodeForm):  # type: ignore[misc]
    pass


class ActivateForm(Worded, ActivateTOTPForm):  # type: ignore[misc]
    pass


class ProfileForm(Form):
    """What a person may change of themselves."""

    name = CharField(
        label=gettext_lazy("Name"),
        help_text=_NAME_HELP,
        max_length=LONGEST_NAME,
        required=False,
        widget=TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = ChoiceField(label=gettext_lazy("Language of pages and mail"), choices=settings.LANGUAGES)

    def clean_name(self) -> str:
        return shown_name(self.cleaned_data["name"])


def shown_name(text: str) -> str:
    """A name as it is kept. Raises ValidationError for one that could pass for something else.

    Control characters and those that turn the direction of writing could make a name look like another's.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if any(unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Cn") for character in name):
        raise ValidationError(gettext("A name has letters, marks and blanks, and no characters that cannot be seen."))
    return name


def domains_allowed() -> str:
    """The sentence on addresses that accounts can be made with."""
    domains: Iterable[str] = settings.BOOKWHEEL.registration_domains
    return gettext("Accounts here are for addresses of %(domains)s.") % {"domains": ", ".join(domains)}
