"""What the three specifications demand, read by a parser that wrote none of it."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from lxml import etree

from bookwheel.web.feeds.forms import FORMS
from bookwheel.web.feeds.value import Entry, Feed, feed_of

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "prism": "http://prismstandard.org/namespaces/basic/3.0/",
}
SELF = "https://x.example/Search/Feed?lookfor=a&form=atom"
FULL = Entry(
    id="tag:x.example,2026:record/a-1",
    title='Tom & "Jerry" <script>',
    address="https://x.example/Record/a-1",
    updated=datetime(2026, 11, 2, 10, tzinfo=UTC),
    published=datetime(2026, 11, 1, 9, 8, 7, tzinfo=UTC),
    authors=("Ada Lovelace", "Emmy Noether"),
    summary="p < 0.05 & so on",
    categories=("bees", "a & b"),
    container="Bee World",
    date="2012-03",
    doi="10.5555/1",
    language="de",
)
BARE = Entry("tag:x.example,2026:record/a-2", "Untitled", "https://x.example/Record/a-2", FULL.updated, FULL.published)
FEED = feed_of(
    "tag:x.example,2026:search/a", "A & B", "https://x.example/Search/Results?a", [FULL, BARE], "What is new"
)
EMPTY = feed_of("tag:x.example,2026:search/", "Nothing", "https://x.example/")


def xml(name: str, feed: Feed = FEED) -> Any:
    return etree.fromstring(FORMS[name].write(feed, SELF, "en"))


def texts(root: Any, path: str) -> list[str]:
    return [each if isinstance(each, str) else each.text for each in root.xpath(path, namespaces=NAMES)]


@pytest.mark.parametrize("feed", [FEED, EMPTY])
def test_atom_has_what_rfc_4287_demands(feed: Feed) -> None:
    root = xml("atom", feed)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for part in (root, *root.findall("a:entry", NAMES)):
        assert all(len(part.findall(f"a:{name}", NAMES)) == 1 for name in ("id", "title", "updated"))
        assert len(part.xpath("a:link[@rel='alternate']", namespaces=NAMES)) == 1
        for moment in texts(part, "a:updated|a:published"):
            assert datetime.fromisoformat(moment).tzinfo == UTC
    # An entry without authors has the feed's.
    assert texts(root, "a:author/a:name") == [feed.title]
    assert texts(root, "a:link[@rel='self']/@href") == [SELF]


def test_atom_tells_the_work() -> None:
    entry = xml("atom").find("a:entry", NAMES)
    assert texts(entry, "a:title|a:summary") == [FULL.title, FULL.summary]
    assert texts(entry, "a:author/a:name") == list(FULL.authors)
    assert texts(entry, "a:category/@term") == ["bees", "a & b"]
    assert texts(entry, "a:updated|a:published") == ["2026-11-02T10:00:00Z", "2026-11-01T09:08:07Z"]
    assert texts(entry, "prism:*") == ["Bee World", "2012-03", "10.5555/1"]
    assert texts(entry, "@xml:lang") == ["de"]


@pytest.mark.parametrize("feed", [FEED, EMPTY])
def test_rss_has_what_its_specification_demands(feed: Feed) -> None:
    root = xml("rss", feed)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root.find("channel")
    assert all(len(channel.findall(name)) == 1 for name in ("title", "link", "description"))
    assert texts(channel, "a:link[@rel='self']/@href") == [SELF]
    assert all(parsedate_to_datetime(moment).tzinfo for moment in texts(root, "//pubDate|//lastBuildDate"))
    assert set(texts(root, "//guid/@isPermaLink")) <= {"false"}


def test_rss_tells_the_work() -> None:
    item = xml("rss").find("channel/item")
    assert texts(item, "title|link|guid|description") == [FULL.title, FULL.address, FULL.id, FULL.summary]
    assert texts(item, "dc:creator") == list(FULL.authors)
    assert texts(item, "category") == ["bees", "a & b"]
    assert texts(item, "pubDate") == ["Sun, 01 Nov 2026 09:08:07 GMT"]
    assert texts(item, "prism:*") == ["Bee World", "2012-03", "10.5555/1"]


@pytest.mark.parametrize("feed", [FEED, EMPTY])
def test_json_feed_has_what_version_1_1_demands(feed: Feed) -> None:
    made = json.loads(FORMS["json"].write(feed, SELF, "en"))
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert (made["title"], made["feed_url"], made["home_page_url"]) == (feed.title, SELF, feed.address)
    assert all(item["id"] and isinstance(item["content_text"], str) for item in made["items"])


def test_json_feed_tells_the_work() -> None:
    item = json.loads(FORMS["json"].write(FEED, SELF, "en"))["items"][0]
    assert item == {
        "id": FULL.id,
        "url": FULL.address,
        "title": FULL.title,
        "content_text": FULL.summary,
        "date_published": "2026-11-01T09:08:07Z",
        "date_modified": "2026-11-02T10:00:00Z",
        "authors": [{"name": "Ada Lovelace"}, {"name": "Emmy Noether"}],
        "tags": ["bees", "a & b"],
        "language": "de",
        "_work": {"container": "Bee World", "date": "2012-03", "doi": "10.5555/1"},
    }


def test_an_entry_has_the_same_id_in_every_form() -> None:
    ids = [
        texts(xml("atom"), "a:entry/a:id"),
        texts(xml("rss"), "//guid"),
        [item["id"] for item in json.loads(FORMS["json"].write(FEED, SELF, "en"))["items"]],
    ]
    assert ids == [[FULL.id, BARE.id]] * 3


@pytest.mark.parametrize("name", ["atom", "rss"])
def test_what_xml_refuses_is_no_error(name: str) -> None:
    hostile = "a\x00\x0b\x1b\ufffe\ud800]]>&lt;b"
    entry = Entry(hostile, hostile, hostile, FULL.updated, FULL.published, (hostile,), hostile, (hostile,), hostile)
    assert texts(xml(name, feed_of(hostile, hostile, hostile, [entry])), "//title|//a:title")[-1] == "a ]]>&lt;b"
