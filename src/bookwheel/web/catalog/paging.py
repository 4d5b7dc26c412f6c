"""Numbers of result pages, and how far they go."""

from dataclasses import dataclass, replace

from bookwheel.search.query import Query
from bookwheel.web.catalog.addresses import search_address

MAX_HITS = 1_000
"""Hits that can be paged through on the web (reliability 1.4): further ones cost much and are found by narrowing."""
MAX_SIZE = 100
SIZES = (10, 20, 50, 100)
_AROUND = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page number and its address; number 0 stands for numbers left out."""

    number: int
    address: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """`first` and `last` number the hits of this page, from 1. `is_capped`: more hits exist than can be paged to."""

    first: int
    last: int
    links: tuple[PageLink, ...]
    previous: str
    next: str
    is_capped: bool


def paging(query: Query, total: int, shown: int) -> Paging:
    pages = min(-(-total // query.size), MAX_HITS // query.size)
    page = query.page
    return Paging(
        first=query.offset + 1 if shown else 0,
        last=query.offset + shown,
        links=tuple(_links(query, pages)) if pages > 1 else (),
        previous=_address(query, page - 1) if 1 < page <= pages else "",
        next=_address(query, page + 1) if page < pages else "",
        is_capped=total > MAX_HITS and page >= pages,
    )


def _links(query: Query, pages: int) -> list[PageLink]:
    near = range(query.page - _AROUND, query.page + _AROUND + 1)
    numbers = sorted({1, pages, *(number for number in near if 1 <= number <= pages)})
    links: list[PageLink] = []
    for number in numbers:
        before = links[-1].number if links else 0
        if number - before == 2:
            links.append(PageLink(number - 1, _address(query, number - 1)))
        elif number - before > 2:
            links.append(PageLink(0))
        links.append(PageLink(number, _address(query, number), number == query.page))
    return links


def _address(query: Query, page: int) -> str:
    return search_address(replace(query, page=page))
