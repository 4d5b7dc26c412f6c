"""What a person's comments and stars are when taken along, and how they are put back (`people.personal.Personal`).

What a curator has hidden comes back hidden; whether another comment is seen at once is for the catalogue to say, as if
it were written now.
"""

from typing import Any

from django.db import transaction

from bookwheel.web.comments.entry import clean
from bookwheel.web.comments.models import LONGEST, STARS, Comment, Rating, State
from bookwheel.web.comments.writing import first_state
from bookwheel.web.people.models import Person
from bookwheel.web.works.carrying import brought, moment_of, taken, text_of


def take_out(person: Person) -> list[dict[str, Any]]:
    """Comments in the order they were written, each with its "text"; then ratings with their "stars"."""
    comments = Comment.objects.filter(person=person).select_related("work").order_by("made", "pk")
    ratings = Rating.objects.filter(person=person).select_related("work").order_by("made", "pk")
    return [
        *(_comment_taken(comment) for comment in comments.iterator()),
        *({**taken(row.work), "stars": row.stars, "made": row.made.isoformat()} for row in ratings.iterator()),
    ]


@transaction.atomic
def put_back(person: Person, things: list[dict[str, Any]]) -> int:
    return sum(_put_back(person, thing) for thing in things)


def _comment_taken(comment: Comment) -> dict[str, Any]:
    return {
        **taken(comment.work),
        "text": comment.text,
        "hidden": comment.state == State.HIDDEN,
        "made": comment.made.isoformat(),
        "changed": comment.changed.isoformat() if comment.changed else "",
    }


def _put_back(person: Person, thing: dict[str, Any]) -> bool:
    if not isinstance(thing, dict):
        raise ValueError(f"{str(thing)[:80]!r} is neither a comment nor a rating")
    if "stars" in thing:
        return _rating_back(person, thing)
    text = clean(text_of(thing, "text", LONGEST))
    if not text:
        raise ValueError("a comment has no text")
    state = State.HIDDEN if thing.get("hidden") else first_state(person)
    changed = moment_of(thing, "changed") if thing.get("changed") else None
    _, is_new = Comment.objects.get_or_create(
        person=person,
        work=brought(thing),
        text=text,
        made=moment_of(thing, "made"),
        defaults={"state": state, "changed": changed},
    )
    return is_new


def _rating_back(person: Person, thing: dict[str, Any]) -> bool:
    stars = thing["stars"]
    if isinstance(stars, bool) or stars not in STARS:
        raise ValueError(f"{str(stars)[:80]!r} is no number of stars from one to five")
    defaults = {"stars": stars, "made": moment_of(thing, "made")}
    _, is_new = Rating.objects.get_or_create(person=person, work=brought(thing), defaults=defaults)
    return is_new
