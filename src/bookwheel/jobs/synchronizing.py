"""Brings the store up to a site that tells its resources and their changes; a bad resource never stops the others.

The store remembers of each resource its mark (`completed`) and which records it held (`checkpoint`), so that a
resource that is deleted, or comes back without some of them, takes them along.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol, runtime_checkable

import msgspec

from bookwheel.errors import SourceError, TransportError
from bookwheel.formats.columns import Columns
from bookwheel.jobs.harvest import closed_on_failure
from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.jobs.taking import Taking
from bookwheel.records.raw import Page, RawRecord, Reading
from bookwheel.sources.delivery import Delivery, known
from bookwheel.sources.resourcesync import Resource
from bookwheel.store import Store
from bookwheel.store.model import ListKey, ListState, Received, Run

MAX_TOLD = 20
"""Failures told one by one; the others are counted."""

MAX_SILENCES = 3
"""Resources one after the other that gave no usable answer after all tries: then the site is down, not a resource."""


@runtime_checkable
class Synchronizer(Protocol):
    """A site with resources; see `sources.resourcesync`, which is one."""

    name: str
    format: str
    reached: str

    def resources(self, since: str, notes: list[str]) -> Iterator[Resource]: ...

    def get(self, resource: Resource, mark: str, notes: list[str]) -> Delivery | None: ...

    def done(self, uri: str) -> None: ...


class Held(NamedTuple):
    """A record that a resource held: enough to delete it."""

    id: str
    identifier: str
    format: str


def synchronize(
    source: Synchronizer,
    store: Store,
    *,
    id_prefix: str = "",
    columns: Columns | None = None,
    progress: Progress = SILENT,
) -> Run:
    """Take in what the site lists, at first all of it and later the changes; `columns` maps its tables.

    Gives the finished run, "incomplete" with an alarm in its notes for each resource that failed. The next run then
    begins at the same moment: what was read is not fetched again, what failed is tried again. Raises SourceError when
    a list of the site's cannot be had, and what `jobs.harvest.harvest` raises.
    """
    taking = Taking(store, store.start_run(source.name, "harvest"), id_prefix, columns)
    key = ListKey(source.name, "changes", "", source.format)
    failures = silences = 0
    with closed_on_failure(taking):
        notes: list[str] = []
        for resource in source.resources(store.list_state(key).completed, notes):
            try:
                _bring_up_to_date(source, resource, taking, notes)
                silences = 0
            except SourceError as error:
                source.done(resource.uri)
                failures += 1
                silences = silences + 1 if isinstance(error, TransportError) else 0
                if silences == MAX_SILENCES:
                    raise
                progress.message(str(error))
                if failures <= MAX_TOLD:
                    taking.note(f"alarm: {error}")
            progress.advance(1)
            taking.note(*notes)
            notes.clear()
        taking.note(*notes)
        if failures > MAX_TOLD:
            taking.note(f"alarm: {failures - MAX_TOLD} more resources failed")
        if not failures:
            store.save_list_state(taking.run, key, ListState(source.reached))
    return taking.finish("incomplete" if failures else "complete")


def _bring_up_to_date(source: Synchronizer, resource: Resource, taking: Taking, notes: list[str]) -> None:
    key = ListKey(source.name, "resource", resource.uri, source.format)
    state = taking.store.list_state(key)
    had = msgspec.json.decode(state.checkpoint or "[]", type=list[Held])
    if resource.is_deleted:
        _delete(had, taking, key, ListState())
        return
    delivery = source.get(resource, state.completed, notes)
    if delivery is None:
        return
    is_same = known(state.completed)[0] == delivery.content
    held = had if is_same else list(_read(delivery, taking))
    gone = set(had).difference(held)
    _delete(gone, taking, key, ListState(delivery.mark, checkpoint=msgspec.json.encode(held).decode()))
    source.done(resource.uri)


def _read(delivery: Delivery, taking: Taking) -> Iterator[Held]:
    """The records of a resource, stored."""
    for page in delivery.source.pages():
        received = [taking.read(raw) for raw in page.records]
        taking.keep(received, page)
        yield from (Held(each.id, each.raw.identifier, each.raw.format) for each in received if not each.raw.deleted)


def _delete(gone: Iterable[Held], taking: Taking, key: ListKey, state: ListState) -> None:
    """Delete records, and with that remember how the resource stands."""
    received = [
        Received(held.id, RawRecord(key.source, held.identifier, "", held.format, b"", deleted=True), Reading(None))
        for held in sorted(gone)
    ]
    taking.keep(received, Page(()), (key, state))
