"""Ninety days of harvests, readers and accidents: every record that newly matches is told once, none is told to others.

A small model says what is to be told; mail is taken by a real server. Workers are killed between any two statements to
the database and around every mail, another worker comes in between, and the server for mail is down for days.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings
from tests.changing import Changing
from tests.fakes.smtp_server import Letterbox, letterbox, part
from tests.web.alerts.conftest import SITE, FakeContext, Subscribe, through

from bookwheel.web.alerts import finding, job
from bookwheel.web.alerts.models import Alert, Digest, Event
from bookwheel.web.alerts.sending import send_due
from bookwheel.web.alerts.subscribing import set_frequency, stop
from bookwheel.web.people import mail
from bookwheel.web.people.models import Person

TOPICS = ("bees", "wasps", "ants")
NAMES = [f"record-{number}" for number in range(25)]


class Killed(BaseException):
    """The worker is gone."""


@dataclass
class Watcher:
    """One alert as the model knows it. `waiting` is in a digest that has not gone out, `due` as the calendar says."""

    alert: Alert
    owner: str
    topic: str
    frequency: str
    known: set[str]
    told: Counter[str] = field(default_factory=Counter)
    waiting: set[str] = field(default_factory=set)
    is_on: bool = True
    due_since: datetime | None = None

    def is_due(self, before: datetime, now: datetime) -> bool:
        """Whether a date of its calendar lies between two moments."""
        if self.frequency == "harvest":
            return True
        days = (before + timedelta(days=n) for n in range((now - before).days + 2))
        dues = [day.replace(hour=5, minute=0, second=0) for day in days]
        fits: dict[str, Callable[[datetime], bool]] = {
            "daily": lambda due: True,
            "weekly": lambda due: due.weekday() == 0,
            "monthly": lambda due: due.day == 1,
        }
        return any(before < due <= now and fits[self.frequency](due) for due in dues)


@dataclass
class Model:
    """`stored` is what the store has, `indexed` what readers find, `dirty` what changed since the index was made."""

    stored: dict[str, str] = field(default_factory=dict)
    indexed: dict[str, str] = field(default_factory=dict)
    dirty: set[str] = field(default_factory=set)

    def matching(self, topic: str) -> set[str]:
        return {name for name, title in self.indexed.items() if topic in title}


class Days:
    """One life of a catalogue, drawn by a seed."""

    def __init__(self, seed: int, world: Changing, subscribe: Subscribe, people: list[Person]) -> None:
        self.chance = Random(seed)
        self.world, self.subscribe, self.people = world, subscribe, people
        self.model = Model()
        self.watchers: list[Watcher] = []
        self.context = FakeContext(world)
        self.kills = self.visits = 0
        self.depth = len(connection.savepoint_ids)
        self.is_inside = False

    # What happens in the world

    def harvest(self) -> None:
        names = self.chance.sample(NAMES, self.chance.randrange(8))
        gone = [name for name in names if name in self.model.stored and self.chance.random() < 0.3]
        changed = [(name, self._title()) for name in names if name not in gone]
        changed = [(name, title) for name, title in changed if self.model.stored.get(name) != title]
        if changed:
            self.world.put(*changed)
        if gone:
            self.world.delete(*gone)
        self.model.stored.update(changed)
        for name in gone:
            del self.model.stored[name]
        self.model.dirty |= {name for name, _ in changed} | set(gone)

    def _title(self) -> str:
        return " and ".join(self.chance.sample(TOPICS, self.chance.randrange(1, 3)))

    def index(self) -> None:
        self.world.index()
        self.model.indexed = dict(self.model.stored)
        self.model.dirty.clear()

    def somebody_subscribes(self) -> None:
        person, topic = self.chance.choice(self.people), self.chance.choice(TOPICS)
        frequency = self.chance.choice(["daily", "weekly", "monthly", "harvest"])
        name = f"{person.name} {topic}"
        if any(f"{each.owner} {each.topic}" == name for each in self.watchers):
            return
        alert = self.subscribe(person, topic, frequency, name)
        self.watchers.append(Watcher(alert, person.name, topic, frequency, self.model.matching(topic)))

    def somebody_changes_their_mind(self) -> None:
        """Ends an alert, or switches an ended one on again."""
        if not self.watchers:
            return
        watcher = self.chance.choice(self.watchers)
        if watcher.is_on:
            stop(watcher.alert)
            watcher.is_on = False
            watcher.waiting.clear()
        else:
            now = self.world.clock.now()
            set_frequency(watcher.alert.search, watcher.frequency, self.world.library.reached(now), now)
            watcher.is_on = True
            watcher.known = self.model.matching(watcher.topic)
            watcher.due_since = now

    # What the worker does

    def work(self, before: datetime, do: Callable[[FakeContext], str], *, is_mail_up: bool) -> None:
        now = self.world.clock.now()
        for watcher in self.watchers:
            since = max(before, watcher.alert.begun, watcher.due_since or before)
            if watcher.is_on and (do is job.run or watcher.frequency == "harvest") and watcher.is_due(since, now):
                fresh = self.model.matching(watcher.topic) - self.model.dirty - watcher.known - set(watcher.told)
                watcher.waiting |= fresh
        while True:
            try:
                with self.accidents():
                    do(self.context)
                break
            except Killed:
                # The next worker comes when the claims of the dead one have ended.
                self.world.clock.advance(minutes=20)
        if not is_mail_up:
            self._let_go()
            return
        # Digests that were postponed, or claimed by a worker that died, have waited long enough by then.
        self.world.clock.advance(hours=7)
        send_due(self.world.library, self.context.now, iter(lambda: None, 1))
        for watcher in self.watchers:
            frozen = self._rows(watcher, digest__attempts__gt=1, digest__made__lt=now)
            watcher.told.update(watcher.waiting & (self.model.stored.keys() | frozen))
            watcher.waiting.clear()

    def _let_go(self) -> None:
        """A failed attempt may let go of records that have gone meanwhile; those that come back are new again."""
        for watcher in self.watchers:
            kept = self._rows(watcher, digest__isnull=False)
            watcher.waiting -= {name for name in watcher.waiting if name not in self.model.stored} - kept

    def _rows(self, watcher: Watcher, **more: Any) -> set[str]:
        rows = Event.objects.filter(alert=watcher.alert, **more).values_list("record_id", flat=True)
        return {record_id.removeprefix("a-") for record_id in rows}

    @contextmanager
    def accidents(self) -> Iterator[None]:
        """Kills the worker at a statement to the database, before it or after it, or around a mail; or lets another
        worker do everything between two transactions."""
        countdown = self.chance.randrange(400)
        kind = self.chance.choice(["before", "after", "visit", "none"])
        original = mail.send

        def statement(execute: Any, sql: str, *rest: Any) -> Any:
            nonlocal countdown
            countdown -= 1
            if countdown > 0 or self.is_inside or kind == "none":
                return execute(sql, *rest)
            if kind == "visit":
                if len(connection.savepoint_ids) == self.depth:
                    countdown = self.chance.randrange(60)
                    self._visit()
                return execute(sql, *rest)
            countdown = 10**9
            if kind == "after":
                execute(sql, *rest)
            self.kills += 1
            raise Killed

        def send(*arguments: Any, **more: Any) -> None:
            accident = self.chance.random()
            if accident < 0.05:
                self.kills += 1
                raise Killed
            original(*arguments, **more)
            if accident > 0.95:
                self.kills += 1
                raise Killed

        with pytest.MonkeyPatch.context() as patch, connection.execute_wrapper(statement):
            patch.setattr(mail, "send", send)
            yield

    def _visit(self) -> None:
        self.is_inside = True
        self.visits += 1
        try:
            job.run(FakeContext(self.world))
        finally:
            self.is_inside = False


def received(box: Letterbox) -> tuple[Counter[tuple[str, str]], set[tuple[str, str]]]:
    """How often each record was told in each search, a mail that came twice counted once, as receivers do; and who
    got which searches."""
    mails = {mail["Message-ID"]: (recipient, mail) for recipient, mail in box.mails}
    told: Counter[tuple[str, str]] = Counter()
    got: set[tuple[str, str]] = set()
    for recipient, message in mails.values():
        name = ""
        for line in part(message, "plain").splitlines():
            if re.fullmatch(r"(Ada|Bert|Cora) (bees|wasps|ants)", line):
                name = line
                got.add((recipient, name.split()[0].lower()))
            elif found := re.fullmatch(rf"\s*{SITE}/Record/a-(record-\d+)", line):
                told[(name, found[1])] += 1
    return told, got


@pytest.mark.parametrize("seed", range(3))
def test_every_event_is_told_once_and_to_nobody_else(
    seed: int,
    world: Changing,
    settings: Settings,
    subscribe: Subscribe,
    monkeypatch: pytest.MonkeyPatch,
    reader: Person,
    other: Person,
    curator: Person,
) -> None:
    monkeypatch.setattr(finding, "BATCH", 4)
    days = Days(seed, world, subscribe, [reader, other, curator])
    with letterbox() as (box, controller):
        for day in range(90):
            is_up = not 30 <= day < 34 and day % 13
            through(settings, controller.port if is_up else 9)
            before = world.clock.now()
            world.clock.moment = (before + timedelta(days=1)).replace(hour=1, minute=0)
            days.harvest()
            world.clock.advance(minutes=30)
            if days.chance.random() < 0.8:
                days.index()
            world.clock.moment = world.clock.moment.replace(hour=6, minute=0)
            days.work(before, job.run, is_mail_up=bool(is_up))
            evening = world.clock.now()
            if days.chance.random() < 0.3:
                days.somebody_subscribes()
            if days.chance.random() < 0.1:
                days.somebody_changes_their_mind()
            world.clock.advance(minutes=30)
            days.harvest()
            world.clock.advance(minutes=30)
            days.index()
            world.clock.advance(minutes=30)
            days.work(evening, job.after_index, is_mail_up=bool(is_up))
        told, got = received(box)
    expected = Counter({(f"{w.owner} {w.topic}", name): n for w in days.watchers for name, n in w.told.items()})
    assert told == expected
    assert set(told.values()) == {1}
    assert len(told) > 40
    assert got <= {("ada@example.org", "ada"), ("bert@example.org", "bert"), ("cora@example.org", "cora")}
    assert not Digest.objects.exclude(state="sent").exists()
    assert days.kills + days.visits > 3
