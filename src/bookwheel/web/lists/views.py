"""Pages that show: all lists of a reader, one list, its history, and the lists that are public."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookwheel.web.catalog.paging import Paging
from bookwheel.web.library import library
from bookwheel.web.lists.addresses import ALL, BAG, CARRY, SAVE_CHOSEN, list_address
from bookwheel.web.lists.asked import asked_of
from bookwheel.web.lists.history import PAGE, change_views
from bookwheel.web.lists.models import ReadingList, Role, Visibility
from bookwheel.web.lists.page import access_of, list_page, paging
from bookwheel.web.lists.seeing import editable_by, owned, owned_by, reader_of, seen, shared_with, visible_to
from bookwheel.web.people.permissions import person_of, signed_in

PUBLIC_PAGE = 50


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list in a list of lists. `owner` is the shown name, or ""; `role` that of the reader in another's list."""

    title: str
    address: str
    description: str
    visibility: str
    owner: str
    role: str
    count: int
    changed: datetime


@require_safe
@signed_in
def favorites(request: HttpRequest) -> HttpResponse:
    """All lists of the reader, and those that others share."""
    person = reader_of(request)
    roles = dict(person.memberships.values_list("reading_list_id", "role"))
    context = {
        "own": [_line(each) for each in _counted(owned_by(person)).order_by("-changed", "title")],
        "shared": [
            _line(each, str(Role(roles[each.pk]).label))
            for each in _counted(ReadingList.objects.filter(pk__in=shared_with(person))).order_by("-changed", "title")
        ],
    }
    return render(request, "lists/favorites.html", context)


@require_safe
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """A list, for whoever may see it."""
    person, token = person_of(request), request.GET.get("token", "")
    reading_list = seen(person, public_id, token)
    access = access_of(person, reading_list)
    shown = list_page(library(), reading_list, access, asked_of(request), token)
    context = {"page": shown, "targets": _targets(request, reading_list) if person else []}
    return unlisted(render(request, "lists/list.html", context))


@require_safe
@signed_in
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who did what in a list, for its owner."""
    person = reader_of(request)
    reading_list = owned(person, public_id)
    page = _page_number(request)
    changes, has_more = change_views(reading_list, person, page)
    context = {
        "list": reading_list,
        "changes": changes,
        "previous": list_address(public_id, "History", page=str(page - 1)) if page > 1 else "",
        "next": list_address(public_id, "History", page=str(page + 1)) if has_more else "",
        "size": PAGE,
    }
    return render(request, "lists/history.html", context)


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """The lists that their owners show to everybody, those changed last first."""
    found = visible_to(None).filter(visibility=Visibility.PUBLIC)
    page, total = _page_number(request), found.count()
    start = (page - 1) * PUBLIC_PAGE
    lines = [_line(each) for each in _counted(found).order_by("-changed", "pk")[start : start + PUBLIC_PAGE]]
    pages: Paging = paging(lambda number: f"?page={number}", page, total, len(lines), PUBLIC_PAGE)
    return render(request, "lists/public.html", {"lists": lines, "total": total, "paging": pages})


@require_safe
def elsewhere(request: HttpRequest, **_parts: str) -> HttpResponseBase:
    """VuFind's addresses of its cart and favourites, where ours are others; chosen records go along."""
    target = next(target for known, target in _ELSEWHERE if request.path.startswith(known))
    given = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{target}?{given}" if given else target)


_ELSEWHERE = (
    ("/Cart/Save", SAVE_CHOSEN),
    ("/Cart/doExport", CARRY),
    ("/Cart", BAG),
    ("/MyResearch/BulkExport", CARRY),
    ("/MyResearch/Bulk", SAVE_CHOSEN),
    ("/MyResearch/Export", CARRY),
    ("/MyResearch/", ALL),
    ("/Search/Bulk", SAVE_CHOSEN),
    ("/List", "/List/Browse"),
)


def unlisted(response: HttpResponse) -> HttpResponse:
    """A page that no crawler lists and no cache between here and the reader keeps."""
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def _counted(lists: QuerySet[ReadingList]) -> QuerySet[ReadingList]:
    return lists.select_related("owner").annotate(count=Count("items"))


def _line(reading_list: ReadingList, role: str = "") -> ListLine:
    count: int = getattr(reading_list, "count")  # noqa: B009  (annotated, and unknown to types)
    return ListLine(
        title=reading_list.title,
        address=list_address(reading_list.public_id),
        description=reading_list.description,
        visibility=str(Visibility(reading_list.visibility).label).partition(":")[0],
        owner=reading_list.owner.shown_name,
        role=role,
        count=count,
        changed=reading_list.changed,
    )


def _targets(request: HttpRequest, besides: ReadingList) -> list[tuple[str, str]]:
    """The lists that works of this one can be copied or moved to."""
    lists = editable_by(person_of(request)).exclude(pk=besides.pk).order_by("-changed")
    return list(lists.values_list("public_id", "title"))


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
