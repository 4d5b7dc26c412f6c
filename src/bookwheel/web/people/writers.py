"""Who may leave words that others read (reliability S25)."""

from typing import TypeGuard

from allauth.account.models import EmailAddress

from bookwheel.web.people.models import Person


def may_write(person: Person | None) -> TypeGuard[Person]:
    """Whether somebody has an account that is open, and an address that was verified: no robot's first minute."""
    if person is None or not person.is_active:
        return False
    return bool(EmailAddress.objects.filter(user=person, verified=True).exists())
