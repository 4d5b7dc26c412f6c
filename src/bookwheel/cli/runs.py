"""What harvest, import and retry have in common: telling what a run did, and indexing it."""

from pathlib import Path

from bookwheel.cli.follow import NOTHING, added
from bookwheel.cli.output import counted, write_json, write_line
from bookwheel.cli.progress import shown
from bookwheel.errors import IndexBusyError, SourceError
from bookwheel.jobs.index import IndexReport
from bookwheel.library import Library
from bookwheel.store.model import Counts, Run


def finish(library: Library, run: Run, *, to_index: bool, as_json: bool, followed: IndexReport = NOTHING) -> None:
    """Index what came and `followed` has not indexed, when asked to, and tell what happened.

    Raises SourceError when the run did not reach its end, after telling.
    """
    report = added(followed, indexed(library)) if to_index else None
    if as_json:
        write_json({"run": run, "index": report})
    else:
        write_run(run)
        write_report(report)
    must_be_complete(run)


def must_be_complete(run: Run) -> None:
    """Raises SourceError for a run that did not reach its end."""
    if run.state != "complete":
        reason = run.notes[-1] if run.notes else "the list was not read to its end"
        raise SourceError(f"{run.source}: the run is {run.state}: {reason}. The same command goes on from there.")


def indexed(library: Library, *, rebuild: bool = False) -> IndexReport:
    """Bring the index up to the store, with its progress shown.

    Leaves it to another process that is indexing already, unless a rebuild was asked for: that one takes in the same.
    """
    with shown("index") as progress:
        try:
            return library.index(rebuild=rebuild, progress=progress)
        except IndexBusyError:
            if rebuild:
                raise
            progress.message("another process is indexing, and takes in what came")
            return NOTHING


def write_run(run: Run) -> None:
    write_line(f"{run.source}: {counts_line(run.counts)}.")
    for note in run.notes:
        write_line(f"  {note}")
    if run.counts.rejected:
        write_line("  What was rejected is kept: 'bookwheel retry' reads it again, 'bookwheel status' shows it.")


def counts_line(counts: Counts) -> str:
    """
    >>> counts_line(Counts(fetched=5, stored=3, unchanged=1, deleted=1))
    '5 records fetched: 3 stored, 1 unchanged, 1 deleted, 0 rejected'
    """
    return (
        f"{counted(counts.fetched, 'record')} fetched: {counts.stored:,} stored, "
        f"{counts.unchanged:,} unchanged, {counts.deleted:,} deleted, {counts.rejected:,} rejected"
    )


def write_report(report: IndexReport | None) -> None:
    if report is None:
        write_line("Not indexed: 'bookwheel index' makes the changes visible.")
        return
    how = "rebuilt" if report.rebuilt else "brought up to date"
    write_line(
        f"Index {how} in {report.seconds:.1f} s: {counted(report.added, 'record')} added, {report.deleted:,} deleted."
    )


def named(paths: tuple[Path, ...]) -> str:
    """What is being imported, in a few words."""
    return paths[0].name if len(paths) == 1 else counted(len(paths), "file")
