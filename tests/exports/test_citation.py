"""Records in the built-in styles: the real record against its case, and what must never be wrong."""

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats.cases import FOLDER, case

from bookwheel.errors import UnknownNameError
from bookwheel.exports.base import Item
from bookwheel.exports.citation import STYLES, bibliography, cite, in_order
from bookwheel.records.model import Container, Contributor, PublicationDate, Record, Relation, Text

SEED_ID = "doaj-art-a34e60229e934aac998908d0fd28b026"
EXPECTED = json.loads((FOLDER / SEED_ID / "citations.json").read_text(encoding="utf-8"))


def seed() -> Record:
    record = case(SEED_ID).reading.record
    assert record
    return record


def bare(**fields: object) -> Item:
    record = Record("r", "s", "i", "", "Article", "Article", Text("Wheels"), container=Container(title="J", volume="2"))
    return Item("r", replace(record, **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("style", STYLES)
def test_the_real_record_is_cited_right(style: str) -> None:
    made = cite(Item(SEED_ID, seed()), style)
    shown = {"text": made.text, "html": made.html, "in_text": made.in_text}
    assert shown == EXPECTED[style]


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("apa", "Wheels. (n.d.). J, 2."),
        ("mla", "“Wheels.” J, vol. 2."),
        ("chicago-author-date", "“Wheels.” n.d. J 2."),
        ("chicago-notes", "“Wheels.” J 2 (n.d.)."),
        ("vancouver", "Wheels. J. 2."),
        ("harvard", "J (no date) ‘Wheels’, 2."),
        ("ieee", "“Wheels,” J, vol. 2."),
    ],
)
def test_what_is_missing_leaves_no_gap(style: str, text: str) -> None:
    assert cite(bare(), style).text == text


def test_the_number_of_an_article_stands_where_a_style_knows_pages_alone() -> None:
    container = Container(title="J", volume="2", article_number="e77")
    assert all("e77" in cite(bare(container=container), style).text for style in STYLES)


def test_a_retraction_is_told_beside_the_citation_and_in_medical_styles_within_it() -> None:
    item = bare(relations=(Relation("retraction", "doi", "10.1/r"),))
    assert {cite(item, style).warning for style in STYLES} == {"Retracted: see https://doi.org/10.1/r"}
    assert cite(item, "vancouver").text.endswith("Retraction in: doi:10.1/r.")
    assert "10.1/r" not in cite(item, "apa").text


def test_a_list_is_numbered_where_the_style_numbers() -> None:
    assert [made.text[:3] for made in bibliography([bare(), bare()], "ieee")] == ["[1]", "[2]"]
    assert [made.text[:3] for made in bibliography([bare(), bare()], "apa")] == ["Whe", "Whe"]


def test_a_list_has_the_order_of_its_style() -> None:
    items = [
        bare(contributors=(Contributor("Zoe Zorn"),)),
        bare(contributors=(Contributor("Ann Éclair"),), published=PublicationDate("2001")),
    ]
    assert in_order(items, "apa") == items[::-1]
    assert in_order(items, "vancouver") == items


def test_an_unknown_style_is_refused_before_anything_is_made() -> None:
    with pytest.raises(UnknownNameError):
        cite(bare(), "apa8")


@settings(max_examples=50)
@given(st.text(), st.text(), st.text(max_size=20), st.sampled_from(list(STYLES)))
def test_html_says_what_the_text_says_and_nothing_a_browser_runs(
    title: str, name: str, volume: str, style: str
) -> None:
    container = Container(title=title, volume=volume)
    made = cite(bare(title=Text(title), contributors=(Contributor(name),), container=container), style)
    reader = Reader()
    reader.feed(made.html)
    reader.close()
    assert reader.text.strip() == made.text
    assert set(reader.tags) <= {"a", "i", "b", "sup", "sub", "span"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data
