"""What a person's alerts are when taken along, and how they are put back (`people.personal.Personal`).

An alert that is put back begins anew: it tells what comes from then on, and nothing that it told before.
"""

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from bookwheel.errors import KeptQueryError
from bookwheel.search.codec import decode
from bookwheel.web.alerts.models import Alert, Digest, Event, Frequency, State
from bookwheel.web.alerts.rows import AT_ONCE
from bookwheel.web.alerts.subscribing import TooManyAlertsError, set_frequency
from bookwheel.web.library import library
from bookwheel.web.people.models import Person
from bookwheel.web.searches.keeping import already_saved
from bookwheel.web.searches.models import SavedSearch
from bookwheel.web.works.models import LONGEST_ID


def take_out(person: Person) -> list[dict[str, Any]]:
    alerts = Alert.objects.filter(search__person=person).defer("baseline").select_related("search").order_by("pk")
    return [
        {
            "search": json.loads(alert.search.query),
            "frequency": alert.frequency,
            "begun": alert.begun.isoformat(),
            "told": list(alert.events.filter(digest__isnull=False).values_list("record_id", flat=True)),
        }
        for alert in alerts
    ]


@transaction.atomic
def put_back(person: Person, things: list[dict[str, Any]]) -> int:
    return sum(_put_back(person, thing) for thing in things)


def _put_back(person: Person, thing: dict[str, Any]) -> bool:
    match thing:
        case {"search": dict(kept), "frequency": str(frequency), "told": list(told)} if frequency in Frequency.values:
            search = _search(person, kept)
        case _:
            raise ValueError(f"this is no alert that was taken out: {str(thing)[:100]}")
    if not all(isinstance(each, str) and 0 < len(each) <= LONGEST_ID for each in told):
        raise ValueError("an alert told something that is no record")
    if Alert.objects.filter(search=search).exists():
        return False
    now = timezone.now()
    try:
        alert = set_frequency(search, frequency, library().reached(now), now) or Alert.objects.create(search=search)
    except TooManyAlertsError as error:
        raise ValueError(str(error)) from error
    _tell(person, alert, told)
    return True


def _search(person: Person, kept: dict[str, Any]) -> SavedSearch:
    """The alert's search, which was put back before."""
    try:
        search = already_saved(person, decode(json.dumps(kept)))
    except KeptQueryError as error:
        raise ValueError(str(error)) from error
    if search is None:
        raise ValueError("an alert's search is missing: searches are put back first")
    return search


def _tell(person: Person, alert: Alert, told: Sequence[str]) -> None:
    """What was told once counts as told, in a digest of its own that is never sent."""
    if not told:
        return
    now = timezone.now()
    digest = Digest.objects.create(
        person=person, made=now, sent=now, next_attempt=now, state=State.SENT, message_id=f"<put-back.{uuid4().hex}>"
    )
    events = (Event(alert=alert, record_id=each, found=now, digest=digest) for each in told)
    Event.objects.bulk_create(events, batch_size=AT_ONCE, ignore_conflicts=True)
