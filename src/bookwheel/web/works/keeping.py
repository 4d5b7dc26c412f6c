"""Makes a Work of a record, brings it up to date, and follows an id that has changed."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from bookwheel.records.model import Record
from bookwheel.web.catalog.markup import plain
from bookwheel.web.works.models import LONGEST_TITLE, FormerId, Work

if TYPE_CHECKING:
    from bookwheel.library import Found


def work_of(found: "Found") -> Work:
    """The Work of a record, made with the first thing that hangs on it; what is known of the record is kept anew."""
    work, _ = Work.objects.update_or_create(
        record_id=found.id, defaults={**_known(found.record), "source": found.source[:50], "seen": timezone.now()}
    )
    return work


def works_kept(found: Iterable["Found"]) -> Mapping[str, Work]:
    """The Works of many records by id, as `work_of` keeps one, in a few questions however many they are."""
    now = timezone.now()
    known = {each.id: {**_known(each.record), "source": each.source[:50], "seen": now} for each in found}
    if not known:
        return {}
    Work.objects.bulk_create(
        # Two that keep the same records at once take them in the same order, and never wait for each other in turn.
        [Work(record_id=one, **known[one]) for one in sorted(known)],
        update_conflicts=True,
        unique_fields=["record_id"],
        update_fields=list(next(iter(known.values()))),
    )
    return works_of(known)


def current_id(record_id: str) -> str:
    """The id that a record bears now: the one given, unless it is a former one."""
    former = FormerId.objects.filter(record_id=record_id).select_related("work").first()
    return former.work.record_id if former else record_id


def works_of(record_ids: Iterable[str]) -> Mapping[str, Work]:
    """Those of the records that something hangs on, by id, in one question."""
    return {work.record_id: work for work in Work.objects.filter(record_id__in=list(record_ids))}


@transaction.atomic
def rename(old: str, new: str) -> None:
    """A record bears another id from now on: all that hangs on the old one hangs on the new one, and it leads there.

    What hangs on both in the same way (the same tag by the same reader, say) is kept once.
    """
    before = Work.objects.filter(record_id=old).first()
    work, _ = Work.objects.get_or_create(record_id=new, defaults=_as_known(before))
    if before:
        for relation in Work._meta.related_objects:
            for row in relation.related_model._base_manager.filter(**{relation.field.name: before}):
                _move(row, relation.field.name, work)
        before.delete()
    FormerId.objects.filter(record_id=new).delete()
    FormerId.objects.update_or_create(record_id=old, defaults={"work": work})


def _move(row: models.Model, name: str, work: Work) -> None:
    setattr(row, name, work)
    try:
        with transaction.atomic():
            row.save(update_fields=[name])
    except IntegrityError:
        row.delete()


def _as_known(work: Work | None) -> dict[str, str]:
    return {name: getattr(work, name) for name in ("title", "author", "year", "source")} if work else {}


def _known(record: Record) -> dict[str, str]:
    year = record.published.value[:4] if record.published else ""
    author = record.contributors[0].name if record.contributors else ""
    return {"title": plain(record.title.value)[:LONGEST_TITLE], "author": author[:LONGEST_TITLE], "year": year}
