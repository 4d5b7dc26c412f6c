"""Values of facets: beside a search in VuFind's shape, and a facet's own list by count or by alphabet."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bookwheel.errors import TooBroadError
from bookwheel.search.deadline import LATE_FACETS
from bookwheel.search.engine import Stretch
from bookwheel.search.query import FacetRequest, Filter, Query
from bookwheel.search.results import Facet, FacetValue, SearchResult
from bookwheel.web.api.endpoints import MAX_FACET_PAGE
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.addresses import search_address
from bookwheel.web.catalog.facets import YEAR
from bookwheel.web.library import library

_MOST = 1_000
"""Values that can be leafed through by count: rarer ones are found by alphabet or by a word."""


def facet_values(query: Query, result: SearchResult, field: str) -> list[dict[str, Any]]:
    """Values with the address that narrows the search to each, and whether it is already."""
    return _shown(query, field, result.facets[field].values) if field in result.facets else []


def listed_facet(
    query: Query, field: str, *, contains: str, by_alphabet: bool, size: int, page: int, after: str
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A page of a facet's values, and the parameters that lead to the next, none at the end."""
    query = replace(query, page=1, after="", facets=())
    values: Sequence[FacetValue]
    onward: dict[str, Any]
    if by_alphabet and field != YEAR:
        values = library().browse(field, Stretch(size=size + 1, after=after), query, contains)
        onward = {"after": values[size - 1].value} if len(values) > size else {}
        return _shown(query, field, values[:size]), onward
    first, last = (page - 1) * size, page * size
    if contains or field == YEAR:
        found = _some(query, field, contains, by_alphabet)
        values, has_more = found[first:last], len(found) > last
    else:
        facet = _counted(query, field, last)
        values, has_more = facet.values[first:last], facet.has_more
    return _shown(query, field, values), {"page": page + 1} if has_more and page < MAX_FACET_PAGE else {}


def _some(query: Query, field: str, contains: str, by_alphabet: bool) -> list[FacetValue]:
    """All values with these words. Years are few, and no words: they are counted, and looked through here."""
    if field != YEAR:
        found = library().browse(field, Stretch(size=_MOST), query, contains)
        return sorted(found, key=lambda value: (-value.count, value.value))
    years = [value for value in _counted(query, field, _MOST).values if contains in value.value]
    return sorted(years, key=lambda value: value.value) if by_alphabet else years


def _counted(query: Query, field: str, most: int) -> Facet:
    asked = replace(query, size=0, facets=(FacetRequest(field, most),))
    result = library().search(asked)
    if LATE_FACETS in result.notes:
        raise TooBroadError("The values of so many records could not be counted in time. Narrow the search.")
    return result.facets.get(field, Facet(field, ()))


def _shown(query: Query, field: str, values: Sequence[FacetValue]) -> list[dict[str, Any]]:
    query = replace(query, after="")
    applied = {each.value for each in query.filters if each.field == field and each.mode != "none"}
    return [
        {
            "value": value.value,
            "translated": labels.value(field, value.value),
            "count": value.count,
            "href": search_address(query.with_filter(Filter(field, value.value))),
        }
        | ({"isApplied": True} if value.value in applied else {})
        for value in values
    ]
