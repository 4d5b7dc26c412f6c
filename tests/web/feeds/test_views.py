"""Feeds as their readers ask for them."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client, override_settings
from lxml import etree
from tests.web.feeds.conftest import DatedLibrary, Kept, Later
from tests.web.page import Page
from tests.web.stub import SEED_ID

from bookwheel.config import Config

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def texts(response: Any, path: str) -> list[str]:
    """What an XPath finds in a feed of either XML form."""
    root: Any = etree.fromstring(response.content)
    return [str(found) for found in root.xpath(path, namespaces=ATOM)]


def entries(response: Any) -> list[str]:
    return texts(response, "//a:entry/a:link/@href")


def test_a_feed_holds_the_fifty_latest_of_a_search(reader: Client, dated: DatedLibrary) -> None:
    response = reader.get("/Search/Feed?form=atom")
    assert entries(response) == [f"http://testserver/Record/sample-{number}" for number in range(58, 8, -1)]
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Last-Modified"] == "Sun, 01 Mar 2026 12:00:00 GMT"


def test_a_feed_is_of_the_search_its_address_says(reader: Client, dated: DatedLibrary) -> None:
    address = "/Search/Feed?lookfor=sample&type=Title&filter[]=language:%22German%22&form=atom"
    assert entries(reader.get(address))[:2] == [f"http://testserver/Record/sample-{n}" for n in (57, 54)]
    assert entries(reader.get("/Search/Feed?lookfor=lenalidomide&form=atom")) == [f"http://testserver/Record/{SEED_ID}"]


def test_order_and_page_of_the_result_page_do_not_matter(reader: Client, dated: DatedLibrary) -> None:
    plain = reader.get("/Search/Feed?lookfor=sample&form=atom")
    same = reader.get("/Search/Feed?form=atom&page=600&limit=5&sort=title&lookfor=sample&nonsense=1")
    assert same.content == plain.content


def test_every_form_says_the_same(reader: Client, dated: DatedLibrary) -> None:
    made = json.loads(reader.get("/Search/Feed?form=json").content)
    ids = [item["id"] for item in made["items"]]
    assert ids == texts(reader.get("/Search/Feed?form=atom"), "//a:entry/a:id/text()")
    assert ids == texts(reader.get("/Search/Feed?form=rss"), "//guid/text()")
    assert len(ids) == 50


def test_addresses_are_those_the_catalogue_is_known_by(dated: DatedLibrary) -> None:
    with override_settings(BOOKWHEEL=Config(public_url="https://search.example.org")):
        links = texts(Client().get("/Search/Feed?form=atom"), "//a:link/@href")
    assert links[:2] == [
        "https://search.example.org/Search/Feed?form=atom",
        "https://search.example.org/Search/Results?sort=added",
    ]
    assert all(link.startswith("https://search.example.org/") for link in links)


def test_a_feed_is_in_the_catalogues_language(reader: Client, dated: DatedLibrary) -> None:
    english, german = (reader.get("/Search/Feed?form=atom", headers={"Accept-Language": code}) for code in ("en", "de"))
    assert german.content == english.content
    assert german["Content-Language"] == "en"


def test_a_reader_that_has_the_feed_costs_no_search(reader: Client, dated: DatedLibrary) -> None:
    first = reader.get("/Search/Feed?lookfor=bees&form=rss")
    dated.asked.clear()
    again = reader.get("/Search/Feed?lookfor=bees&form=rss", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, dated.asked) == (304, b"", [])


def test_a_change_elsewhere_is_none_of_this_feed(reader: Client, dated: DatedLibrary) -> None:
    first = reader.get("/Search/Feed?form=rss")
    dated.state = "second"
    assert reader.get("/Search/Feed?form=rss", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert len(dated.asked) == 2


def test_a_feed_can_be_asked_for_its_head(reader: Client, dated: DatedLibrary) -> None:
    whole, head = reader.get("/Search/Feed?form=atom"), reader.head("/Search/Feed?form=atom")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])
    assert reader.post("/Search/Feed?form=atom").status_code == 405


def test_an_unknown_form_is_not_found(reader: Client) -> None:
    assert reader.get("/Search/Feed?form=gopher").status_code == 404


def test_caps_are_those_of_result_pages(reader: Client) -> None:
    address = "/Search/Feed?form=atom" + "".join(f"&filter[]=format:%22{number}%22" for number in range(9))
    assert reader.get(address).status_code == reader.get(address.replace("Feed", "Results")).status_code == 414


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/Search/Results?lookfor=bees&type=Title&view=rss", "/Search/Feed?lookfor=bees&type=Title&form=rss"),
        ("/Search/Results?view=rss&sort=title&page=2", "/Search/Feed?form=rss"),
    ],
)
def test_vufinds_feeds_lead_to_ours(reader: Client, address: str, leads_to: str) -> None:
    response = reader.get(address)
    assert (response.status_code, response["Location"]) == (301, leads_to)


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("/", "/Search/Feed?form=atom"),
        ("/Search/NewItem", "/Search/Feed?form=atom"),
        ("/Search/Results?lookfor=bees&type=Title&page=2", "/Search/Feed?lookfor=bees&type=Title&form=atom"),
        (f"/Record/{SEED_ID}", "/Search/Feed?filter[]=~container_title_str%3A%22Advances+in+Hematology%22&form=atom"),
    ],
)
def test_pages_name_their_feed(reader: Client, address: str, feed: str) -> None:
    page = Page(reader.get(address))
    assert page.texts('//head/link[@rel="alternate"][@type="application/atom+xml"][contains(@href, "Feed")]/@href') == [
        feed
    ]
    assert reader.get(feed).status_code == 200


def test_a_result_page_leads_to_the_page_that_offers_feeds(reader: Client) -> None:
    page = Page(reader.get("/Search/Results?lookfor=sample&type=Title&sort=title"))
    [address] = page.texts('//a[@class="followed"]/@href')
    offered = Page(reader.get(address))
    assert offered.text("//h1") == "sample in Title"
    assert offered.texts("//textarea") == [
        f"http://testserver/Search/Feed?lookfor=sample&type=Title&form={form}" for form in ("atom", "rss", "json")
    ]
    assert offered.texts("//ol/li//h3")[0] == "Sample work number 58"
    assert "Added on March 1, 2026" in offered.text("//ol/li")


def test_a_search_that_finds_nothing_yet_can_be_followed(reader: Client) -> None:
    page = Page(reader.get("/Search/Results?lookfor=unheardof&type=AllFields"))
    [address] = page.texts('//main//a[@class="followed"]/@href')
    assert "Nothing yet" in Page(reader.get(address)).text()
    assert entries(reader.get(f"{address}&form=atom")) == []


def test_a_strangers_words_are_text(reader: Client) -> None:
    words = quote('<script>alert("x")</script>]]>&')
    assert Page(reader.get(f"/Search/Feed?lookfor={words}")).count("//main//script") == 0
    for form in ("atom", "rss"):
        etree.fromstring(reader.get(f"/Search/Feed?lookfor={words}&form={form}").content)


def test_a_question_of_many_words_is_followed_for_all_of_them(kept: Kept) -> None:
    kept.harvest(1, title="The sound of bees in spring")
    kept.harvest(2, title="Spring")
    reader = Client()
    search = "lookfor=sound+of+bees+in+spring&type=AllFields"
    assert Page(reader.get(f"/Search/Results?{search}")).texts("//header/@data-total") == ["2"]
    assert entries(reader.get(f"/Search/Feed?{search}&form=atom")) == ["http://testserver/Record/sample-1"]


def test_a_withdrawn_record_is_in_no_feed(kept: Kept, later: Later) -> None:
    kept.harvest(1, 2)
    reader = Client()
    first = reader.get("/Search/Feed?form=atom")
    kept.harvest(2, deleted=True)
    second = reader.get("/Search/Feed?form=atom", headers={"If-None-Match": first["ETag"]})
    assert entries(second) == ["http://testserver/Record/sample-1"]


def test_a_changed_record_keeps_its_place_and_id_and_says_so(kept: Kept, later: Later) -> None:
    kept.harvest(1)
    later(1)
    kept.harvest(2)
    later(1)
    kept.harvest(1, title="Wasps")
    feed = Client().get("/Search/Feed?form=atom")
    assert texts(feed, "//a:entry/a:id/text()") == [
        "tag:bookwheel.invalid,2026:record/sample-2",
        "tag:bookwheel.invalid,2026:record/sample-1",
    ]
    assert texts(feed, "//a:entry[2]/*[self::a:published or self::a:updated]/text()") == [
        "2026-01-03T12:00:00Z",
        "2026-01-01T12:00:00Z",
    ]
    assert texts(feed, "a:updated/text()") == ["2026-01-03T12:00:00Z"]
