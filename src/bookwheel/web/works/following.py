"""Finds records that bear another id than people's things know them by, and lets the things follow.

A store never changes an id; it is another after a catalogue was filled anew with another `id_prefix`. What the source
calls the record stays the same, and by that it is found.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from bookwheel.web.jobs.context import Context
from bookwheel.web.works.keeping import rename
from bookwheel.web.works.models import Work

if TYPE_CHECKING:
    from bookwheel.library import Library

AT_ONCE = 500
"""Works that are looked up together."""


def run(context: Context) -> str:
    """The job: goes through all works, and on from where a run was killed."""
    after, followed = int(context.checkpoint.get("after", 0)), int(context.checkpoint.get("followed", 0))
    for works in _batches(after):
        followed += len(follow(context.library, works))
        context.save({"after": works[-1].pk, "followed": followed})
    if not followed:
        return gettext("No record has another id than before.")
    said = ngettext(
        "%(count)s record was found under another id.", "%(count)s records were found under other ids.", followed
    )
    return said % {"count": followed}


def follow_all(library: "Library") -> tuple[tuple[str, str], ...]:
    """Old and new id of every record that was found under another."""
    return tuple(pair for works in _batches() for pair in follow(library, works))


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


def _batches(after: int = 0) -> Iterator[list[Work]]:
    while works := list(Work.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        yield works
        after = works[-1].pk
