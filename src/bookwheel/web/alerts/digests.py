"""Puts what was found into one digest for each reader, and sets when the next one is due: one transaction a reader."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from bookwheel.web.alerts.calendar import next_due
from bookwheel.web.alerts.models import Alert, Digest, Event, Frequency, on_and_reachable
from bookwheel.web.people.models import Person

MOST_MAILS_A_DAY = 10
"""Digests that one reader is sent within 24 hours. What is found beyond them waits, and goes with the next."""


def due_alerts(now: datetime, *, harvest_only: bool = False) -> QuerySet[Alert]:
    """Alerts whose reader is to be told what is new by now; those that wait for a harvest always are."""
    wanted = Q(frequency=Frequency.HARVEST)
    return on_and_reachable().filter(wanted if harvest_only else wanted | Q(due__lte=now)).defer("baseline")


@transaction.atomic
def prepare(person: Person, alerts: Iterable[int], until: int, now: datetime) -> Digest | None:
    """A digest of all that these alerts of one person have found, and the alerts' next date.

    None when there is nothing to tell, when the person was sent enough mail for a day, or when somebody else is still
    looking through changes up to `until` for one of the alerts, and will prepare the digest.
    """
    Person.objects.select_for_update().filter(pk=person.pk).first()
    ready = list(due_alerts(now).filter(search__person=person, pk__in=list(alerts)))
    if any(alert.cursor < until for alert in ready):
        return None
    waiting = Event.objects.filter(alert__in=[alert.pk for alert in ready], digest=None)
    digest = None
    if waiting.exists():
        if Digest.objects.filter(person=person, made__gt=now - timedelta(days=1)).count() >= MOST_MAILS_A_DAY:
            return None
        digest = Digest.objects.create(person=person, made=now, message_id=_message_id(), next_attempt=now)
        waiting.update(digest=digest)
    for alert in ready:
        if alert.due is not None:
            Alert.objects.filter(pk=alert.pk, due=alert.due).update(due=next_due(alert.frequency, now))
    return digest


def _message_id() -> str:
    host = urlsplit(settings.BOOKWHEEL.public_url).hostname or "localhost"
    return f"<{uuid4().hex}@{host}>"
