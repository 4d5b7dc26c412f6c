"""Counts searches that found nothing, in memory; a thread of the server writes them down now and then.

A page that is asked for writes nothing. What fewer than three readers searched for never leaves the memory: a text that
one person alone would type is that person's own. Readers are told apart by a keyed hash of their address, the key of
which is made anew in each process and forgotten with it.
"""

import logging
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import blake2b
from threading import Event, Lock, Thread

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F
from django.http import HttpRequest

from bookwheel.web.api.access import client
from bookwheel.web.ops.models import LONGEST_TEXT, EmptySearch

log = logging.getLogger("bookwheel.web.ops")

READERS = 3
"""Different readers who must have searched for a text before it is written down."""

MOST_TEXTS = 10_000
"""Texts in memory; the one that was searched for least recently is forgotten first."""

WRITE_SECONDS = 300.0


@dataclass
class _Count:
    readers: set[bytes] = field(default_factory=set)
    times: int = 0


class Counting:
    """The counts of one process. Safe to share between threads."""

    def __init__(self, most: int = MOST_TEXTS) -> None:
        self._most = most
        self._key = secrets.token_bytes(32)
        self._counts: OrderedDict[tuple[date, str], _Count] = OrderedDict()
        self._lock = Lock()

    def note(self, text: str, address: str, day: date) -> None:
        """Somebody at this address searched for the text on this day, and found nothing."""
        folded = " ".join(text.casefold().split())
        if not folded or len(folded) > LONGEST_TEXT:
            return
        reader = blake2b(address.encode(), key=self._key, digest_size=8).digest()
        with self._lock:
            count = self._counts.setdefault((day, folded), _Count())
            self._counts.move_to_end((day, folded))
            count.times += 1
            if len(count.readers) < READERS:
                count.readers.add(reader)
            if len(self._counts) > self._most:
                self._counts.popitem(last=False)

    def take(self, today: date) -> list[tuple[date, str, int]]:
        """What is to be written: day, text, times since it was last taken. What rests of other days is forgotten."""
        taken = []
        with self._lock:
            for (day, text), count in list(self._counts.items()):
                if count.times and len(count.readers) >= READERS:
                    taken.append((day, text, count.times))
                    count.times = 0
                if day != today:
                    del self._counts[day, text]
        return taken


COUNTING = Counting()


def is_on() -> bool:
    return bool(settings.BOOKWHEEL.accounts and settings.BOOKWHEEL.empty_searches_days)


def note(request: HttpRequest, text: str) -> None:
    """Count a search that found nothing, where searches are counted."""
    if is_on():
        COUNTING.note(text, client(request), _today())


def write_down() -> None:
    """Add what was counted to the table."""
    for day, text, times in COUNTING.take(_today()):
        EmptySearch.objects.get_or_create(day=day, text=text)
        EmptySearch.objects.filter(day=day, text=text).update(times=F("times") + times)


def start() -> None:
    """Write down now and then, until the process ends; what it counted since is lost with it."""
    if is_on():
        Thread(target=_go_on, args=(Event(),), name="empty searches", daemon=True).start()


def _go_on(ended: Event) -> None:
    while not ended.wait(WRITE_SECONDS):
        try:
            write_down()
        except DatabaseError as error:
            log.warning("searches that found nothing could not be counted: %s", error)
        finally:
            connection.close()


def _today() -> date:
    return datetime.now(UTC).date()
