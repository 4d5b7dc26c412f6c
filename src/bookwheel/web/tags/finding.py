"""Records that bear a tag, and the tags there are, as somebody may see them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from bookwheel.web.people.models import Person
from bookwheel.web.tags.addresses import tag_address
from bookwheel.web.tags.entry import fold
from bookwheel.web.tags.models import Tag, Tagging
from bookwheel.web.works.models import Work

BY_COUNT = ("-readers", "tag__folded")
ALPHABETICALLY = ("tag__folded",)
MOST_NEAR = 30
"""Tags that contain a text, offered where none is that text."""


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, how many readers gave it, and where it leads."""

    tag: str
    readers: int
    address: str


def works_with(tag: str, person: Person | None) -> QuerySet[Work]:
    """The works that bear a tag in the eyes of somebody, however it is spelled; the latest tagged first.

    Each has `tagged`, when it was given this tag last.
    """
    seen = Tagging.objects.visible_to(person).filter(tag__folded=fold(tag))
    return Work.objects.filter(taggings__in=seen).annotate(tagged=Max("taggings__made")).order_by("-tagged", "-pk")


def tagged_last(tag: str, person: Person | None, most: int) -> dict[str, datetime]:
    """Ids of the records that were given a tag last, in somebody's eyes, with when; the latest first."""
    seen = Tagging.objects.visible_to(person).filter(tag__folded=fold(tag)).values_list("work__record_id")
    return dict(seen.annotate(tagged=Max("made")).order_by("-tagged", "-work")[:most])


def shown_spelling(tag: str) -> str:
    """How a tag is written for all; as it was asked for where nobody gave it yet."""
    known = Tag.objects.filter(folded=fold(tag)).first()
    return known.shown if known else tag


def tag_counts(person: Person | None) -> QuerySet[Tagging, tuple[str, str, int]]:
    """Spelling, folded form and number of readers of every tag that somebody may see, in no order yet."""
    return (
        Tagging.objects.visible_to(person)
        .values_list("tag__shown", "tag__folded")
        .annotate(readers=Count("person", distinct=True))
    )


def near(text: str, person: Person | None) -> tuple[TagCount, ...]:
    """Tags that contain a text, the most given first."""
    folded = fold(text)
    if not folded:
        return ()
    rows = tag_counts(person).filter(tag__folded__contains=folded).order_by(*BY_COUNT)[:MOST_NEAR]
    return tuple(TagCount(shown, readers, tag_address(shown)) for shown, _, readers in rows)
