"""Every hit once and in order, however the pages of the engine fall."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.jobs import exporting
from bookwheel.jobs.exporting import address, hits
from bookwheel.search.query import FacetRequest, Query
from bookwheel.search.results import Hit, SearchResult

asked: list[Query] = []


def engine(count: int, query: Query) -> SearchResult:
    """Pages as an engine gives them: behind a cursor when there is one."""
    asked.append(query)
    start = int(query.after) if query.after else query.offset
    found = tuple(Hit(str(n), 1.0, {}) for n in range(start, min(count, start + query.size)))
    end = start + len(found)
    return SearchResult(count, found, next_after=str(end) if end < count else "")


@given(
    count=st.integers(0, 40), offset=st.integers(0, 45), limit=st.none() | st.integers(0, 45), page=st.integers(1, 9)
)
def test_hits_are_those_from_the_offset_on(count: int, offset: int, limit: int | None, page: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "PAGE", page)
        found = [int(hit.id) for hit in hits(lambda query: engine(count, query), Query(page=3, size=7), offset, limit)]
    assert found == list(range(count))[offset:][:limit]


def test_facets_are_not_counted() -> None:
    asked.clear()
    list(hits(lambda query: engine(3, query), Query(facets=(FacetRequest("language"),))))
    assert [query.facets for query in asked] == [()]


def test_nothing_is_asked_before_a_hit_is_wanted() -> None:
    asked.clear()
    hits(lambda query: engine(3, query), Query())
    assert asked == []


@pytest.mark.parametrize(
    ("public_url", "expected"), [("", ""), ("https://a.example/", "https://a.example/Record/a%2Fb")]
)
def test_address_is_absolute_or_none(public_url: str, expected: str) -> None:
    assert address(public_url, "a/b") == expected
