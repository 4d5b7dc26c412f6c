"""The people of the catalogue as operators see them: found by address or name, their role, whether they may sign in."""

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Q

from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import Role

ON_A_PAGE = 50


class LastOperatorError(Exception):
    """A change after which nobody could operate the catalogue."""


def people(asked: str, page: str) -> "Page[Person]":
    """People whose address or name has the text, by address."""
    found = Person.objects.order_by("email")
    if text := asked.strip():
        found = found.filter(Q(email__icontains=text) | Q(name__icontains=text))
    return Paginator(found, ON_A_PAGE).get_page(page)


@transaction.atomic
def change_role(number: int, role: str) -> Person:
    """Give a person a role. Raises LastOperatorError, Person.DoesNotExist, and ValueError for what is no role."""
    chosen = Role(role)
    return _change(number, chosen == Role.OPERATOR, role=chosen)


@transaction.atomic
def set_active(number: int, active: bool) -> Person:
    """Let a person sign in, or not: nothing of theirs is lost. Raises as `change_role` does."""
    return _change(number, active, is_active=active)


def _change(number: int, stays_operator: bool, **values: object) -> Person:
    """All operators are locked first, always in the same order: two cannot remove each other at once."""
    locked = Person.objects.select_for_update().order_by("pk")
    operators = set(locked.filter(role=Role.OPERATOR, is_active=True).values_list("pk", flat=True))
    person = locked.get(pk=number)
    if operators == {number} and not stays_operator:
        raise LastOperatorError(person.email)
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=list(values))
    return person
