"""All values of a facet within a search, by count or by alphabet, with a box that narrows them: VuFind's FacetList."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bookwheel.errors import TooBroadError
from bookwheel.search.deadline import LATE_FACETS
from bookwheel.search.engine import Stretch
from bookwheel.search.query import FacetRequest, Filter, Query
from bookwheel.search.results import Facet, FacetValue
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import facet_list_address, search_address, search_parameters
from bookwheel.web.library import Catalogue

ROWS = 50
MOST_BY_COUNT = 1_000
"""Values that can be leafed through by count: rarer ones are found by alphabet or by a word."""
MAX_CHARACTERS = 100
"""Of the words that narrow the list."""

Order: TypeAlias = Literal["count", "index"]
"""VuFind's names: `index` is the alphabet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which part of the list: `page` counts from 1 and goes with `count`, `after` and `before` with `index`."""

    order: Order = "count"
    page: int = 1
    after: str = ""
    before: str = ""
    contains: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A value, and the search narrowed by it or, when it is chosen already, without it."""

    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetListPage:
    """`kept` are names and values a form that narrows the list sends again. `is_cut`: a list by count ends early."""

    field: str
    label: str
    query: Query
    search: str
    place: Place
    rows: tuple[Row, ...]
    first: int
    by_count: str
    by_alphabet: str
    previous: str
    next: str
    is_cut: bool
    kept: tuple[tuple[str, str], ...]


def facet_list_page(catalogue: Catalogue, query: Query, field: str, place: Place) -> FacetListPage:
    """Raises TooBroadError where the values cannot be counted in time."""
    query = replace(query, page=1, after="", facets=())
    values, has_previous, has_more = _values(catalogue, query, field, place)
    is_cut = has_more and place.order == "count" and place.page * ROWS >= MOST_BY_COUNT
    first, last = (values[0].value, values[-1].value) if values else ("", "")
    by_page = place.order == "count"
    back = replace(place, page=place.page - 1) if by_page else replace(place, before=first, after="")
    onward = replace(place, page=place.page + 1) if by_page else replace(place, after=last, before="")
    return FacetListPage(
        field=field,
        label=labels.field(field),
        query=query,
        search=search_address(query),
        place=place,
        rows=tuple(_row(query, field, value) for value in values),
        first=(place.page - 1) * ROWS + 1 if by_page else 1,
        by_count=_address(query, field, Place("count", contains=place.contains)),
        by_alphabet=_address(query, field, Place("index", contains=place.contains)),
        previous=_address(query, field, back) if has_previous and values else "",
        next=_address(query, field, onward) if has_more and not is_cut else "",
        is_cut=is_cut,
        kept=(*search_parameters(query), ("facet", field), ("facetsort", place.order)),
    )


def _address(query: Query, field: str, place: Place) -> str:
    return facet_list_address(
        query,
        field,
        facetsort=place.order if place.order != "count" else "",
        facetpage=str(place.page) if place.page > 1 else "",
        contains=place.contains,
        after=place.after,
        before=place.before,
    )


def _values(catalogue: Catalogue, query: Query, field: str, place: Place) -> tuple[Sequence[FacetValue], bool, bool]:
    """The values of a page, whether there are some before them, and whether there are more."""
    if place.order == "index":
        stretch = Stretch(size=ROWS + 1, after=place.after, before=place.before)
        values = catalogue.browse(field, stretch, query, place.contains)
        has_more = len(values) > ROWS
        if place.before:
            return values[-ROWS:], has_more, True
        return values[:ROWS], bool(place.after), has_more
    first, last = (place.page - 1) * ROWS, place.page * ROWS
    if place.contains:
        found = catalogue.browse(field, Stretch(size=MOST_BY_COUNT), query, place.contains)
        ordered = sorted(found, key=lambda value: (-value.count, value.value))
        return ordered[first:last], first > 0, len(ordered) > last
    asked = replace(query, size=0, facets=(FacetRequest(field, last),))
    result = catalogue.search(asked)
    if LATE_FACETS in result.notes:
        raise TooBroadError("The values of so many records could not be counted in time. Narrow the search.")
    facet = result.facets.get(field, Facet(field, ()))
    return facet.values[first:last], first > 0, facet.has_more


def _row(query: Query, field: str, value: FacetValue) -> Row:
    chosen = [each for each in query.filters if each.field == field and each.value == value.value]
    changed = query
    for each in chosen:
        changed = changed.without_filter(each)
    address = search_address(changed if chosen else query.with_filter(Filter(field, value.value, "any")))
    return Row(labels.value(field, value.value), value.count, address, bool(chosen))
