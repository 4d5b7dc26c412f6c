"""Takes what a source has that the store lacks, page by page; killed anywhere, the next run goes on behind
the last page.

The next list begins at the greatest datestamp served by a list that came to its end, less an overlap: never
at a clock's time, and never at the server's, since a feed may hold back its newest days (reliability 0.1,
N2). Repositories answer in any order, so nothing moves before the end of the list.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta

from bookwheel.errors import EndlessListError, ResumptionError, StoreError, TransportError
from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.jobs.taking import Taking
from bookwheel.records.raw import Page
from bookwheel.sources.base import Source, Start
from bookwheel.store import Store
from bookwheel.store.model import ListKey, ListState, Run

OVERLAP_HOURS = 48
"""Hours asked for again: two days of a server that knows days alone, a server's lag, a wrong time zone."""

RESTARTS = 3
"""How often one run begins a list again whose resumption token was refused."""

SHORTFALL_ALARM = 0.001
"""Share of completeListSize that may be missing before the operator is told (reliability N3)."""


def harvest(
    source: Source,
    store: Store,
    *,
    sets: Iterable[str] = (),
    overlap_hours: int = OVERLAP_HOURS,
    id_prefix: str = "",
    progress: Progress = SILENT,
) -> Run:
    """Walk the source's lists to their ends: one for each set, or one for everything.

    Gives the finished run; its state is "incomplete", with the reason in its notes, when a list repeated
    itself or its token was refused again and again. Raises StoreError at once while another run writes this
    source, and SourceError when the source fails; what came before is kept, and the next run goes on behind
    it.
    """
    taking = Taking(store, store.start_run(source.name, "harvest"), id_prefix)
    overlap = timedelta(hours=overlap_hours)
    with closed_on_failure(taking):
        complete = []
        for set_ in tuple(sets) or ("",):
            key = ListKey(source.name, set=set_, prefix=source.format)
            complete.append(walk(source, taking, key, overlap, progress))
    return taking.finish("complete" if all(complete) else "incomplete")


@contextmanager
def closed_on_failure(taking: Taking) -> Iterator[None]:
    """Closes the run of a job that fails, with the reason as its note, and lets the failure pass on."""
    try:
        yield
    except BaseException as error:
        # The failure counts, not that a full disk or a lost lease also keeps its note from being written.
        with suppress(StoreError):
            taking.note(str(error) or f"stopped by {type(error).__name__}")
            will_resume = isinstance(error, TransportError | StoreError) or not isinstance(error, Exception)
            taking.finish("incomplete" if will_resume else "failed")
        raise


def lower_bound(completed: str, overlap: timedelta) -> str:
    """The `from` of the next list: `completed` less the overlap, "" to ask for everything.

    >>> lower_bound("2025-08-20T02:20:32Z", timedelta(hours=48))
    '2025-08-18T02:20:32Z'
    """
    if not completed:
        return ""
    return f"{datetime.fromisoformat(completed) - overlap:%Y-%m-%dT%H:%M:%SZ}"


def walk(source: Source, taking: Taking, key: ListKey, overlap: timedelta, progress: Progress) -> bool:
    """Walk one list; whether it came to its end. What was served is stored in either case."""
    named = f"list {key.set}" if key.set else "list"
    state = taking.store.list_state(key)
    if not state.begun:
        state = ListState(state.completed, begun=True, lower_bound=lower_bound(state.completed, overlap))
    for _ in range(1 + RESTARTS):
        try:
            for page in source.pages(Start(key.set, from_=state.lower_bound, checkpoint=state.checkpoint)):
                state = after_page(state, page)
                taking.take(page, (key, state))
                _tell(page, state, named, taking, progress)
            return True
        except ResumptionError as error:
            taking.note(f"{named}: begun again: {error}")
            # What the list has served stays served: its greatest datestamp counts once the list comes to its
            # end.
            state = replace(state, checkpoint="", served=0)
        except EndlessListError as error:
            taking.note(f"{named}: {error}")
            break
    # The next run begins this list again from the same bound; the token leads nowhere.
    taking.note(f"{named}: not complete; the next run begins it again")
    taking.store.save_list_state(taking.run, key, ListState(completed=state.completed))
    return False


def after_page(state: ListState, page: Page) -> ListState:
    """How far the list is walked behind the page; its end moves the completed bound, and only forward."""
    newest = max(state.newest, page.newest)
    served = state.served + len(page.records) + len(page.rejected)
    if page.checkpoint:
        return replace(state, checkpoint=page.checkpoint, newest=newest, served=served)
    return ListState(completed=max(state.completed, newest), served=served)


def _tell(page: Page, state: ListState, named: str, taking: Taking, progress: Progress) -> None:
    if page.list_size is not None:
        progress.total(page.list_size)
    progress.advance(len(page.records) + len(page.rejected))
    for note in page.notes:
        progress.message(note)
    if not state.begun and page.list_size and page.list_size - state.served > SHORTFALL_ALARM * page.list_size:
        taking.note(
            f"alarm: {named}: {page.list_size - state.served} of the {page.list_size} announced records were not "
            "served. 'bookwheel reconcile' finds them."
        )
