"""Numbers of result pages."""

from hypothesis import given
from hypothesis import strategies as st

from bookwheel.search.query import Query
from bookwheel.web.catalog.paging import MAX_HITS, paging


def _numbers(page: int, total: int) -> list[int]:
    return [link.number for link in paging(Query(page=page), total, min(20, max(0, total - 20 * (page - 1)))).links]


def test_gaps_stand_for_two_pages_or_more() -> None:
    assert _numbers(1, 61) == [1, 2, 3, 4]
    assert _numbers(1, 1000) == [1, 2, 3, 0, 50]
    assert _numbers(25, 1000) == [1, 0, 23, 24, 25, 26, 27, 0, 50]
    assert _numbers(5, 1000) == [1, 2, 3, 4, 5, 6, 7, 0, 50]


def test_one_page_needs_no_numbers() -> None:
    assert _numbers(1, 20) == []
    assert _numbers(1, 0) == []


@given(st.integers(1, 60), st.integers(1, 100), st.integers(0, 10**9))
def test_no_link_leads_beyond_the_hits_or_the_cap(page: int, size: int, total: int) -> None:
    links = paging(Query(page=page, size=size), total, 0).links
    for link in links:
        assert (link.number - 1) * size < total
        assert link.number * size <= MAX_HITS
