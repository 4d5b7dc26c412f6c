"""What a person's tags are when taken along, and how they are put back (`people.personal.Personal`)."""

from typing import Any

from django.db import transaction

from bookwheel.web.people.models import Person
from bookwheel.web.tags.entry import LONGEST_FOLDED, is_too_long, single
from bookwheel.web.tags.models import Tagging
from bookwheel.web.tags.tagging import tag_as
from bookwheel.web.works.carrying import brought, moment_of, taken, text_of


def take_out(person: Person) -> list[dict[str, Any]]:
    """One thing for each tag on a record, in the order they were given."""
    rows = Tagging.objects.filter(person=person).select_related("work", "tag").order_by("made", "work", "tag__folded")
    return [
        {**taken(row.work), "tag": row.tag.shown, "private": row.is_private, "made": row.made.isoformat()}
        for row in rows.iterator()
    ]


@transaction.atomic
def put_back(person: Person, things: list[dict[str, Any]]) -> int:
    return sum(_put_back(person, thing) for thing in things)


def _put_back(person: Person, thing: dict[str, Any]) -> bool:
    if not isinstance(thing, dict) or not isinstance(private := thing.get("private", False), bool):
        raise ValueError(f"{str(thing)[:80]!r} is no tag on a record")
    tag = single(text_of(thing, "tag", LONGEST_FOLDED))
    if not tag or is_too_long(tag):
        raise ValueError(f"{thing.get('tag')!r} is no tag")
    work, made = brought(thing), moment_of(thing, "made")
    _, is_new = Tagging.objects.get_or_create(
        person=person, work=work, tag=tag_as(tag, private), defaults={"is_private": private, "made": made}
    )
    return is_new
