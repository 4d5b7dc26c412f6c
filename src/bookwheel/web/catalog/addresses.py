"""Addresses of pages, and of searches that pages lead to."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from django.conf import settings
from django.http import HttpRequest

from bookwheel.search import url
from bookwheel.search.query import Filter, Query, YearRange


def site_address(request: HttpRequest) -> str:
    """The catalogue's address without a slash at its end: the public one, else the one it was asked at."""
    address: str = settings.BOOKWHEEL.public_url.rstrip("/")
    return address or f"{request.scheme}://{request.get_host()}"


def record_address(record_id: str, tab: str = "") -> str:
    """Address of a record, or of one of its tabs. Ids are url-encoded once, slashes too.

    >>> record_address("a/b", "Similar")
    '/Record/a%2Fb/Similar'
    """
    address = f"/Record/{quote(record_id, safe='')}"
    return f"{address}/{tab}" if tab else address


def question(text: str = "", search_type: str = "AllFields", **more: Any) -> Query:
    """A search with the catalogue's number of hits on a page, as its address is then shortest."""
    return Query(text=text, search_type=search_type, size=settings.BOOKWHEEL.page_size, **more)


def search_address(query: Query) -> str:
    """The canonical address of a search: settings that are the catalogue's own stay out of it."""
    parameters = url.to_url(query, page_size=settings.BOOKWHEEL.page_size)
    return f"/Search/Results?{parameters}" if parameters else "/Search/Results"


def phrase_address(text: str, search_type: str) -> str:
    """Search for these words side by side: where an author's name or a keyword leads."""
    words = text.replace('"', " ").strip()
    return search_address(question(f'"{words}"', search_type))


def filter_address(field: str, value: str) -> str:
    """Everything that bears this facet value."""
    return search_address(question(filters=(Filter(field, value, "any"),)))


def years_address(low: int, high: int) -> str:
    return search_address(question(years=YearRange(low, high)))


def versions_address(record_id: str) -> str:
    return f"/Search/Versions?id={quote(record_id, safe='')}"


def advanced_address(query: Query) -> str:
    """The advanced form with this search in it."""
    return search_address(query).replace("/Search/Results", "/Search/Advanced", 1)


def why_address(query: Query) -> str:
    """The page that puts papers a reader knows beside this search."""
    return search_address(query).replace("/Search/Results", "/Search/Why", 1)


def facet_list_address(query: Query, field: str, **place: str) -> str:
    """The list of all values of a facet within a search; `place` are VuFind's facetsort, facetpage, contains and ours.

    The page of hits does not matter to it.
    """
    given = [*search_parameters(query), ("facet", field), *((name, text) for name, text in place.items() if text)]
    return f"/Search/FacetList?{urlencode(given, safe='[]')}"


def search_parameters(query: Query) -> list[tuple[str, str]]:
    """Names and values of a search's address, for the hidden fields of a form, from its first page."""
    return parse_qsl(search_address(replace(query, page=1)).partition("?")[2], keep_blank_values=True)
