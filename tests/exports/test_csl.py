"""Records as CSL-JSON: each case one thing a payload may bring or lack."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.exports.base import Item
from bookwheel.exports.csl import to_csl
from bookwheel.records import kinds
from bookwheel.records.model import (
    Container,
    Contributor,
    Identifier,
    Link,
    PublicationDate,
    Record,
    Relation,
    Series,
    Text,
)


def csl(**fields: Any) -> dict[str, Any]:
    bare = {"id": "r", "source": "s", "source_identifier": "i", "datestamp": "", "record_format": "Article"}
    return to_csl(Item("r", Record(**{**bare, "format": "Article", **fields})))


def test_a_record_without_anything_is_an_item_of_its_type_alone() -> None:
    assert csl() == {"id": "r", "type": "article-journal"}


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_has_a_type(kind: str) -> None:
    assert csl(format=kind)["type"]


def test_an_unknown_kind_in_a_journal_is_an_article() -> None:
    assert csl(format=kinds.OTHER)["type"] == "document"
    assert csl(format=kinds.OTHER, container=Container(issn="1687-9104"))["type"] == "article-journal"


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (Contributor("Agostino Cortelezzi"), {"family": "Cortelezzi", "given": "Agostino"}),
        (Contributor("Kaur IP"), {"family": "Kaur", "given": "I. P."}),
        (Contributor("King, Martin Luther, Jr."), {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        (Contributor("Wheel Group", is_organisation=True), {"literal": "Wheel Group"}),
        (Contributor("Plato"), {"family": "Plato"}),
    ],
)
def test_names(person: Contributor, name: dict[str, str]) -> None:
    assert csl(contributors=(person,))["author"] == [name]


def test_people_stand_under_their_roles_and_unknown_roles_are_left_out() -> None:
    people = (Contributor("A B", "editor"), Contributor("C D", "bookbinder"))
    made = csl(contributors=people)
    assert [made.get(role) for role in ("author", "editor", "contributor")] == [
        None,
        [{"family": "B", "given": "A"}],
        None,
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("A title.", "A title"),
        ("And so on...", "And so on..."),
        ("<em>Rosa</em> and H<sub>2</sub>O", "<i>Rosa</i> and H<sub>2</sub>O"),
        ("p<0.05 &amp; more", "p<0.05 & more"),
        ("<script>alert(1)</script> wheels", "<script>alert(1)</script> wheels"),
    ],
)
def test_titles(title: str, shown: str) -> None:
    assert csl(title=Text(title))["title"] == shown


def test_a_date_has_the_parts_that_are_known() -> None:
    assert csl(published=PublicationDate("2012-03"))["issued"] == {"date-parts": [[2012, 3]]}
    assert "issued" not in csl(published=PublicationDate(""))


def test_a_preprint_s_server_is_its_publisher() -> None:
    made = csl(format=kinds.PREPRINT, container=Container(title="bioRxiv"), publisher="Cold Spring Harbor")
    assert (made["publisher"], made["genre"], "container-title" in made) == ("bioRxiv", "Preprint", False)


def test_a_thesis_has_the_genre_its_source_gives() -> None:
    assert csl(format=kinds.THESIS, genres=("Doctoral dissertation",))["genre"] == "Doctoral dissertation"
    assert "genre" not in csl(genres=("Review",))


def test_the_address_is_the_doi_s_else_the_first_link_a_browser_may_open() -> None:
    links = (Link("javascript:alert(1)"), Link("https://example.org/a.pdf"))
    assert csl(links=links)["URL"] == "https://example.org/a.pdf"
    assert csl(links=links, identifiers=(Identifier("doi", "10.1/x"),))["URL"] == "https://doi.org/10.1/x"


@pytest.mark.parametrize(
    ("fields", "language"),
    [
        ({"languages": ("deu",)}, "de"),
        ({"title": Text("La rueda", "spa"), "languages": ("eng",)}, "es"),
        ({"container": Container(languages=("por", "spa"))}, "pt"),
        ({"container": Container(languages=("por", "eng"))}, None),
        ({}, None),
    ],
)
def test_titles_that_are_not_english_are_known(fields: dict[str, Any], language: str | None) -> None:
    assert csl(**fields).get("language") == language


def test_series_and_short_titles() -> None:
    made = csl(format=kinds.BOOK, series=(Series("Studies in Wheels", "14"),))
    assert (made["collection-title"], made["collection-number"]) == ("Studies in Wheels", "14")
    given_short = Container(title="Journal of Wheels", abbreviation="J Whl")
    assert csl(container=given_short)["container-title-short"] == "J Whl"


def test_a_retraction_is_noted() -> None:
    assert csl(relations=(Relation("retraction", "doi", "10.1/r"),))["note"] == "Retracted: see https://doi.org/10.1/r"


@given(st.text(), st.text(), st.text())
def test_nothing_empty_is_written(title: str, name: str, place: str) -> None:
    made = csl(title=Text(title), contributors=(Contributor(name),), place=place)
    assert all(made.values())
