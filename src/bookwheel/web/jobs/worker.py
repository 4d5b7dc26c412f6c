"""The worker: takes up what is due, in a few threads, until it is told to stop."""

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from threading import Event, Lock, Thread

from django.db import DatabaseError, close_old_connections, connection

from bookwheel.config import FILE_NAME, read_config
from bookwheel.errors import BookwheelError
from bookwheel.library import Library
from bookwheel.web.jobs import lease as leases
from bookwheel.web.jobs.asking import settle
from bookwheel.web.jobs.lease import Lease, LeaseLost
from bookwheel.web.jobs.running import Clock, Ended, heartbeat, log, run, utc_now
from bookwheel.web.jobs.table import Planned, planned

LOOK_SECONDS = 2.0
"""Between two looks for something due."""

STOP_SECONDS = 5.0
"""What a job may take to reach its next step when the worker ends; after that it is left where it is."""

Tell = Callable[[Ended], None]


@dataclass
class Worker:
    """One process's work on the jobs of a catalogue; `tell` hears of each run that ended."""

    catalogue: Path
    tell: Tell = lambda ended: None
    clock: Clock = utc_now
    stop: Event = field(default_factory=Event)
    _held: dict[int, Lease] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _table: Mapping[str, Planned] = field(default_factory=dict)
    _read: int = -1

    def __post_init__(self) -> None:
        self._name = f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}"

    def once(self) -> None:
        """Run what is due, one after the other, until nothing is."""
        self._look_at_settings()
        while not self.stop.is_set() and self._one(self._name, quick=False):
            pass

    def until_stopped(self, threads: int) -> bool:
        """Work until `stop` is set; whether every job had reached its end or its next step when this returns.

        With more than one thread, one leaves the long jobs to the others: a harvest of hours delays no mail.
        """
        started = [
            Thread(target=self._go_on, args=(number, number == 0 and threads > 1), daemon=True)
            for number in range(threads)
        ]
        for thread in started:
            thread.start()
        self.stop.wait()
        for thread in started:
            thread.join(STOP_SECONDS / threads)
        self._give_back()
        return not any(thread.is_alive() for thread in started)

    def _go_on(self, number: int, quick: bool) -> None:
        try:
            while not self.stop.is_set():
                if not self._safely(f"{self._name}:{number}", quick):
                    self.stop.wait(LOOK_SECONDS)
        finally:
            connection.close()

    def _safely(self, holder: str, quick: bool) -> bool:
        """One job, if one is due. A database that does not answer is asked again later."""
        try:
            close_old_connections()
            self._look_at_settings()
            return self._one(holder, quick)
        except (DatabaseError, OSError, LeaseLost) as error:
            log.error("the worker cannot work just now: %s", error)
            connection.close()
            return False

    def _one(self, holder: str, quick: bool) -> bool:
        table = self._table
        lease = leases.claim(holder, self.clock(), lambda name: name in table and not (quick and table[name].is_long))
        if lease is None:
            return False
        with self._lock:
            self._held[lease.run] = lease
        try:
            # Opened anew for each: what it holds of the index is let go, and settings are those of today.
            with Library.open(self.catalogue) as library, heartbeat(lease, self.clock):
                ended = run(lease, table[lease.name].work, library, self.stop, self.clock)
        except BookwheelError as error:
            leases.failed(lease, self.clock(), str(error))
            ended = Ended(lease.name, "failed", str(error))
        finally:
            with self._lock:
                self._held.pop(lease.run, None)
        self.tell(ended)
        return True

    def _give_back(self) -> None:
        """What did not reach a step in time is for the next worker at once, instead of when the lease has expired."""
        with self._lock:
            for lease in self._held.values():
                try:
                    leases.stopped(lease, self.clock())
                except (LeaseLost, DatabaseError):
                    continue

    def _look_at_settings(self) -> None:
        """Take in the sources and schedules of the settings when their file has changed.

        One that cannot be read leaves everything as it was.
        """
        with self._lock:
            changed = (self.catalogue / FILE_NAME).stat().st_mtime_ns
            if changed == self._read:
                return
            self._read = changed
            try:
                table = planned(read_config(self.catalogue))
            except BookwheelError as error:
                log.error("the settings cannot be used, those of before hold: %s", error)
                return
            settle((each.wanted for each in table.values()), self.clock())
            self._table = table
