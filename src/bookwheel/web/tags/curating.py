"""What a curator does with tags for all: another word for one, one out of two, and out of sight.

Private tags are nobody else's business: they stay as their writers gave them.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from bookwheel.web.tags.entry import fold
from bookwheel.web.tags.models import Tag, Tagging
from bookwheel.web.tags.tagging import forget_unused, tag_as


@transaction.atomic
def rename_for_all(tag: str, written: str) -> int:
    """Another word for a tag that all can see; where that is a tag already, the two become one.

    A reader who gave both to a record gave one. Answers how many times the tag had been given; hidden stays hidden.
    """
    old = Tag.objects.filter(folded=fold(tag)).first()
    if old is None:
        return 0
    if old.folded == fold(written):
        Tag.objects.filter(pk=old.pk).update(shown=written)
        return _public(old).count()
    is_new = not Tag.objects.filter(folded=fold(written)).exists()
    new = tag_as(written, private=False)
    if is_new and old.is_hidden:
        Tag.objects.filter(pk=new.pk).update(is_hidden=True)
    return _move(old, new)


def set_hidden(tag: str, hidden: bool) -> bool:
    """Put a tag out of others' sight, or back; whether there is such a tag."""
    found = list(Tag.objects.filter(folded=fold(tag)).values_list("pk", flat=True))
    Tag.objects.filter(pk__in=found).update(is_hidden=hidden)
    forget_unused(found)
    return bool(found)


def _move(old: Tag, new: Tag) -> int:
    given = _public(old)
    count = given.count()
    # Who gave one of the two for all to see did so with the one that is left.
    Tagging.objects.filter(_same(given), tag=new).update(is_private=False)
    given.filter(_same(Tagging.objects.filter(tag=new))).delete()
    _public(old).update(tag=new)
    forget_unused([old.pk])
    return count


def _same(others: QuerySet[Tagging]) -> Exists:
    """That the same reader gave the same record one of these tags."""
    return Exists(others.filter(person=OuterRef("person"), work=OuterRef("work")))


def _public(tag: Tag) -> QuerySet[Tagging]:
    return Tagging.objects.filter(tag=tag, is_private=False)
