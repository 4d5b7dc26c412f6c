"""The history of a reader who asked for one: what is remembered, forgotten, and when it ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from bookwheel.search.query import Query
from bookwheel.web.catalog.labels import moment
from bookwheel.web.people.models import Person
from bookwheel.web.searches.addresses import save_address
from bookwheel.web.searches.describe import details
from bookwheel.web.searches.kept import address_of, key_of, query_at
from bookwheel.web.searches.models import HistoryWish, PastSearch

MOST_REMEMBERED = 1_000
"""Searches of one reader; older ones are forgotten first."""

_MOST_TOTAL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class PastView:
    """A line of the history. `total` is None where the page did not say it."""

    number: int
    text: str
    details: tuple[str, ...]
    address: str
    save: str
    total: int | None
    when: str


def is_wanted(person: Person | None) -> bool:
    """Whether somebody asked for a history."""
    return person is not None and HistoryWish.objects.filter(person=person).exists()


@transaction.atomic
def want(person: Person, wanted: bool) -> None:
    """Begin to remember a person's searches, or stop it and forget them all."""
    if wanted:
        HistoryWish.objects.get_or_create(person=person)
        return
    HistoryWish.objects.filter(person=person).delete()
    PastSearch.objects.filter(person=person).delete()


@transaction.atomic
def remember(person: Person, query: Query, total: int | None, now: datetime) -> None:
    """Remember a search of a person who wants it; one made before is made again now."""
    if not HistoryWish.objects.select_for_update().filter(person=person).exists():
        return
    known = None if total is None else max(0, min(total, _MOST_TOTAL))
    values = {"address": address_of(query), "total": known, "made": now}
    PastSearch.objects.update_or_create(person=person, key=key_of(query), defaults=values)
    beyond = PastSearch.objects.filter(person=person).values_list("pk", flat=True)[MOST_REMEMBERED:]
    if too_many := list(beyond):
        PastSearch.objects.filter(pk__in=too_many).delete()


def forget(person: Person, number: int | None) -> None:
    """Forget one search of a person, or all of them."""
    found = PastSearch.objects.filter(person=person)
    (found if number is None else found.filter(pk=number)).delete()


def past_views(person: Person, now: datetime) -> list[PastView]:
    """The person's searches that have not expired, the latest first."""
    return [_view(past) for past in PastSearch.objects.filter(person=person, made__gt=oldest(now))]


def oldest(now: datetime) -> datetime:
    """What was made before is to be forgotten."""
    return now - timedelta(days=settings.BOOKWHEEL.history_days)


def _view(past: PastSearch) -> PastView:
    query = query_at(past.address)
    when = moment(past.made.isoformat(timespec="seconds"))
    return PastView(past.pk, query.text, details(query), past.address, save_address(query), past.total, when)
