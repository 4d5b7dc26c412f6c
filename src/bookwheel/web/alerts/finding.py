"""Finds what newly matches an alert: among what changed since it was looked at last, in steps that can be done again.

Each step writes what it found and how far it came in one transaction, on the condition that nobody else came further
meanwhile: killed anywhere, or done by two at once, every record is found once.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from bookwheel.library import Library
from bookwheel.web.alerts.baseline import Baseline, baseline_of
from bookwheel.web.alerts.models import Alert, Event, Frequency
from bookwheel.web.alerts.rows import AT_ONCE, batches
from bookwheel.web.searches.kept import query_of
from bookwheel.web.works.models import FormerId

BATCH = 1_000
"""Changes looked at in one step."""


def find(library: Library, alert: Alert, until: int, now: datetime, beat: Iterator[None]) -> bool:
    """Look at all changes up to the number `until`, which the index must have reached.

    False when somebody else is at it, or the alert was switched off: then nothing more is to be done with it.
    `beat` is advanced between two steps. Raises what the engine and the store raise.
    """
    query = query_of(alert.search)
    if Alert.objects.filter(pk=alert.pk, baseline=None).exists() and not begin(library, alert, beat):
        return False
    if alert.cursor > library.store.latest_change() and not _move(alert, 0):
        return False
    known: Baseline | None = None
    while alert.cursor < until:
        next(beat)
        changed = [row for row in library.store.changed(alert.cursor, BATCH) if row.change <= until]
        reaches = changed[-1].change if changed else until
        live = [row.id for row in changed if not row.deleted]
        found = library.matching(query, live)
        known = known or (Baseline(bytes(alert.baseline or b"")) if found else None)
        new = [each for each in live if known is not None and each in found and each not in known]
        new = _without_renamed(alert, new, known)
        if not _keep(alert, new, [row.id for row in changed if row.id not in found], reaches, now):
            return False
    return True


def begin(library: Library, alert: Alert, beat: Iterator[None]) -> bool:
    """Write down what the search found when the alert was switched on; False as of `find`."""
    packed = baseline_of(library, query_of(alert.search), alert, beat)
    kept = _same(alert).filter(baseline=None).update(baseline=packed)
    alert.baseline = packed
    return bool(kept)


@transaction.atomic
def _keep(alert: Alert, new: Sequence[str], others: Sequence[str], reaches: int, now: datetime) -> bool:
    """`others` do not match, or are deleted: what was found of them and not told yet is no longer to be told."""
    if not _move(alert, reaches):
        return False
    events = (Event(alert=alert, record_id=record_id, found=now) for record_id in new)
    Event.objects.bulk_create(events, batch_size=AT_ONCE, ignore_conflicts=True)
    if Event.objects.filter(alert=alert, digest=None).exists():
        for some in batches(others):
            Event.objects.filter(alert=alert, digest=None, record_id__in=some).delete()
    return True


def _move(alert: Alert, reaches: int) -> bool:
    """The alert has been looked at up to here; False when it is no longer as it was read."""
    moved = _same(alert).filter(cursor=alert.cursor).update(cursor=reaches)
    alert.cursor = reaches
    return bool(moved)


def _same(alert: Alert) -> QuerySet[Alert]:
    """The alert's row, unless it was switched off, or off and on again, since it was read."""
    return Alert.objects.filter(pk=alert.pk, begun=alert.begun).exclude(frequency=Frequency.NEVER)


def _without_renamed(alert: Alert, new: Sequence[str], known: Baseline | None) -> list[str]:
    """The ids without those of records that were known, or told, while they bore another id."""
    former: dict[str, str] = {}
    for some in batches(new):
        rows = FormerId.objects.filter(work__record_id__in=some)
        former |= dict(rows.values_list("record_id", "work__record_id"))
    if not former or known is None:
        return list(new)
    told = Event.objects.filter(alert=alert, record_id__in=list(former), digest__isnull=False)
    before = {each for each in former if each in known} | set(told.values_list("record_id", flat=True))
    renamed = {former[each] for each in before}
    return [each for each in new if each not in renamed]
