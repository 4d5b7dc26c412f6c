"""The jobs that fill the catalogue: harvest, reconcile, retry, index. How far they came the store itself remembers."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from types import MappingProxyType

from bookwheel.errors import IndexBusyError, SourceBusyError, SourceError, UnknownNameError
from bookwheel.store.model import Counts, Run
from bookwheel.web.jobs.asking import ask
from bookwheel.web.jobs.context import Context
from bookwheel.web.jobs.running import Later

TELL_SECONDS = 2.0
"""Between two words on the progress: each is a row written."""

_SHORTLY = timedelta(seconds=30)


def harvest(source: str, context: Context) -> str:
    """Harvest a source from where it stands. Raises SourceError, and Later while something else writes the source."""
    return _filled(context, lambda progress: context.library.harvest(source, progress))


def reconcile(source: str, context: Context) -> str:
    """Compare a source's list of identifiers with the store. Raises as `harvest` does."""
    return _filled(context, lambda progress: context.library.reconcile(source, progress=progress).run)


def retry(context: Context) -> str:
    """Read again what lies in quarantine, of every source."""
    try:
        counts = context.library.retry(progress=Told(context))
    except SourceBusyError as busy:
        raise Later(str(busy)) from busy
    if counts.stored or counts.deleted:
        ask("index", context.now())
    return f"{counts.fetched:,} pieces read again: {counts.stored:,} became records, {counts.rejected:,} stay."


def index(behind: Iterable[str], context: Context) -> str:
    """Bring the index up to the store, and have the jobs `behind` it run."""
    try:
        report = context.library.index(progress=Told(context))
    except IndexBusyError as busy:
        # Another process takes in what came. What runs behind must wait until it has.
        if context.library.status(1).waiting:
            raise Later("Another process is indexing, and takes in what came.", _SHORTLY) from busy
        report = None
    for name in behind:
        _ask_if_known(name, context)
    if report is None:
        return "Another process has indexed what came."
    return f"{report.added:,} records added, {report.deleted:,} deleted in {report.seconds:.1f} s."


def _filled(context: Context, fill: Callable[["Told"], Run]) -> str:
    store = context.library.store
    # Kept with the job's place: what an interrupted run brought counts too.
    before = context.checkpoint.get("change", store.latest_change())
    try:
        run = fill(Told(context, {"change": before}))
    except SourceBusyError as busy:
        raise Later(str(busy)) from busy
    finally:
        # What came before a failure is to be found as well.
        if store.latest_change() > before:
            _ask_if_known("index", context)
    if run.state != "complete":
        reason = run.notes[-1] if run.notes else "the list was not read to its end"
        raise SourceError(f"run {run.id} is {run.state}: {reason}")
    return _sentence(run.counts, run.notes)


def _sentence(counts: Counts, notes: Sequence[str]) -> str:
    told = (
        f"{counts.fetched:,} fetched: {counts.stored:,} stored, {counts.unchanged:,} unchanged, "
        f"{counts.deleted:,} deleted, {counts.rejected:,} rejected."
    )
    alarms = [note for note in notes if note.startswith("alarm")]
    return " ".join([told, *alarms])


def _ask_if_known(name: str, context: Context) -> None:
    with suppress(UnknownNameError):
        ask(name, context.now())


class Told:
    """A Progress that is kept with the job, for operators to see, now and then; each word holds the lease."""

    def __init__(self, context: Context, checkpoint: Mapping[str, int] = MappingProxyType({})) -> None:
        self._context, self._checkpoint = context, checkpoint
        self._done = 0
        self._total: int | None = None
        self._told = 0.0

    def total(self, count: int | None) -> None:
        self._total = count

    def advance(self, count: int) -> None:
        self._done += count
        if time.monotonic() - self._told >= TELL_SECONDS:
            self._told = time.monotonic()
            of_all = f" of {self._total:,}" if self._total is not None else ""
            self._context.save(self._checkpoint, f"{self._done:,}{of_all}")

    def message(self, text: str) -> None:
        """Remarks stand with the source's run."""
