"""The tags of one record, as its page shows them to this reader."""

from dataclasses import dataclass

from django.db.models import Case, Count, Max, Q, Value, When

from bookwheel.web.people.models import Person
from bookwheel.web.tags.addresses import tag_address
from bookwheel.web.tags.models import Tagging


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag with the number of readers who gave it, its address, and whether this reader is one of them.

    `is_private`: nobody else is told that this reader gave it.
    """

    tag: str
    count: int
    address: str
    is_mine: bool
    is_private: bool = False


def record_tags(person: Person | None, record_id: str) -> tuple[TagView, ...]:
    """Those a reader may see, the most given first. One question."""
    mine = Q(person=person) if person else Q(pk__in=())
    rows = (
        Tagging.objects.visible_to(person)
        .filter(work__record_id=record_id)
        .values_list("tag__shown", "tag__folded")
        .annotate(
            readers=Count("person", distinct=True), is_mine=_is_any(mine), is_private=_is_any(mine, is_private=True)
        )
        .order_by("-readers", "tag__folded")
    )
    return tuple(
        TagView(shown, readers, tag_address(shown), bool(is_mine), bool(is_private))
        for shown, _, readers, is_mine, is_private in rows
    )


def own_tags(person: Person | None, record_id: str) -> tuple[TagView, ...]:
    """Those this reader gave: what stays of a record that is gone."""
    return tuple(tag for tag in record_tags(person, record_id) if tag.is_mine) if person else ()


def _is_any(which: Q, **more: bool) -> Max:
    """1 for a group with a row of this kind, else 0: databases differ on the greatest of truths."""
    return Max(Case(When(which & Q(**more), then=Value(1)), default=Value(0)))
