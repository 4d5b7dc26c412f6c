"""Runs one job under its lease: what the job is given, what keeps the lease meanwhile, and what is kept of the end."""

import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any, TypeAlias

from django.db import DatabaseError, connection

from bookwheel.errors import BookwheelError
from bookwheel.library import Library
from bookwheel.web.jobs import lease as leases
from bookwheel.web.jobs.context import Context
from bookwheel.web.jobs.lease import Lease, LeaseLost, Stopping

log = logging.getLogger("bookwheel.web.jobs")

BEAT_SECONDS = 15.0
"""Between two signs of life of a job in a long step."""

Clock: TypeAlias = Callable[[], datetime]
Work: TypeAlias = Callable[[Context], str]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Later(Exception):  # noqa: N818  (no error: the job is tried again, and nothing is wrong)
    """A job says that it cannot run just now, in a sentence for operators."""

    def __init__(self, sentence: str, wait: timedelta = timedelta(minutes=10)) -> None:
        super().__init__(sentence)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended; `outcome` as in `models.Run`, or "lost"."""

    name: str
    outcome: str
    sentence: str


class Held:
    """The Context of a job that runs under a lease."""

    def __init__(self, library: Library, lease: Lease, clock: Clock, stop: Event) -> None:
        self._library, self._lease, self._clock, self._stop = library, lease, clock, stop
        self._checkpoint = lease.checkpoint

    @property
    def library(self) -> Library:
        return self._library

    def now(self) -> datetime:
        return self._clock()

    @property
    def checkpoint(self) -> Mapping[str, Any]:
        return self._checkpoint

    def save(self, checkpoint: Mapping[str, Any], progress: str = "") -> None:
        self._checkpoint = dict(checkpoint)
        leases.save(self._lease, self._clock(), checkpoint, progress)
        if self._stop.is_set():
            raise Stopping(f"{self._lease.name}: the worker ends")


def run(lease: Lease, work: Work, library: Library, stop: Event, clock: Clock = utc_now) -> Ended:
    """Run the job to an end, whatever it is, and keep how it went."""
    try:
        outcome, sentence = _outcome(lease, work, Held(library, lease, clock, stop), clock)
    except LeaseLost as loss:
        outcome, sentence = "lost", str(loss)
    return Ended(lease.name, outcome, sentence)


def _outcome(lease: Lease, work: Work, context: Context, clock: Clock) -> tuple[str, str]:
    try:
        sentence = work(context)
    except Stopping as reason:
        leases.stopped(lease, clock())
        return "stopped", str(reason)
    except Later as reason:
        leases.put_off(lease, clock(), str(reason), reason.wait)
        return "put off", str(reason)
    except BookwheelError as error:
        leases.failed(lease, clock(), str(error))
        return "failed", str(error)
    except Exception as error:
        log.exception("job %s failed", lease.name)
        leases.failed(lease, clock(), _told(error))
        return "failed", _told(error)
    leases.done(lease, clock(), sentence)
    return "done", sentence


def _told(error: Exception) -> str:
    """An error of our own making in one line, with its place in the code."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{frame.filename.rpartition('/')[2]} line {frame.lineno}"
    return f"unexpected {type(error).__name__} at {place}: {error}"


@contextmanager
def heartbeat(lease: Lease, clock: Clock = utc_now) -> Iterator[None]:
    """Hold the lease while the block runs, from a thread of its own: a step may take longer than the lease lasts."""
    ended = Event()

    def beat() -> None:
        try:
            while not ended.wait(BEAT_SECONDS):
                try:
                    leases.hold(lease, clock())
                except DatabaseError as error:
                    # The next beat tries again; should none succeed, another worker takes over.
                    log.warning("job %s: no sign of life could be given: %s", lease.name, error)
                except LeaseLost:
                    # The job learns of it when it saves its place.
                    return
        finally:
            connection.close()

    thread = Thread(target=beat, name=f"heartbeat {lease.name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
