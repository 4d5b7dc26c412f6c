"""What is taken out comes back as it was."""

from typing import Any

import pytest
from django.utils import timezone
from tests.web.stub import StubLibrary

from bookwheel.search.url import from_url
from bookwheel.web.alerts import personal as alerts
from bookwheel.web.alerts.models import Alert, Digest, Event
from bookwheel.web.alerts.subscribing import set_frequency
from bookwheel.web.people.models import Person
from bookwheel.web.searches import history
from bookwheel.web.searches import personal as searches
from bookwheel.web.searches.keeping import save


@pytest.fixture
def filled(catalogue: StubLibrary, reader: Person) -> Person:
    now = timezone.now()
    search = save(reader, from_url([("lookfor", "bees"), ("filter[]", 'format:"Article"')]), "My bees")
    alert = set_frequency(search, "weekly", catalogue.reached(now), now)
    assert alert is not None
    digest = Digest.objects.create(person=reader, made=now, next_attempt=now, message_id="<1@x>", state="sent")
    Event.objects.create(alert=alert, record_id="sample-1", found=now, digest=digest)
    Event.objects.create(alert=alert, record_id="sample-2", found=now)
    history.want(reader, True)
    history.remember(reader, from_url([("lookfor", "wasps")]), 5, now)
    return reader


def test_all_comes_back_for_a_new_account(filled: Person, other: Person) -> None:
    taken, taken_alerts = searches.take_out(filled), alerts.take_out(filled)
    assert (searches.put_back(other, taken), alerts.put_back(other, taken_alerts)) == (3, 1)
    assert searches.take_out(other) == taken
    again = alerts.take_out(other)
    assert [(a["search"], a["frequency"], a["told"]) for a in again] == [
        (a["search"], a["frequency"], a["told"]) for a in taken_alerts
    ]
    assert again[0]["told"] == ["sample-1"]


def test_what_is_there_already_stays(filled: Person) -> None:
    taken, taken_alerts = searches.take_out(filled), alerts.take_out(filled)
    assert (searches.put_back(filled, taken), alerts.put_back(filled, taken_alerts)) == (0, 0)
    assert Alert.objects.count() == 1


@pytest.mark.parametrize(
    "thing",
    [
        {},
        {"kind": "search"},
        {"kind": "search", "name": "x", "query": {"version": 1}, "address": "", "made": "2026-01-01T00:00:00+00:00"},
        {"kind": "past", "address": "/Search/Results?lookfor=x", "total": -1, "made": "2026-01-01T00:00:00+00:00"},
        {"kind": "past", "address": "/Search/Results?lookfor=x", "total": True, "made": "2026-01-01T00:00:00+00:00"},
        {"kind": "history", "since": "2026-01-01T00:00:00"},
        {"kind": "history", "since": "yesterday"},
    ],
)
def test_search_nobody_took_out_is_refused(reader: Person, thing: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        searches.put_back(reader, [thing])


@pytest.mark.parametrize(
    "thing",
    [
        {},
        {"search": {"version": 1, "query": {"is": "Query"}}, "frequency": "daily", "told": []},
        {"search": {"version": 99}, "frequency": "daily", "told": []},
        {"search": {}, "frequency": "hourly", "told": []},
    ],
)
def test_alert_nobody_took_out_is_refused(filled: Person, thing: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        alerts.put_back(filled, [thing])


def test_deleting_the_person_leaves_nothing(filled: Person) -> None:
    filled.delete()
    assert not Alert.objects.exists()
    assert not Event.objects.exists()
    assert not Digest.objects.exists()
