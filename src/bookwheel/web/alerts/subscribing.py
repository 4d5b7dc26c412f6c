"""Switches alerts on and off. Who calls decides whether the person may; the caps are kept here."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from bookwheel.jobs.matching import Reached
from bookwheel.web.alerts.calendar import next_due
from bookwheel.web.alerts.models import MOST_ALERTS, Alert, Event, Frequency, State
from bookwheel.web.people.models import Person
from bookwheel.web.searches.models import SavedSearch


class TooManyAlertsError(Exception):
    """The message is for the reader."""


@transaction.atomic
def set_frequency(search: SavedSearch, frequency: str, reached: Reached, now: datetime) -> Alert | None:
    """Give a search an alert, another frequency, or none. What the search finds at this moment is known already.

    `reached` tells how far the index has come. Raises TooManyAlertsError.
    """
    # One at a time for each person, so that nobody gets past the cap by clicking twice.
    Person.objects.select_for_update().get(pk=search.person_id)
    alert = Alert.objects.filter(search=search).first()
    if frequency == Frequency.NEVER:
        if alert is not None:
            _stop(Alert.objects.filter(pk=alert.pk))
        return alert
    if alert is None or not alert.is_on:
        _admit(search)
        alert = alert or Alert(search=search)
        alert.begun, alert.cursor, alert.complete_until = now, reached.change, reached.moment
        alert.baseline = None
    alert.frequency = frequency
    alert.due = next_due(frequency, now)
    alert.save()
    return alert


@transaction.atomic
def stop(alert: Alert) -> None:
    _stop(Alert.objects.filter(pk=alert.pk))


@transaction.atomic
def stop_all(person: Person) -> None:
    _stop(Alert.objects.filter(search__person=person))


def _stop(alerts: QuerySet[Alert]) -> None:
    """What was found and not told yet is forgotten; what was told is kept, so that it is never told again."""
    numbers = list(alerts.values_list("pk", flat=True))
    untold = Q(digest=None) | Q(digest__state=State.PREPARED, digest__is_doubtful=False)
    Event.objects.filter(untold, alert__in=numbers).delete()
    Alert.objects.filter(pk__in=numbers).update(frequency=Frequency.NEVER, due=None, baseline=None)


def _admit(search: SavedSearch) -> None:
    if Alert.objects.filter(search__person=search.person).exclude(frequency=Frequency.NEVER).count() >= MOST_ALERTS:
        raise TooManyAlertsError(
            gettext("You have %(most)s alerts, and cannot have more. Switch one off first.") % {"most": MOST_ALERTS}
        )
