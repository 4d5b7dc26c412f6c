"""What waits for a curator, as a value, and what a curator decides."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.http import urlencode

from bookwheel.web.catalog.addresses import record_address
from bookwheel.web.comments.models import Comment, Report, State
from bookwheel.web.tags.addresses import tag_address
from bookwheel.web.tags.entry import fold
from bookwheel.web.tags.models import Tag

PAGE = "/Admin/Moderation"
COMMENTS = 50
"""Comments on the page: the oldest that wait; the next come up as these are dealt with."""
TAGS = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A comment to decide on: new where `reports` is 0."""

    id: int
    author: str
    text: str
    made: datetime
    title: str
    address: str
    reports: int


@dataclass(frozen=True, slots=True)
class TagToTend:
    tag: str
    readers: int
    records: int
    is_hidden: bool
    address: str


@dataclass(frozen=True, slots=True)
class ModerationPage:
    """`waiting` are new comments, `reported` are shown ones that readers reported; `tags` the newest that match."""

    waiting: tuple[Waiting, ...]
    reported: tuple[Waiting, ...]
    more: int
    tags: tuple[TagToTend, ...]
    text: str
    previous: str
    next: str


def moderation_page(text: str, number: str) -> ModerationPage:
    """The page for tags that contain `text`, all of them without one."""
    queue = Comment.objects.to_moderate()
    shown = [_waiting(comment) for comment in _with_reports(queue)[:COMMENTS]]
    page = Paginator(_tags(text), TAGS).get_page(number)
    return ModerationPage(
        waiting=tuple(one for one in shown if not one.reports),
        reported=tuple(one for one in shown if one.reports),
        more=max(0, queue.count() - COMMENTS),
        tags=tuple(_to_tend(tag) for tag in page.object_list),
        text=text,
        previous=_address(text, page.number - 1) if page.has_previous() else "",
        next=_address(text, page.number + 1) if page.has_next() else "",
    )


@transaction.atomic
def decide(comment: int, shown: bool) -> bool:
    """Show a comment to all, or to its writer alone; reports are settled. Whether there is such a one."""
    Report.objects.filter(comment=comment).update(is_settled=True)
    return bool(Comment.objects.filter(pk=comment).update(state=State.SHOWN if shown else State.HIDDEN))


def _with_reports(queue: QuerySet[Comment]) -> QuerySet[Comment]:
    unsettled = Count("reports", filter=Q(reports__is_settled=False))
    return queue.select_related("person", "work").annotate(unsettled=unsettled)


def _waiting(comment: Comment) -> Waiting:
    return Waiting(
        id=comment.pk,
        author=comment.person.shown_name,
        text=comment.text,
        made=comment.made,
        title=comment.work.title or comment.work.record_id,
        address=record_address(comment.work.record_id, "UserComments"),
        reports=comment.unsettled if comment.state == State.SHOWN else 0,  # type: ignore[attr-defined]
    )


def _tags(text: str) -> QuerySet[Tag]:
    """Tags that were given for others to see, and hidden ones; the newest first. Private ones are nobody's business."""
    public = Q(taggings__is_private=False)
    rows = Tag.objects.filter(folded__contains=fold(text)) if text else Tag.objects.all()
    counted = rows.annotate(
        readers=Count("taggings__person", filter=public, distinct=True),
        records=Count("taggings__work", filter=public, distinct=True),
    )
    return counted.filter(Q(readers__gt=0) | Q(is_hidden=True)).order_by("-pk")


def _to_tend(tag: Tag) -> TagToTend:
    readers, records = tag.readers, tag.records  # type: ignore[attr-defined]
    return TagToTend(tag.shown, readers, records, tag.is_hidden, tag_address(tag.shown))


def _address(text: str, number: int) -> str:
    parameters = ({"tag": text} if text else {}) | ({"page": str(number)} if number > 1 else {})
    return f"{PAGE}?{urlencode(parameters)}#tags" if parameters else f"{PAGE}#tags"
