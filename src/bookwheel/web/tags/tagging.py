"""Putting tags on records and taking them off again: for the record's page, for lists, and for what is brought back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from bookwheel.web.people.models import Person
from bookwheel.web.people.writers import may_write
from bookwheel.web.tags.entry import LONGEST, fold, is_too_long, split
from bookwheel.web.tags.models import Tag, Tagging
from bookwheel.web.works.models import Work

A_DAY = 1_000
"""Tags a person may give in 24 hours (reliability S25): who saves a list of some hundred records with two tags may do
so at once, and a robot with a verified address fills no catalogue."""


@dataclass(frozen=True, slots=True)
class Added:
    """`tags` are the ones asked for that the record now bears, as they are shown; `refused` are sentences for the
    reader on those that it does not."""

    tags: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def add_tags(person: Person, work: Work, text: str, private: bool = False) -> Added:
    """Give a record the tags of a text (`entry.split`) besides those it has; one that is there stays as it is.

    A person without a verified address, or with a closed account, adds none, and `refused` says why.
    """
    return _given(person, work, split(text), private) if text.strip() else Added()


def replace_tags(person: Person, work: Work, text: str, private: bool = False) -> Added:
    """Give a record the tags of a text in place of all that this person gave it before; those in both stay as they are.

    Nothing is taken away from somebody who may not write.
    """
    if not may_write(person):
        return _not_verified()
    wanted = split(text)
    with transaction.atomic():
        gone = Tagging.objects.filter(person=person, work=work).exclude(tag__folded__in=[fold(tag) for tag in wanted])
        words = list(gone.values_list("tag", flat=True))
        gone.delete()
        added = _given(person, work, wanted, private)
        forget_unused(words)
    return added


def remove_tag(person: Person, work: Work, tag: str) -> bool:
    """Take a person's tag off a record, however it is spelled; whether it was there."""
    given = Tagging.objects.filter(person=person, work=work, tag__folded=fold(tag))
    words = list(given.values_list("tag", flat=True))
    if not words:
        return False
    given.delete()
    forget_unused(words)
    return True


def tags_of(person: Person, works: Iterable[Work]) -> Mapping[int, tuple[str, ...]]:
    """The tags this person gave each of the works, in alphabetical order, by the work's key (`work.pk`); works without
    any are left out. One question."""
    found: dict[int, list[str]] = {}
    rows = Tagging.objects.filter(person=person, work__in=list(works)).order_by("tag__folded")
    for work, tag in rows.values_list("work_id", "tag__shown"):
        found.setdefault(work, []).append(tag)
    return {work: tuple(tags) for work, tags in found.items()}


def forget_unused(among: Iterable[int] | None = None) -> None:
    """Words that nobody uses any more go too, of all or of some by their keys; what a curator has hidden is remembered,
    so that it stays hidden."""
    unused = Tag.objects.filter(taggings=None, is_hidden=False)
    (unused if among is None else unused.filter(pk__in=list(among))).delete()


def left_today(person: Person) -> int:
    """How many tags a person may still give."""
    day = timezone.now() - timedelta(days=1)
    return max(0, A_DAY - Tagging.objects.filter(person=person, made__gt=day).count())


@transaction.atomic
def tag_as(written: str, private: bool) -> Tag:
    """The tag of this spelling, made when it is new.

    The spelling shown is that of the first who wrote it for others: nobody's private way of writing becomes known.
    """
    tag, is_new = Tag.objects.get_or_create(folded=fold(written), defaults={"shown": written})
    if not is_new and not private and tag.shown != written and not tag.taggings.filter(is_private=False).exists():
        tag.shown = written
        tag.save(update_fields=["shown"])
    return tag


def _given(person: Person, work: Work, wanted: Iterable[str], private: bool) -> Added:
    if not may_write(person):
        return _not_verified()
    refused = [_too_long(tag) for tag in wanted if is_too_long(tag)]
    left = left_today(person)
    shown, too_many = [], 0
    with transaction.atomic():
        had = dict(Tagging.objects.filter(person=person, work=work).values_list("tag__folded", "tag__shown"))
        for written in wanted:
            if is_too_long(written):
                continue
            if (folded := fold(written)) in had:
                shown.append(had[folded])
            elif left:
                tag = tag_as(written, private)
                _, is_new = Tagging.objects.get_or_create(
                    person=person, work=work, tag=tag, defaults={"is_private": private}
                )
                left -= is_new
                shown.append(tag.shown)
            else:
                too_many += 1
    if too_many:
        refused.append(_too_many(too_many))
    return Added(tuple(shown), tuple(refused))


def _not_verified() -> Added:
    return Added(refused=(gettext("Tags can be given once your e-mail address is verified."),))


def _too_long(tag: str) -> str:
    said = {"tag": f"{tag[:LONGEST]}…", "most": LONGEST}
    return gettext("“%(tag)s” was not added: a tag has at most %(most)s characters.") % said


def _too_many(count: int) -> str:
    said = ngettext(
        "%(count)s tag was not added: %(most)s a day are the most. Try again tomorrow.",
        "%(count)s tags were not added: %(most)s a day are the most. Try again tomorrow.",
        count,
    )
    return said % {"count": count, "most": A_DAY}
