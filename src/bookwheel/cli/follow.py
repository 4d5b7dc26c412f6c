"""Keeps the index up with the store while something else runs: the pages, or a long harvest.

A process of its own (`bookwheel index --follow`), so that reading records and indexing them take a core each:
1,502 against 1,052 records a second one after the other (100,000 records, 2 cores, bench/pipeline.py).
"""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from bookwheel.errors import IndexBusyError
from bookwheel.jobs.index import IndexReport
from bookwheel.jobs.progress import Progress
from bookwheel.library import Library

PAUSE_SECONDS = 5.0
"""Between two looks at the store: what was harvested is found some seconds later, well within a minute."""

WORTH_A_PROCESS = 5_000
"""Records after which a harvest is long enough to be indexed while it runs: a process costs about half a second."""

WORTH_A_COMMIT = 5_000
"""Records waited for between commits while they come fast: each commit makes a segment to be merged."""

NOTHING = IndexReport(0, 0, 0, False, 0.0)


def follow(catalogue: Path, ended: threading.Event) -> IndexReport:
    """Index what comes until `ended`, and then what is left; the sum of what was done.

    While another process indexes, that one takes in what we would have.
    """
    done = _catch_up(catalogue)
    while not ended.wait(PAUSE_SECONDS):
        done = added(done, _catch_up(catalogue))
    return added(done, _catch_up(catalogue))


def _catch_up(catalogue: Path) -> IndexReport:
    # Opened anew each time: a closed engine lets go of the index, so that other commands may write it too. While much
    # comes it stays open, since closing waits for the merging of segments.
    done = NOTHING
    with Library.open(catalogue) as library:
        try:
            while lacking := library.store.count_changes(library.engine.watermark()):
                if lacking < WORTH_A_COMMIT and done is not NOTHING:
                    break
                done = added(done, library.index())
        except IndexBusyError:
            pass
    return done


def added(one: IndexReport, other: IndexReport) -> IndexReport:
    """Two runs told as one."""
    return IndexReport(
        one.added + other.added,
        one.deleted + other.deleted,
        max(one.watermark, other.watermark),
        one.rebuilt or other.rebuilt,
        one.seconds + other.seconds,
    )


def end_of_input() -> threading.Event:
    """Is set when the program that started this one closes our input, or dies. Never when there is no such pipe."""
    ended = threading.Event()
    if stat.S_ISFIFO(os.fstat(0).st_mode):

        def read() -> None:
            sys.stdin.buffer.read()
            ended.set()

        threading.Thread(target=read, daemon=True).start()
    return ended


class Follower:
    """A process that indexes beside this one, from `start` to `end`."""

    def __init__(self, catalogue: Path) -> None:
        self._catalogue = catalogue
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self._process is None:
            command = [sys.executable, "-m", "bookwheel", "index", "--follow", "--json"]
            self._process = subprocess.Popen(  # noqa: S603  (our own command)
                [*command, "--catalogue", str(self._catalogue)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    def end(self) -> IndexReport:
        """What it indexed. A follower that failed has done nothing that the next index run would not do again."""
        process, self._process = self._process, None
        if process is None:
            return NOTHING
        with process:
            said, _ = process.communicate()
        return NOTHING if process.returncode else msgspec.json.decode(said, type=IndexReport)


class FollowedProgress:
    """Tells on what it is told, and starts the follower once enough has come."""

    def __init__(self, progress: Progress, follower: Follower) -> None:
        self._progress = progress
        self._follower = follower
        self._done = 0

    def total(self, count: int | None) -> None:
        self._progress.total(count)

    def advance(self, count: int) -> None:
        self._done += count
        if self._done >= WORTH_A_PROCESS:
            self._follower.start()
        self._progress.advance(count)

    def message(self, text: str) -> None:
        self._progress.message(text)


@contextmanager
def following(catalogue: Path) -> Iterator[Follower]:
    """A follower that ends with the context, whatever ends it."""
    follower = Follower(catalogue)
    try:
        yield follower
    finally:
        follower.end()
