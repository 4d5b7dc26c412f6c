from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from django.test import override_settings

from bookwheel.config import Config, OaiConfig
from bookwheel.search.results import Document
from bookwheel.web.feeds.value import LONGEST_SUMMARY, NEVER, Entry, entry_of, feed_of, tag_uri

SITE = "https://search.example.org"


@dataclass
class Known:
    id: str
    document: Document


def known(record_id: str = "a-1", **fields: str | tuple[str, ...]) -> Known:
    values = {name: (value,) if isinstance(value, str) else value for name, value in fields.items()}
    return Known(record_id, {"id": (record_id,), **values})


def test_an_entry_tells_what_the_record_is() -> None:
    entry = entry_of(
        known(
            "a/1",
            title="<i>E. coli</i> &amp; others",
            author=("Ada Lovelace", "Emmy Noether"),
            author_corporate="World Health Organization",
            container_title="Bee World",
            publishDate="2012-03-01",
            date_str="2012-03",
            description="An  abstract\nof <b>two</b> lines.",
            topic_facet=("bees", "bees", "honey"),
            doi_str_mv="10.5555/1",
            language="German",
            first_indexed="2026-11-01T10:00:00Z",
            last_indexed="2026-11-02T10:00:00Z",
        ),
        SITE,
    )
    assert entry == Entry(
        id="tag:bookwheel.invalid,2026:record/a%2F1",
        title="E. coli & others",
        address="https://search.example.org/Record/a%2F1",
        updated=datetime(2026, 11, 2, 10, tzinfo=UTC),
        published=datetime(2026, 11, 1, 10, tzinfo=UTC),
        authors=("Ada Lovelace", "Emmy Noether", "World Health Organization"),
        summary="An abstract of two lines.",
        categories=("bees", "honey"),
        container="Bee World",
        date="2012-03",
        doi="10.5555/1",
        language="de",
    )


def test_an_entry_of_an_id_alone_has_what_every_form_demands() -> None:
    entry = entry_of(known(), SITE)
    assert (entry.title, entry.updated, entry.published) == ("Untitled", NEVER, NEVER)


def test_a_text_in_two_languages_is_marked_as_neither() -> None:
    assert entry_of(known(language=("German", "French")), SITE).language == ""


def test_a_summary_is_no_book() -> None:
    summary = entry_of(known(description="word " * 10_000), SITE).summary
    assert len(summary) <= LONGEST_SUMMARY + 2
    assert summary.endswith("word …")


def test_control_characters_are_dropped() -> None:
    entry = entry_of(known(title="a\x00b\x0bc\ud800d", author="e\x1bf", topic_facet="g\x07h"), SITE)
    assert (entry.title, entry.authors, entry.categories) == ("ab cd", ("ef",), ("gh",))


@pytest.mark.parametrize("address", ["http://search.example.org", "https://search.example.org:8443/path/"])
def test_an_id_does_not_change_with_scheme_port_or_path(address: str) -> None:
    with override_settings(BOOKWHEEL=Config(public_url=address)):
        assert tag_uri("record", "a-1") == "tag:search.example.org,2026:record/a-1"


def test_an_id_survives_a_change_of_host() -> None:
    moved = Config(public_url="https://new.example.org", oai=OaiConfig(repository_identifier="old.example.org"))
    with override_settings(BOOKWHEEL=moved):
        assert tag_uri("record", "a-1") == "tag:old.example.org,2026:record/a-1"


def test_a_feed_is_as_new_as_the_entry_that_changed_last() -> None:
    entry = entry_of(known(first_indexed="2026-11-01T10:00:00Z"), SITE)
    changed = replace(entry, updated=datetime(2026, 11, 5, tzinfo=UTC))
    assert feed_of("tag:x", "X", SITE, [entry, changed]).updated == changed.updated
    assert feed_of("tag:x", "X", SITE, []).updated == NEVER
