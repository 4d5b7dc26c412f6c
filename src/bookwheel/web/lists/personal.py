"""What a person's lists are when taken along, and how they are put back (`people.personal.Personal`).

Beside the person's own lists stand those of others in which the person saved something, with these works and notes
alone: put back they are in the other's list still, or become a private list of the person's own.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from bookwheel.web.lists.entry import description_entered, notes_entered, title_entered
from bookwheel.web.lists.filling import hold
from bookwheel.web.lists.gathering import can_be_id
from bookwheel.web.lists.keys import set_keys
from bookwheel.web.lists.models import MOST_ITEMS, MOST_LISTS, Item, ReadingList, Visibility
from bookwheel.web.lists.seeing import editable_by
from bookwheel.web.people.models import Person
from bookwheel.web.works.carrying import taken
from bookwheel.web.works.keeping import works_of
from bookwheel.web.works.models import LONGEST_ID, FormerId, Work


def take_out(person: Person) -> list[dict[str, Any]]:
    """Lists by age; the works of each in the list's own order."""
    own = person.lists.order_by("made", "pk")
    others = ReadingList.objects.filter(items__added_by=person).exclude(owner=person).distinct().order_by("made", "pk")
    return [
        *(_taken(each, each.items.all()) for each in own),
        *({**_taken(each, each.items.filter(added_by=person)), "visibility": "shared by another"} for each in others),
    ]


def put_back(person: Person, things: list[dict[str, Any]]) -> int:
    """A list is known by its id, or by title and time of making; works it lacks are put at its end."""
    return sum(_put_back(person, thing) for thing in things[:MOST_LISTS])


def record_ids(person: Person) -> Iterator[str]:
    """Ids of the records in the person's lists, list by list, in their order; some more than once."""
    items = Item.objects.filter(reading_list__owner=person)
    ordered = items.order_by("reading_list__made", "reading_list", "position", "pk")
    return ordered.values_list("work__record_id", flat=True).iterator()


def _taken(reading_list: ReadingList, items: QuerySet[Item]) -> dict[str, Any]:
    rows = items.select_related("work").order_by("position", "pk")
    return {
        "id": reading_list.public_id,
        "title": reading_list.title,
        "description": reading_list.description,
        "visibility": reading_list.visibility,
        "made": reading_list.made.isoformat(),
        "changed": reading_list.changed.isoformat(),
        "works": [
            {
                **taken(item.work),
                "format": item.format,
                "notes": item.notes,
                "saved": item.added.isoformat(),
            }
            for item in rows
        ],
    }


@transaction.atomic
def _put_back(person: Person, thing: Mapping[str, Any]) -> int:
    """How many were new: the list itself, and works in it."""
    try:
        title, made = title_entered(thing["title"]), _time(thing["made"])
        works = [(one, notes_entered(one["notes"]), _time(one["saved"])) for one in thing["works"]]
        known = dict(zip((one["record"] for one in thing["works"]), _works(thing["works"]), strict=True))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"This is no list as it is taken along: {error}") from error
    reading_list = _same(person, thing, title, made)
    is_new = reading_list is None
    if reading_list is None:
        reading_list = _made(person, thing, title, made)
    changed = reading_list.changed
    hold(reading_list)
    there = set(reading_list.items.values_list("work", flat=True))
    last = reading_list.items.order_by("-position").values_list("position", flat=True).first() or 0
    new = {
        work.pk: (one, notes, added) for one, notes, added in works if (work := known[one["record"]]).pk not in there
    }
    rows = list(_items(reading_list, person, list(new.values())[: MOST_ITEMS - len(there)], known, last))
    Item.objects.bulk_create(rows)
    if is_new or not rows:
        # As it was when it was taken along, or before.
        ReadingList.objects.filter(pk=reading_list.pk).update(changed=changed)
    return is_new + len(rows)


def _same(person: Person, thing: Mapping[str, Any], title: str, made: datetime) -> ReadingList | None:
    by_id = editable_by(person).filter(public_id=_text(thing.get("id", ""), 32))
    return by_id.first() or person.lists.filter(title=title, made=made).first()


def _made(person: Person, thing: Mapping[str, Any], title: str, made: datetime) -> ReadingList:
    """The list anew, at its old address where nobody has that."""
    visibility = thing.get("visibility", "")
    public_id = _text(thing.get("id", ""), 32)
    is_free = len(public_id) == 32 and not ReadingList.objects.filter(public_id=public_id).exists()
    return ReadingList.objects.create(
        owner=person,
        title=title,
        description=description_entered(str(thing.get("description", ""))),
        visibility=visibility if visibility in Visibility.values else Visibility.PRIVATE,
        made=made,
        changed=_time(thing.get("changed", made.isoformat())),
        **({"public_id": public_id} if is_free and public_id.isalnum() and public_id.isascii() else {}),
    )


def _works(things: Iterable[Mapping[str, Any]]) -> list[Work]:
    """The works, made where nothing hangs on them yet with what was known of them when they were taken along.

    A record that has another id by now is the one it is now.
    """
    ids = [_record_id(one) for one in things]
    now = dict(FormerId.objects.filter(record_id__in=ids).values_list("record_id", "work__record_id"))
    made = {
        now.get(record_id, record_id): {name: _text(one.get(name, ""), longest) for name, longest in _OF_A_WORK.items()}
        for record_id, one in zip(ids, things, strict=True)
    }
    Work.objects.bulk_create([Work(record_id=one, **made[one]) for one in sorted(made)], ignore_conflicts=True)
    found = works_of(made)
    return [found[now.get(record_id, record_id)] for record_id in ids]


_OF_A_WORK = {
    field.name: field.max_length or 10_000
    for field in Work._meta.concrete_fields
    if field.name not in ("id", "record_id", "seen")
}
"""What is known of a work besides its id, each with the most characters it has."""


def _record_id(thing: Mapping[str, Any]) -> str:
    record_id = thing["record"]
    if not isinstance(record_id, str) or not len(record_id) <= LONGEST_ID or not can_be_id(record_id):
        raise ValueError(f"{record_id!r} is no id of a record.")
    return record_id


def _text(value: object, longest: int) -> str:
    return str(value).replace("\0", "").encode("utf-8", "ignore").decode()[:longest]


def _items(
    reading_list: ReadingList,
    person: Person,
    new: Iterable[tuple[Mapping[str, Any], str, datetime]],
    known: Mapping[str, Work],
    last: int,
) -> Iterable[Item]:
    for number, (one, notes, added) in enumerate(new, last + 1):
        work = known[one["record"]]
        item = Item(
            reading_list=reading_list,
            work=work,
            added_by=person,
            added=added,
            position=number,
            notes=notes,
            format=_text(one.get("format", ""), 50),
        )
        set_keys(item, work)
        yield item


def _time(text: str) -> datetime:
    found = parse_datetime(text)
    if found is None or found.tzinfo is None:
        raise ValueError(f"{text!r} is no time.")
    return found
