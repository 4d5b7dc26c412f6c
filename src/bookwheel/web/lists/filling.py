"""Puts works into a list and takes them out: many at a time, each at most once, whoever else does so meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from bookwheel.web.catalog.markup import plain
from bookwheel.web.lists.history import keep
from bookwheel.web.lists.keys import set_keys
from bookwheel.web.lists.models import MOST_ITEMS, Action, Item, ReadingList
from bookwheel.web.people.models import Person
from bookwheel.web.works.keeping import works_kept
from bookwheel.web.works.models import Work

if TYPE_CHECKING:
    from bookwheel.library import Found


@dataclass(frozen=True, slots=True)
class Entry:
    """A work on its way into a list."""

    work: Work
    format: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """How many works were new to the list, were there already, and found no room."""

    added: int = 0
    known: int = 0
    refused: int = 0

    def __add__(self, other: "Filled") -> "Filled":
        return Filled(self.added + other.added, self.known + other.known, self.refused + other.refused)


def add(reading_list: ReadingList, person: Person, found: Mapping[str, "Found"], notes: str = "") -> Filled:
    """Put records into a list, at its end, in their order. Notes given are those of each of them from now on."""
    with transaction.atomic():
        filled = put(reading_list, person, entries_of(found, notes))
        keep_added(reading_list, person, filled, found)
    return filled


def entries_of(found: Mapping[str, "Found"], notes: str = "") -> list[Entry]:
    works = works_kept(found.values())
    return [Entry(works[one], each.record.format[:50], notes) for one, each in found.items()]


def put(reading_list: ReadingList, person: Person, entries: Sequence[Entry]) -> Filled:
    """As `add`, of works that are kept already, and without a word in the list's history."""
    with transaction.atomic():
        hold(reading_list)
        there = {
            item.work_id: item for item in reading_list.items.filter(work__in=[entry.work.pk for entry in entries])
        }
        new = list({entry.work.pk: entry for entry in entries if entry.work.pk not in there}.values())
        room = max(0, MOST_ITEMS - reading_list.items.count())
        Item.objects.bulk_create(_items(reading_list, person, new[:room]))
        _note(there, entries)
    return Filled(len(new[:room]), len(there), len(new[room:]))


def keep_added(reading_list: ReadingList, person: Person, filled: Filled, found: Mapping[str, "Found"]) -> None:
    """Say in the history what came in: a single work by its title."""
    if filled.added:
        only = plain(next(iter(found.values())).record.title.value) if len(found) == 1 else ""
        keep(reading_list, person, Action.ADDED, filled.added, only)


def remove(reading_list: ReadingList, person: Person, record_ids: Iterable[str]) -> int:
    """Take works out of a list; answers how many were in it."""
    ids = list(record_ids)
    with transaction.atomic():
        hold(reading_list)
        found = reading_list.items.filter(work__record_id__in=ids)
        titles = list(found.values_list("work__title", flat=True)[:2])
        removed, _ = found.delete()
        if removed:
            keep(reading_list, person, Action.REMOVED, removed, titles[0] if removed == 1 else "")
    return removed


def transfer(
    reading_list: ReadingList, target: ReadingList, person: Person, record_ids: Sequence[str], *, moves: bool
) -> tuple[int, int]:
    """Copy works of a list with their notes to another, or move them there, in the list's own order.

    Answers how many are there now, and how many found no room; these stay where they are.
    """
    with transaction.atomic():
        # Always in the same order: two that move works to and fro never wait for each other in turn.
        for each in sorted((reading_list, target), key=lambda one: one.pk):
            hold(each)
        found = reading_list.items.filter(work__record_id__in=record_ids).select_related("work")
        entries = [Entry(item.work, item.format, item.notes) for item in found.order_by("position", "pk")]
        filled = put(target, person, entries)
        if filled.added:
            keep(target, person, Action.ADDED, filled.added)
        if moves:
            there = target.items.filter(work__in=[entry.work.pk for entry in entries])
            remove(reading_list, person, list(there.values_list("work__record_id", flat=True)))
    return len(entries) - filled.refused, filled.refused


def hold(reading_list: ReadingList) -> None:
    """Let nobody else change the list until the transaction ends, and say when it was changed.

    Raises Http404 for one that was deleted a moment ago.
    """
    if not ReadingList.objects.filter(pk=reading_list.pk).update(changed=timezone.now()):
        raise Http404


def _items(reading_list: ReadingList, person: Person, entries: Sequence[Entry]) -> Iterable[Item]:
    last = reading_list.items.aggregate(last=Max("position"))["last"] or 0
    now = timezone.now()
    for number, entry in enumerate(entries, last + 1):
        item = Item(
            reading_list=reading_list,
            work=entry.work,
            added_by=person,
            added=now,
            position=number,
            notes=entry.notes,
            format=entry.format,
        )
        set_keys(item, entry.work)
        yield item


def _note(there: Mapping[int, Item], entries: Iterable[Entry]) -> None:
    """Notes given again are those from now on; none given leave what was written before."""
    changed = []
    for entry in entries:
        item = there.get(entry.work.pk)
        if item and entry.notes and entry.notes != item.notes:
            item.notes = entry.notes
            set_keys(item, entry.work)
            changed.append(item)
    Item.objects.bulk_update(changed, ["notes", "title_key", "author_key", "year", "words"], batch_size=100)
