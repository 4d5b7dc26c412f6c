"""Who may see a list and who may edit it: the one place that knows, for pages, exports, feeds and marks alike."""

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from bookwheel.web.lists.models import Member, Purpose, ReadingList, Role, Visibility
from bookwheel.web.lists.shares import opened_with
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import person_of


def visible_to(person: Person | None) -> QuerySet[ReadingList]:
    """Public lists; for a person also their own and those they are a member of."""
    shown = Q(visibility=Visibility.PUBLIC, owner__is_active=True)
    if person is None:
        return ReadingList.objects.filter(shown)
    shared = Member.objects.filter(person=person).values("reading_list")
    return ReadingList.objects.filter(shown | Q(owner=person) | Q(pk__in=shared))


def editable_by(person: Person | None) -> QuerySet[ReadingList]:
    """Lists whose works and notes the person may change: their own and those they are an editor of."""
    if person is None:
        return ReadingList.objects.none()
    edited = Member.objects.filter(person=person, role=Role.EDITOR).values("reading_list")
    return ReadingList.objects.filter(Q(owner=person) | Q(pk__in=edited))


def owned_by(person: Person | None) -> QuerySet[ReadingList]:
    """Lists that the person may share, rename and delete."""
    return ReadingList.objects.filter(owner=person) if person else ReadingList.objects.none()


def shared_with(person: Person) -> QuerySet[ReadingList]:
    """Lists of others that the person is a member of."""
    return ReadingList.objects.filter(members__person=person)


def seen(person: Person | None, public_id: str, token: str = "", purpose: Purpose = Purpose.LINK) -> ReadingList:
    """The list that the person, or the bearer of a token for this purpose, may see. Raises Http404 for all others.

    A link opens a list only while its owner shows it by link.
    """
    found = _addressed(visible_to(person), public_id).first()
    if found is None and token:
        opened = _addressed(opened_with(token, purpose), public_id).filter(owner__is_active=True)
        found = (opened.filter(visibility=Visibility.LINK) if purpose == Purpose.LINK else opened).first()
    return _or_404(found)


def edited(person: Person | None, public_id: str) -> ReadingList:
    """The list that the person may edit. Raises Http404."""
    return _or_404(_addressed(editable_by(person), public_id).first())


def owned(person: Person | None, public_id: str) -> ReadingList:
    """The person's own list. Raises Http404."""
    return _or_404(_addressed(owned_by(person), public_id).first())


def reader_of(request: HttpRequest) -> Person:
    """Who asks, on a page for those who have signed in."""
    person = person_of(request)
    if person is None:
        raise Http404
    return person


def _addressed(lists: QuerySet[ReadingList], public_id: str) -> QuerySet[ReadingList]:
    return lists.select_related("owner").filter(public_id=public_id if public_id.isalnum() else "")


def _or_404(found: ReadingList | None) -> ReadingList:
    if found is None:
        raise Http404
    return found
