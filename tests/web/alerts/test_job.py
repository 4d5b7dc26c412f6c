"""What readers are told, and when."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from tests.changing import Changing
from tests.fakes.smtp_server import Letterbox, part
from tests.web.alerts.conftest import FakeContext, Subscribe

from bookwheel.errors import EngineError
from bookwheel.search.query import Query
from bookwheel.web.alerts import job
from bookwheel.web.alerts.models import Digest
from bookwheel.web.people.models import Person


def test_new_record_is_told_once(
    world: Changing, context: FakeContext, box: Letterbox, subscribe: Subscribe, reader: Person
) -> None:
    world.put(("old", "Old bees"))
    world.index()
    subscribe(reader)
    world.clock.advance(hours=1)
    world.put(("new", "New bees"), ("other", "Wasps"))
    world.index()
    world.clock.advance(days=1)
    assert job.run(context) == "1 alerts looked through, 1 digests prepared, 1 sent."
    world.clock.advance(days=1)
    job.run(context)
    [(recipient, mail)] = box.mails
    assert recipient == "ada@example.org"
    assert mail["Subject"] == "1 new work: bees"
    for kind in ("plain", "html"):
        text = part(mail, kind)
        assert "New bees" in text
        assert "Lovelace, Ada" in text
        assert "https://search.example.org/Record/a-new" in text
        assert "Old bees" not in text
        assert "Wasps" not in text
    assert Digest.objects.get().state == "sent"


def test_one_mail_tells_all_that_is_due_for_a_reader(
    world: Changing, context: FakeContext, box: Letterbox, subscribe: Subscribe, reader: Person, other: Person
) -> None:
    for person, text, frequency in (
        (reader, "bees", "daily"),
        (reader, "wasps", "weekly"),
        (reader, "ants", "monthly"),
        (reader, "flies", "harvest"),
        (other, "ants", "daily"),
    ):
        subscribe(person, text, frequency)
    world.clock.advance(hours=1)
    world.put(*((topic, f"New {topic}") for topic in ("bees", "wasps", "ants", "flies")))
    world.index()
    # The first Monday of the year: everything but the monthly alert is due.
    world.clock.moment = datetime(2026, 1, 5, 6, tzinfo=UTC)
    job.run(context)
    assert [(to, mail["Subject"]) for to, mail in box.mails] == [
        ("ada@example.org", "3 new works in your searches"),
        ("bert@example.org", "1 new work: ants"),
    ]
    assert "New ants" not in box.texts()[0]


def test_after_an_index_run_only_those_are_told_who_wait_for_it(
    world: Changing, context: FakeContext, box: Letterbox, subscribe: Subscribe, reader: Person, other: Person
) -> None:
    subscribe(reader, frequency="harvest")
    subscribe(other, frequency="daily")
    world.clock.advance(hours=1)
    world.put(("new", "New bees"))
    world.index()
    world.clock.advance(days=1)
    assert job.after_index(context) == "1 alerts looked through, 1 digests prepared, 1 sent."
    assert [recipient for recipient, _ in box.mails] == ["ada@example.org"]
    assert job.after_index(context) == "1 alerts looked through, 0 digests prepared, 0 sent."


class LeaseLostError(Exception):
    """Stands for the jobs' own."""


@pytest.mark.parametrize("beats", range(4))
def test_worker_that_lost_its_lease_stops_and_the_next_goes_on(
    world: Changing,
    context: FakeContext,
    box: Letterbox,
    subscribe: Subscribe,
    reader: Person,
    monkeypatch: pytest.MonkeyPatch,
    beats: int,
) -> None:
    monkeypatch.setattr(job, "BEATS", 1)
    subscribe(reader)
    world.clock.advance(hours=1)
    world.put(("new", "New bees"))
    world.index()
    world.clock.advance(days=1)
    left = beats

    def save(checkpoint: object, progress: str = "") -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise LeaseLostError

    with monkeypatch.context() as patch:
        patch.setattr(context, "save", save)
        with pytest.raises(LeaseLostError):
            job.run(context)
    job.run(context)
    assert len(box.mails) == 1


def test_alert_whose_search_cannot_be_asked_keeps_nobody_waiting(
    world: Changing,
    context: FakeContext,
    box: Letterbox,
    subscribe: Subscribe,
    reader: Person,
    other: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    subscribe(reader, "wasps")
    subscribe(other)
    job.run(context)
    world.clock.advance(hours=1)
    world.put(("new", "New bees"), ("newer", "New wasps"))
    world.index()
    world.clock.advance(days=1)
    real = world.library.matching

    def matching(query: Query, record_ids: Iterable[str]) -> frozenset[str]:
        if query.text == "wasps":
            raise EngineError("the index cannot be read")
        return real(query, record_ids)

    with monkeypatch.context() as patch:
        patch.setattr(world.library, "matching", matching)
        assert "1 alerts could not be asked" in job.run(context)
    assert [recipient for recipient, _ in box.mails] == ["bert@example.org"]
    job.run(context)
    assert [recipient for recipient, _ in box.mails] == ["bert@example.org", "ada@example.org"]
