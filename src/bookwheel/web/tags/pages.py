"""Pages of tags as values: the records that bear one, all there are, and a reader's own."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator

from bookwheel.search.query import Query
from bookwheel.web.catalog.hits import HitView
from bookwheel.web.library import Catalogue
from bookwheel.web.people.models import Person
from bookwheel.web.tags.addresses import BROWSE, MINE, feed_address, tag_address
from bookwheel.web.tags.entry import LONGEST, single
from bookwheel.web.tags.finding import ALPHABETICALLY, BY_COUNT, TagCount, near, shown_spelling, tag_counts, works_with
from bookwheel.web.tags.mine import OwnTag, as_shown, own_tags
from bookwheel.web.works.hits import work_hits

ROWS = 200
"""Tags on a page of the cloud, and of a reader's own."""
WEIGHTS = 5
"""Sizes in which the cloud sets its tags."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The records with a tag. `first` numbers the hits from 1; `near` are other tags where nothing was found."""

    query: Query
    tag: str
    total: int
    first: int
    hits: tuple[HitView, ...]
    near: tuple[TagCount, ...]
    previous: str
    next: str
    feed: str


@dataclass(frozen=True, slots=True)
class CloudPage:
    """Tags with the size each is set in, from 1 to WEIGHTS."""

    tags: tuple[tuple[TagCount, int], ...]
    by_count: bool
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    tags: tuple[OwnTag, ...]
    total: int
    number: int
    previous: str
    next: str


def found_page(catalogue: Catalogue, person: Person | None, text: str, number: str, size: int) -> FoundPage:
    """A number that is none is the first page, one beyond the end the last."""
    asked = single(text)[:LONGEST]
    page = Paginator(works_with(asked, person), size).get_page(number)
    hits = work_hits(catalogue, page.object_list)
    return FoundPage(
        query=Query(text=asked, search_type="Tag"),
        tag=shown_spelling(asked) if hits else asked,
        total=page.paginator.count,
        first=page.start_index(),
        hits=tuple(hits),
        near=() if hits else near(asked, person),
        previous=tag_address(asked, page.number - 1) if page.has_previous() else "",
        next=tag_address(asked, page.number + 1) if page.has_next() else "",
        feed=feed_address(asked),
    )


def cloud_page(person: Person | None, by_count: bool, number: str) -> CloudPage:
    """A page of all tags; how many there are is not counted, which would take as long as the page itself."""
    page = int(number) if number.isascii() and number.isdecimal() and 0 < len(number) < 6 and int(number) else 1
    order = BY_COUNT if by_count else ALPHABETICALLY
    found = list(tag_counts(person).order_by(*order)[(page - 1) * ROWS : page * ROWS + 1])
    rows = [TagCount(shown, readers, tag_address(shown)) for shown, _, readers in found[:ROWS]]
    most = max((row.readers for row in rows), default=1)
    sort = {"sort": "count"} if by_count else {}
    return CloudPage(
        tags=tuple((row, weight(row.readers, most)) for row in rows),
        by_count=by_count,
        previous=_numbered(BROWSE, page - 1, sort) if page > 1 else "",
        next=_numbered(BROWSE, page + 1, sort) if len(found) > ROWS else "",
    )


def own_page(person: Person, number: str) -> OwnPage:
    page = Paginator(own_tags(person), ROWS).get_page(number)
    return OwnPage(
        tags=tuple(as_shown(tag) for tag in page.object_list),
        total=page.paginator.count,
        number=page.number,
        previous=_numbered(MINE, page.number - 1) if page.has_previous() else "",
        next=_numbered(MINE, page.number + 1) if page.has_next() else "",
    )


def weight(readers: int, most: int) -> int:
    """The size of a tag beside the most given one: each is for twice as many readers, or the whole range for few.

    >>> [weight(readers, 8) for readers in (1, 2, 4, 8)]
    [1, 2, 4, 5]
    """
    if most <= 1:
        return 1
    return 1 + round((readers.bit_length() - 1) * (WEIGHTS - 1) / (most.bit_length() - 1))


def _numbered(address: str, number: int, more: dict[str, str] | None = None) -> str:
    parameters = (more or {}) | ({"page": str(number)} if number > 1 else {})
    return f"{address}?{urlencode(parameters)}" if parameters else address
