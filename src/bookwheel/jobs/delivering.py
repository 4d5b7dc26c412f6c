"""Takes in the files a source has that are new or changed; a file that cannot be read never stops the others.

What the store remembers of a file, as of any list, is how far it was read: `completed` holds the mark of the file
read whole, and while one is being read `lower_bound` holds its content, so that a file replaced meanwhile begins
again.
"""

from dataclasses import replace

from bookwheel.errors import ResumptionError, SourceError
from bookwheel.formats.columns import Columns
from bookwheel.jobs.harvest import closed_on_failure
from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.jobs.taking import Taking
from bookwheel.sources.base import Start
from bookwheel.sources.delivery import Deliverer, Delivery, known
from bookwheel.store import Store
from bookwheel.store.model import ListKey, ListState, Run


def harvest_files(
    source: Deliverer,
    store: Store,
    *,
    id_prefix: str = "",
    columns: Columns | None = None,
    progress: Progress = SILENT,
) -> Run:
    """Read what the source's files say that the store has not read; `columns` maps its tables.

    Gives the finished run, "incomplete" with an alarm in its notes for each file that failed: the next harvest tries
    those again. Raises the failure itself when no file at all could be had, otherwise what `jobs.harvest.harvest`
    does.
    """
    taking = Taking(store, store.start_run(source.name, "harvest"), id_prefix, columns)
    failures: list[SourceError] = []
    count = 0
    with closed_on_failure(taking):
        notes: list[str] = []
        for name in source.names(notes):
            count += 1
            try:
                _take(source, name, taking, notes, progress)
            except SourceError as error:
                failures.append(error)
                progress.message(str(error))
                taking.note(f"alarm: {error}")
            taking.note(*notes)
            notes.clear()
        taking.note(*notes)
        if failures and len(failures) == count:
            raise failures[0]
    return taking.finish("incomplete" if failures else "complete")


def _take(source: Deliverer, name: str, taking: Taking, notes: list[str], progress: Progress) -> None:
    key = ListKey(source.name, "file", name, source.format)
    state = taking.store.list_state(key)
    delivery = source.get(name, state.completed, notes)
    if delivery is None:
        return
    if known(state.completed)[0] != delivery.content:
        progress.message(name)
        _read(delivery, key, state, taking, progress)
    taking.store.save_list_state(taking.run, key, ListState(delivery.mark))
    source.done(name)


def _read(delivery: Delivery, key: ListKey, state: ListState, taking: Taking, progress: Progress) -> None:
    """The file's pages, behind the one where reading this content was stopped."""
    if not (state.begun and state.lower_bound == delivery.content):
        state = ListState(state.completed, begun=True, lower_bound=delivery.content)
    try:
        _walk(delivery, key, state, taking, progress)
    except ResumptionError as error:
        taking.note(f"{key.set}: begun again: {error}")
        _walk(delivery, key, replace(state, checkpoint="", served=0), taking, progress)


def _walk(delivery: Delivery, key: ListKey, state: ListState, taking: Taking, progress: Progress) -> None:
    for page in delivery.source.pages(Start(checkpoint=state.checkpoint)):
        pieces = len(page.records) + len(page.rejected)
        state = replace(state, checkpoint=page.checkpoint or state.checkpoint, served=state.served + pieces)
        taking.take(page, (key, state))
        progress.advance(pieces)
