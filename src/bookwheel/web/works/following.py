"""Finds records that bear another id than people's things know them by, and lets the things follow.

A store never changes an id; it is another after a catalogue was filled anew with another `id_prefix`. What the source
calls the record stays the same, and by that it is found.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bookwheel.web.works.keeping import rename
from bookwheel.web.works.models import Work

if TYPE_CHECKING:
    from bookwheel.library import Library

AT_ONCE = 500
"""Works that are looked up together."""


def follow_all(library: "Library") -> tuple[tuple[str, str], ...]:
    """Old and new id of every record that was found under another."""
    return tuple(pair for works in batches() for pair in follow(library, works))


def follow(library: "Library", works: Sequence[Work]) -> tuple[tuple[str, str], ...]:
    """The same for some works. An id that a record bears is left alone, whatever sources say."""
    moved = []
    for source in sorted({work.source for work in works if work.identifier}):
        of_source = [work for work in works if work.source == source and work.identifier]
        ids = library.ids_of(source, [work.identifier for work in of_source])
        for work in of_source:
            new = ids.get(work.identifier, work.record_id)
            if new != work.record_id and not library.has(work.record_id):
                rename(work.record_id, new)
                moved.append((work.record_id, new))
    return tuple(moved)


def batches(after: int = 0) -> Iterator[list[Work]]:
    """All works behind the one with this key, some at a time, in the order of their keys."""
    while works := list(Work.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        yield works
        after = works[-1].pk
