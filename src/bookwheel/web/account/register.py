"""The people of a catalogue as its operator keeps them: make, close, open, promote, and lead to a password.

What commands and operators' pages do to somebody else's account is done here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from bookwheel.errors import BookwheelError, UnknownNameError
from bookwheel.web.account.forms import shown_name
from bookwheel.web.account.signals import end_sessions
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as a list of people shows them."""

    email: str
    name: str
    role: str
    is_active: bool
    is_verified: bool
    has_second_factor: bool
    joined: datetime
    signed_in: datetime | None


def everybody() -> Sequence[Entry]:
    """All people, by their addresses."""
    verified = set(EmailAddress.objects.filter(verified=True).values_list("user_id", flat=True))
    protected = set(Authenticator.objects.values_list("user_id", flat=True))
    return [
        Entry(p.email, p.name, p.role, p.is_active, p.pk in verified, p.pk in protected, p.joined, p.last_login)
        for p in Person.objects.order_by("email")
    ]


def add(email: str, name: str = "", role: str = Role.READER, password: str | None = None) -> Person:
    """Make an account whose address counts as verified: the operator vouches for it.

    Raises BookwheelError for an address that is none or has an account, a name or a password that cannot be taken.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
        name = shown_name(name)
        person = Person(email=email, name=name, role=_role(role))
        if password is not None:
            validate_password(password, person)
    except ValidationError as error:
        raise BookwheelError(f"{email}: {' '.join(error.messages)} Nothing was made.") from error
    with transaction.atomic():
        if EmailAddress.objects.filter(email=email).exists() or Person.objects.filter(email=email).exists():
            raise BookwheelError(f"{email} has an account already. 'bookwheel user list' shows all.")
        person = Person.objects.create_user(email, password, name=name, role=role)
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def password_path(person: Person) -> str:
    """Path of the page where the person sets a password: it opens once, and for as long as links in mail do."""
    key = default_token_generator.make_token(person)
    path: str = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    return path


def close(email: str) -> int:
    """Let a person sign in no more, and end their sessions; answers how many. What they wrote stays."""
    person = find(email)
    person.is_active = False
    person.save(update_fields=["is_active"])
    return end_sessions(person)


def open_again(email: str) -> None:
    person = find(email)
    person.is_active = True
    person.save(update_fields=["is_active"])


def promote(email: str, role: str) -> None:
    """Give a person another role, a lower one too."""
    person = find(email)
    person.role = _role(role)
    person.save(update_fields=["role"])


def reset_factor(email: str) -> bool:
    """Take a person's second factor and recovery codes away; answers whether there was one."""
    deleted, _ = Authenticator.objects.filter(user=find(email)).delete()
    return bool(deleted)


def find(email: str) -> Person:
    """Raises UnknownNameError, with the addresses that are like it."""
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise UnknownNameError("person", email, Person.objects.order_by("email").values_list("email", flat=True)[:20])
    return person


def _role(name: str) -> str:
    if name not in Role.values:
        raise UnknownNameError("role", name, Role.values)
    return name
