"""The page of a list as a value: a page of its works with what the catalogue says of them now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from bookwheel.search.results import Hit
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import record_address
from bookwheel.web.catalog.hits import HitView, hit_view
from bookwheel.web.catalog.paging import PageLink, Paging
from bookwheel.web.library import Catalogue
from bookwheel.web.lists.asked import LABELS, ORDERS, SIZE, Asked
from bookwheel.web.lists.models import Item, Member, ReadingList, Role, Visibility
from bookwheel.web.people.models import Person

if TYPE_CHECKING:
    from bookwheel.library import Found

YEARS_SHOWN = 200
_AROUND = 2


@dataclass(frozen=True, slots=True)
class Access:
    """What the one who looks may do. A stranger, or the bearer of a link, may look."""

    owns: bool = False
    edits: bool = False
    is_member: bool = False


@dataclass(frozen=True, slots=True)
class ItemView:
    """A work of the list. `hit` is None for a record that is gone: then title, author and year are the last known.

    `place` counts from 1 in the order shown. `added_by` is "" where nobody else edits the list, or wants to be named,
    and for all who look at the list from outside.
    """

    record_id: str
    address: str
    hit: HitView | None
    title: str
    author: str
    year: str
    notes: str
    added: datetime
    added_by: str
    place: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """`total` works are in the list, `found` of them are asked for. `owner` is the shown name, or ""."""

    reading_list: ReadingList
    asked: Asked
    access: Access
    owner: str
    visibility: str
    total: int
    found: int
    items: tuple[ItemView, ...]
    orders: tuple[tuple[str, str], ...]
    years: tuple[str, ...]
    formats: tuple[tuple[str, str], ...]
    paging: Paging
    # Kept in every address of a list that was opened with a link
    token: str

    @property
    def can_be_ordered(self) -> bool:
        return self.access.edits and self.asked.sort == "own" and not self.asked.is_narrowed

    @property
    def address(self) -> str:
        return self.asked.address(self.reading_list, self.token)


def access_of(person: Person | None, reading_list: ReadingList) -> Access:
    if person is None:
        return Access()
    if reading_list.owner_id == person.pk:
        return Access(owns=True, edits=True)
    member = Member.objects.filter(reading_list=reading_list, person=person).first()
    return Access(edits=member is not None and member.role == Role.EDITOR, is_member=member is not None)


def list_page(
    catalogue: Catalogue, reading_list: ReadingList, access: Access, asked: Asked, token: str = ""
) -> ListPage:
    """A page behind the last one becomes the last one."""
    total = reading_list.items.count()
    items = asked.items(reading_list)
    found = items.count() if asked.is_narrowed else total
    asked = replace(asked, page=min(asked.page, max(1, -(-found // SIZE))))
    start = (asked.page - 1) * SIZE
    shown = list(items.select_related("work", "added_by")[start : start + SIZE])
    names = access.is_member or (access.owns and reading_list.members.exists())
    return ListPage(
        reading_list=reading_list,
        asked=asked,
        access=access,
        owner=reading_list.owner.shown_name,
        visibility=str(Visibility(reading_list.visibility).label),
        total=total,
        found=found,
        items=tuple(_views(catalogue, shown, start + 1, names=names)),
        orders=tuple((name, str(LABELS[name])) for name in ORDERS),
        years=_years(reading_list),
        formats=_formats(reading_list),
        paging=paging(lambda page: asked.on_page(page).address(reading_list, token), asked.page, found, len(shown)),
        token=token,
    )


def paging(address: Callable[[int], str], page: int, total: int, shown: int, size: int = SIZE) -> Paging:
    """Links to the pages around this one, and to the first and the last."""
    pages = -(-total // size)
    near = range(page - _AROUND, page + _AROUND + 1)
    links: list[PageLink] = []
    for number in sorted({1, pages, *(number for number in near if 1 <= number <= pages)}):
        if links and number - links[-1].number > 1:
            links.append(PageLink(0))
        links.append(PageLink(number, address(number), number == page))
    start = (page - 1) * size
    return Paging(
        first=start + 1 if shown else 0,
        last=start + shown,
        links=tuple(links) if pages > 1 else (),
        previous=address(page - 1) if page > 1 else "",
        next=address(page + 1) if page < pages else "",
        is_capped=False,
    )


def _views(catalogue: Catalogue, shown: Sequence[Item], start: int, *, names: bool) -> list[ItemView]:
    found = catalogue.found(item.work.record_id for item in shown)
    return [_view(item, found, place, names=names) for place, item in enumerate(shown, start)]


def _view(item: Item, found: Mapping[str, "Found"], place: int, *, names: bool) -> ItemView:
    work = item.work
    record = found.get(work.record_id)
    return ItemView(
        record_id=work.record_id,
        address=record_address(work.record_id),
        hit=hit_view(Hit(record.id, 0.0, record.document)) if record else None,
        title=work.title or gettext("Untitled"),
        author=work.author,
        year=work.year,
        notes=item.notes,
        added=item.added,
        added_by=item.added_by.shown_name if names and item.added_by else "",
        place=place,
    )


def _years(reading_list: ReadingList) -> tuple[str, ...]:
    years = reading_list.items.exclude(year="").order_by("-year").values_list("year", flat=True).distinct()
    return tuple(years[:YEARS_SHOWN])


def _formats(reading_list: ReadingList) -> tuple[tuple[str, str], ...]:
    names = reading_list.items.exclude(format="").order_by("format").values_list("format", flat=True).distinct()
    return tuple((name, labels.value("format", name)) for name in names)
