"""A person's searches as values: what each asks, its alert, and how the last digests fared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery

from bookwheel.web.alerts.addresses import digest_address
from bookwheel.web.alerts.models import Alert, Digest, Event, Frequency, State
from bookwheel.web.catalog import labels
from bookwheel.web.people.models import Person
from bookwheel.web.searches.addresses import saved_address
from bookwheel.web.searches.describe import details
from bookwheel.web.searches.kept import address_of, is_readable, query_of
from bookwheel.web.searches.models import SavedSearch


@dataclass(frozen=True, slots=True)
class DigestView:
    """`when` is when it went out, or was made; `count` its records; `problem` what the server said last."""

    number: int
    address: str
    when: str
    count: int
    state: str
    problem: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """`run` makes the search, `page` changes it. `due` is the next date of its alert, "" without one.

    `is_readable` is false for a search that a later version wrote: then its text is asked.
    """

    number: int
    name: str
    text: str
    details: tuple[str, ...]
    run: str
    page: str
    made: str
    frequency: str
    frequency_label: str
    due: str
    last: DigestView | None
    is_readable: bool

    @property
    def has_alert(self) -> bool:
        return self.frequency != Frequency.NEVER


def visible_to(person: Person) -> QuerySet[SavedSearch]:
    """A person's own searches: nobody sees another's."""
    return SavedSearch.objects.filter(person=person)


def digests_visible_to(person: Person) -> QuerySet[Digest]:
    """A person's own digests, the latest first, each with its number of records."""
    return Digest.objects.filter(person=person).annotate(count=Count("events"))


def search_views(person: Person) -> list[SearchView]:
    """All of a person's searches, the latest first."""
    searches = list(visible_to(person))
    last = Event.objects.filter(alert=OuterRef("pk"), digest__isnull=False).order_by("-digest").values("digest")[:1]
    alerts = Alert.objects.filter(search__in=searches).defer("baseline").annotate(last=Subquery(last))
    by_search = {alert.search_id: alert for alert in alerts}
    wanted = [number for alert in by_search.values() if (number := getattr(alert, "last", None))]
    digests = {each.pk: each for each in digests_visible_to(person).filter(pk__in=wanted)}
    return [_view(search, by_search.get(search.pk), digests) for search in searches]


def search_view(search: SavedSearch) -> SearchView:
    """One search, without its last digest."""
    return _view(search, Alert.objects.filter(search=search).defer("baseline").first(), {})


def _view(search: SavedSearch, alert: Alert | None, digests: dict[int, Digest]) -> SearchView:
    query = query_of(search)
    last = digests.get(getattr(alert, "last", None) or 0)
    frequency = Frequency(alert.frequency) if alert else Frequency.NEVER
    return SearchView(
        number=search.pk,
        name=search.name,
        text=query.text,
        details=details(query),
        run=address_of(query),
        page=saved_address(search.pk),
        made=day(search.made),
        frequency=frequency.value,
        frequency_label=str(frequency.label),
        due=day(alert.due) if alert and alert.due else "",
        last=digest_view(last) if last else None,
        is_readable=is_readable(search),
    )


def digest_views(digests: Iterable[Digest]) -> list[DigestView]:
    return [digest_view(digest) for digest in digests]


def digest_view(digest: Digest) -> DigestView:
    """Of a digest out of `digests_visible_to`."""
    is_stuck = digest.state == State.REFUSED or (digest.state != State.SENT and digest.attempts > 0)
    return DigestView(
        number=digest.pk,
        address=digest_address(digest.pk),
        when=day(digest.sent or digest.made),
        count=getattr(digest, "count", 0),
        state=digest.state,
        problem=digest.problem if is_stuck else "",
    )


def day(moment: datetime) -> str:
    """The date, as the reader's language writes it."""
    return labels.day(moment)
