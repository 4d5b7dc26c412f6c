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
def rename(old: str, new: str) -> int:
    """A record bears another id from now on: all that hangs on the old one hangs on the new one, and it leads there.

    What hangs on both in the same way (the same tag by the same reader, say) is kept once. Answers how many things
    there were. Raises ValueError for two ids that are the same.
    """
    if old == new:
        raise ValueError(f"{old!r} is the record's id already")
    before = Work.objects.filter(record_id=old).first()
    work, _ = Work.objects.get_or_create(record_id=new, defaults=as_known(before))
    # A record that goes by its first id again is no former one.
    FormerId.objects.filter(record_id=new).delete()
    moved = _move_all(before, work) if before else 0
    FormerId.objects.update_or_create(record_id=old, defaults={"work": work})
    return moved


def _move_all(before: Work, work: Work) -> int:
    moved = 0
    for relation in Work._meta.related_objects:
        for row in relation.related_model._base_manager.filter(**{relation.field.name: before}):
            _move(row, relation.field.name, work)
            moved += relation.related_model is not FormerId
    before.delete()
    return moved


def _move(row: models.Model, name: str, work: Work) -> None:
    setattr(row, name, work)
    try:
        with transaction.atomic():
            row.save(update_fields=[name])
    except IntegrityError:
        row.delete()


def as_known(work: Work | None) -> dict[str, str]:
    """What is known of a work besides its id, as a person takes it along; nothing of none."""
    return {name: getattr(work, name) for name in ("title", "author", "year", "source", "identifier")} if work else {}


def _known(record: Record) -> dict[str, str]:
    year = record.published.value[:4] if record.published else ""
    author = record.contributors[0].name if record.contributors else ""
    title = plain(record.title.value)[:LONGEST_TITLE]
    return {"title": title, "author": author[:LONGEST_TITLE], "year": year, "identifier": record.source_identifier}
