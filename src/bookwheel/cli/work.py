"""`bookwheel work`: run what is due, and the process that does so beside `bookwheel serve`."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import click

from bookwheel.cli.follow import end_of_input
from bookwheel.cli.options import catalogue_option, existing, output_options
from bookwheel.cli.output import write_json, write_line

if TYPE_CHECKING:
    from bookwheel.web.jobs.running import Ended

AGAIN_SECONDS = 5.0
"""After a worker has died, before another is started."""


@click.command()
@click.option("--once", is_flag=True, help="Run what is due now, and end; for cron.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True, help="Jobs run at a time.")
@click.option("--until-input-ends", is_flag=True, hidden=True)
@catalogue_option
@output_options
def work(once: bool, workers: int, until_input_ends: bool, catalogue: Path, as_json: bool) -> None:
    """Run harvests, alerts and what else is due, until Ctrl-C.

    "bookwheel serve" does so by itself; on another machine, or beside another server, this command does. Several
    workers share the work: no job is run by two of them. One that is stopped in the middle of a job, even by force,
    leaves it to the next, which goes on from there.
    """
    from bookwheel.web.people.setup import set_up

    set_up(existing(catalogue))
    from bookwheel.web.jobs.worker import Worker  # Its tables are known once Django is set up.

    ended: list[Ended] = []
    worker = Worker(catalogue, tell=ended.append if as_json or until_input_ends else _tell)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: worker.stop.set())
    if once:
        worker.once()
    else:
        if until_input_ends:
            Thread(target=_stop_at_end_of_input, args=(worker.stop,), daemon=True).start()
        is_whole = worker.until_stopped(workers)
        if not is_whole:
            # A job in a long step: it is killed here, as it may be anywhere.
            sys.stdout.flush()
            os._exit(0)
    if as_json:
        write_json(ended)
    elif once:
        write_line("Nothing else is due.")


def _stop_at_end_of_input(stop: Event) -> None:
    end_of_input().wait()
    stop.set()


def _tell(ended: "Ended") -> None:
    write_line(f"{ended.name}: {ended.outcome}. {ended.sentence}".rstrip())


@contextmanager
def working(catalogue: Path) -> Iterator[None]:
    """A worker in a process beside this one, for as long as the block runs; one that dies is followed by another.

    It ends with this process, whatever ends that.
    """
    ending = Event()
    keeper = Thread(target=_keep, args=(catalogue, ending), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join()


def _keep(catalogue: Path, ending: Event) -> None:
    command = [sys.executable, "-m", "bookwheel", "work", "--until-input-ends", "--catalogue", str(catalogue)]
    while not ending.is_set():
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:  # noqa: S603
            while process.poll() is None and not ending.wait(0.5):
                pass
            # Leaving the block closes its input, which ends it, and waits for it.
        ending.wait(AGAIN_SECONDS)
