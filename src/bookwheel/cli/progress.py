"""Long work, drawn on standard error: a bar where a terminal is, plain lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as RichProgress
from rich.text import Text

from bookwheel.jobs.progress import Progress

LINE_EVERY_SECONDS = 10.0
"""Between two plain lines: a log of an hour's harvest stays within a few screens."""


@contextmanager
def shown(label: str) -> Iterator[Progress]:
    """A Progress to hand to a job; what was drawn is finished when the context ends, also by an error."""
    if sys.stderr.isatty():
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
        )
        with RichProgress(*columns, console=Console(stderr=True)) as bars:
            yield _Bar(bars, label)
    else:
        lines = Lines(label)
        yield lines
        lines.end()


class _Bar:
    def __init__(self, bars: RichProgress, label: str) -> None:
        self._bars = bars
        self._task = bars.add_task(label, total=None)

    def total(self, count: int | None) -> None:
        self._bars.update(self._task, total=count)

    def advance(self, count: int) -> None:
        self._bars.advance(self._task, count)

    def message(self, text: str) -> None:
        self._bars.console.print(text, markup=False, highlight=False)


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.finished_speed or task.speed or 0:,.0f}/s")


class Lines:
    """A line now and then, and one at the end: "harvest doaj: 1,200 of 5,000, 310/s, about 12 s to go"."""

    def __init__(self, label: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._label = label
        self._clock = clock
        self._started = self._told = clock()
        self._total: int | None = None
        self._done = 0

    def total(self, count: int | None) -> None:
        self._total = count

    def advance(self, count: int) -> None:
        self._done += count
        if self._clock() - self._told >= LINE_EVERY_SECONDS:
            self._told = self._clock()
            self._tell()

    def message(self, text: str) -> None:
        click.echo(f"{self._label}: {text}", err=True)

    def end(self) -> None:
        """Tell where it ended, when there was anything to do."""
        if self._done:
            self._tell()

    def _tell(self) -> None:
        seconds = self._clock() - self._started
        rate = self._done / seconds if seconds > 0 else 0.0
        line = f"{self._label}: {self._done:,}"
        if self._total is not None:
            line += f" of {self._total:,}"
        line += f", {rate:,.0f}/s"
        if self._total is not None and self._total > self._done and rate:
            line += f", about {(self._total - self._done) / rate:,.0f} s to go"
        click.echo(line, err=True)
