"""A reader's own tags over all records: which there are, and another word, secrecy or an end for one of them."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from bookwheel.web.people.models import Person
from bookwheel.web.tags.addresses import tag_address
from bookwheel.web.tags.entry import fold
from bookwheel.web.tags.models import Tag, Tagging
from bookwheel.web.tags.tagging import forget_unused, tag_as


@dataclass(frozen=True, slots=True)
class OwnTag:
    """A tag with the number of records this reader gave it, and on how many of them privately."""

    tag: str
    records: int
    private: int
    address: str

    @property
    def is_private(self) -> bool:
        return self.private == self.records


def own_tags(person: Person) -> QuerySet[Tag]:
    """The tags of a person in alphabetical order, with `records` and `private`, how often they gave each."""
    theirs = Q(taggings__person=person)
    return (
        Tag.objects.filter(theirs)
        .annotate(
            records=Count("taggings", filter=theirs),
            private=Count("taggings", filter=theirs & Q(taggings__is_private=True)),
        )
        .order_by("folded")
    )


def as_shown(tag: Tag) -> OwnTag:
    """One of `own_tags` as its page shows it."""
    return OwnTag(tag.shown, tag.records, tag.private, tag_address(tag.shown))  # type: ignore[attr-defined]


@transaction.atomic
def rename_own(person: Person, tag: str, written: str) -> int:
    """Give records another tag in place of one of this person's; answers on how many. Other readers' tags stay."""
    given = _given(person, tag)
    old = list(given.values_list("tag", flat=True).distinct())
    if not old:
        return 0
    new = tag_as(written, private=not given.filter(is_private=False).exists())
    if new.folded == fold(tag):
        # Another spelling of the same tag: it is this reader's to choose while nobody else uses it.
        if not Tagging.objects.filter(tag=new).exclude(person=person).exists():
            Tag.objects.filter(pk=new.pk).update(shown=written)
        return given.count()
    changed = given.count()
    given.filter(work__in=Tagging.objects.filter(person=person, tag=new).values("work")).delete()
    given.update(tag=new)
    forget_unused(old)
    return changed


def remove_own(person: Person, tag: str) -> int:
    """Take a tag off all records this person gave it; answers how many they were."""
    words = list(_given(person, tag).values_list("tag", flat=True))
    _given(person, tag).delete()
    forget_unused(set(words))
    return len(words)


def set_private(person: Person, tag: str, private: bool) -> int:
    """Keep a tag of this person to themselves, or show it, on all records; answers on how many."""
    return _given(person, tag).update(is_private=private)


def _given(person: Person, tag: str) -> QuerySet[Tagging]:
    return Tagging.objects.filter(person=person, tag__folded=fold(tag))
