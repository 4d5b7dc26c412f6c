"""The list's own order: positions that rise, with gaps where works were taken out."""

from django.db import transaction
from django.db.models import F, Max

from bookwheel.web.lists.filling import hold
from bookwheel.web.lists.history import keep
from bookwheel.web.lists.models import Action, Item, ReadingList
from bookwheel.web.people.models import Person


def move(reading_list: ReadingList, person: Person, item: Item, place: int) -> None:
    """Put an item at a place of the list, counted from 1; what stands there and behind moves on by one."""
    with transaction.atomic():
        hold(reading_list)
        others = reading_list.items.exclude(pk=item.pk).order_by("position", "pk")
        behind = others[max(0, place - 1) :].values_list("position", flat=True).first()
        if behind is None:
            behind = (others.aggregate(last=Max("position"))["last"] or 0) + 1
        else:
            others.filter(position__gte=behind).update(position=F("position") + 1)
        reading_list.items.filter(pk=item.pk).update(position=behind)
        keep(reading_list, person, Action.MOVED)


def place_of(reading_list: ReadingList, item: Item) -> int:
    """Where the item stands in the list's own order, from 1."""
    return reading_list.items.filter(position__lt=item.position).count() + 1
