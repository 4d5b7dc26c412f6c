from dataclasses import replace

import pytest
from tests.web.feeds.conftest import DatedLibrary

from bookwheel.search.query import FacetRequest, Filter, Query, YearRange
from bookwheel.web.feeds.searches import follow_address, journal_feed_address, search_feed, search_title

SITE = "https://search.example.org"
QUERY = Query(text="bees", search_type="Title", filters=(Filter("format", "Article"),))


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (Query(), "New works"),
        (Query(text="bees"), "bees"),
        (Query(text="bees", search_type="Title"), "bees in Title"),
        (Query(filters=(Filter("language", "French", "none"),)), "Language: not French"),
        (
            Query(text="a\nb", filters=(Filter("container_title_str", "Bee World"),), years=YearRange(2010, 2012)),
            "a b · Journal: Bee World · Year: 2010–2012",
        ),
        (Query(text="word " * 100), f"{'word ' * 24}…"),
    ],
)
def test_a_search_has_a_short_name(query: Query, title: str) -> None:
    assert search_title(query) == title


def test_a_search_has_one_address_to_be_followed_at() -> None:
    leafed = replace(QUERY, sort="title", page=7, size=50, after="x", facets=(FacetRequest("format"),))
    assert follow_address(leafed, "rss") == follow_address(QUERY, "rss")
    assert follow_address(QUERY).startswith("/Search/Feed?lookfor=bees&type=Title&filter[]=")
    assert (follow_address(Query()), follow_address(Query(), "atom")) == ("/Search/Feed", "/Search/Feed?form=atom")


def test_a_journal_has_a_feed() -> None:
    address = "/Search/Feed?filter[]=~container_title_str%3A%22A+%26+B%22&form=atom"
    assert journal_feed_address("A & B", "atom") == address


def test_a_feed_is_known_by_its_search_alone(dated: DatedLibrary) -> None:
    feed = search_feed(dated, replace(QUERY, sort="title", page=3), SITE)
    assert feed == search_feed(dated, QUERY, SITE)
    assert feed.id.startswith("tag:bookwheel.invalid,2026:search/lookfor%3Dbees%26type%3DTitle%26filter")
    assert feed.id != search_feed(dated, replace(QUERY, text="wasps"), SITE).id
    assert feed.address.startswith(f"{SITE}/Search/Results?lookfor=bees&type=Title&filter")
