"""The tab "Comments" of a record as a value: what readers say, and how many stars they give."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Avg, Count
from django.http import HttpRequest

from bookwheel.web.comments.models import LONGEST, STARS, Comment, Rating, Report, State
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import person_of

if TYPE_CHECKING:
    from bookwheel.library import Found
    from bookwheel.web.library import Catalogue

MOST = 500
"""Comments on one page: the newest of a record that was much spoken of."""


@dataclass(frozen=True, slots=True)
class CommentView:
    """`author` is "" for somebody without a name. `state` is for its writer alone to know."""

    id: int
    author: str
    text: str
    made: datetime
    changed: datetime | None
    is_mine: bool
    is_waiting: bool
    is_hidden: bool
    is_reported: bool


@dataclass(frozen=True, slots=True)
class RatingView:
    """`mean` is 0 where nobody has rated; `mine` is 0 for a reader who has not."""

    mean: float
    count: int
    mine: int
    stars: tuple[int, ...] = STARS


def has_comments() -> bool:
    return settings.BOOKWHEEL.accounts and settings.BOOKWHEEL.comments != "off"


def has_ratings() -> bool:
    return settings.BOOKWHEEL.accounts and settings.BOOKWHEEL.ratings


def has_ratings_alone() -> bool:
    return has_ratings() and not has_comments()


def comments_tab(catalogue: "Catalogue", found: "Found", request: HttpRequest) -> Mapping[str, Any]:
    person = person_of(request)
    return {
        "comments": comments_of(person, found.id) if has_comments() else None,
        "rating": rating_of(person, found.id) if has_ratings() else None,
        "longest": LONGEST,
    }


def comments_of(person: Person | None, record_id: str) -> tuple[CommentView, ...]:
    """Those somebody may see, the newest last."""
    rows = Comment.objects.visible_to(person).filter(work__record_id=record_id).select_related("person")
    newest = list(rows.order_by("-made", "-pk")[:MOST])
    reported = set(
        Report.objects.filter(person=person, comment__in=newest).values_list("comment", flat=True) if person else ()
    )
    return tuple(_view(row, person, row.pk in reported) for row in reversed(newest))


def rating_of(person: Person | None, record_id: str) -> RatingView:
    ratings = Rating.objects.filter(work__record_id=record_id, person__is_active=True)
    known = ratings.aggregate(mean=Avg("stars"), count=Count("pk"))
    mine = ratings.filter(person=person).values_list("stars", flat=True).first() if person else None
    return RatingView(float(known["mean"] or 0), known["count"], mine or 0)


def _view(comment: Comment, person: Person | None, is_reported: bool) -> CommentView:
    is_mine = comment.person == person
    return CommentView(
        id=comment.pk,
        author=comment.person.shown_name,
        text=comment.text,
        made=comment.made,
        changed=comment.changed,
        is_mine=is_mine,
        is_waiting=comment.state == State.WAITING,
        is_hidden=comment.state == State.HIDDEN,
        is_reported=is_reported,
    )
