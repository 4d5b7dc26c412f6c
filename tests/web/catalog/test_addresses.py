"""Addresses lead where they say."""

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from bookwheel.search.query import Exact, Filter, Phrase, Query, YearRange
from bookwheel.search.url import from_url
from bookwheel.web.catalog.addresses import (
    filter_address,
    phrase_address,
    record_address,
    search_address,
    years_address,
)


def _query(address: str) -> Query:
    return from_url(parse_qsl(address.partition("?")[2], keep_blank_values=True))


def test_search_of_nothing_has_no_parameters() -> None:
    assert search_address(Query()) == "/Search/Results"


def test_author_is_asked_as_a_phrase() -> None:
    query = _query(phrase_address('Jörg "Joe" Müller', "Author"))
    assert (query.text, query.search_type) == ('"Jörg  Joe  Müller"', "Author")
    assert isinstance(query.tree, Phrase | Exact) or query.tree


def test_year_range() -> None:
    assert _query(years_address(2010, 2019)).years == YearRange(2010, 2019)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=50))
def test_any_value_can_be_a_filter(value: str) -> None:
    assert _query(filter_address("publisherStr", value)).filters == (Filter("publisherStr", value, "any"),)


def test_ids_are_encoded_once() -> None:
    assert record_address("a/b c%20ü", "Details") == "/Record/a%2Fb%20c%2520%C3%BC/Details"
