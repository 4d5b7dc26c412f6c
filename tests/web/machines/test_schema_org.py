"""The seed in schema.org's words, with what the vocabulary asks of an article."""

import json
from dataclasses import replace

import pytest
from tests.web.stub import SEED

from bookwheel.records import kinds
from bookwheel.records.model import Container, Identifier, Relation, Text
from bookwheel.web.machines.schema_org import described, json_ld, licence_address

ADDRESS = "https://search.example.org/Record/x"


def test_an_article_stands_in_its_volume_and_journal() -> None:
    thing = described(SEED, ADDRESS)
    assert thing["@type"] == "ScholarlyArticle"
    assert thing["@id"] == "https://doi.org/10.1155/2012/393864"
    assert [author["familyName"] for author in thing["author"]] == ["Cortelezzi", "Sciumè", "Reda"]
    assert thing["author"][1]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert thing["isPartOf"] == {
        "@type": "PublicationVolume",
        "volumeNumber": "2012",
        "isPartOf": {"@type": "Periodical", "name": "Advances in Hematology", "issn": ["1687-9104", "1687-9112"]},
    }
    assert thing["license"] == "https://creativecommons.org/licenses/by/4.0/"
    required = {"headline", "author", "datePublished", "publisher", "name", "url"}
    assert required <= thing.keys()


DOMAINS = {
    "pageStart": {"ScholarlyArticle", "Report", "Chapter"},
    "pageEnd": {"ScholarlyArticle", "Report", "Chapter"},
    "pagination": {"ScholarlyArticle", "Report", "Chapter"},
    "bookEdition": {"Book"},
    "isbn": {"Book"},
}
"""The types that the vocabulary has these properties for, of those we name; every other property is of any work."""


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_property_is_one_of_its_type(kind: str) -> None:
    place = Container("A whole", start_page="1", end_page="9", article_number="e7")
    isbn = (Identifier("isbn", "9780306406157"),)
    thing = described(replace(SEED, format=kind, container=place, identifiers=isbn, edition="2nd"), ADDRESS)
    for name, types in DOMAINS.items():
        assert (name in thing) == (thing["@type"] in types)


def test_a_chapter_stands_in_a_book_with_its_number() -> None:
    isbn = (Identifier("isbn", "9780306406157"),)
    chapter = replace(SEED, format=kinds.CHAPTER, container=Container("The Big Book"), identifiers=isbn)
    whole = {"@type": "Book", "name": "The Big Book", "isbn": ["9780306406157"]}
    assert described(chapter, ADDRESS)["isPartOf"] == whole


def test_a_retracted_work_says_so() -> None:
    withdrawn = replace(SEED, relations=(Relation("retraction", "doi", "10.1/x"),))
    assert described(withdrawn, ADDRESS)["creativeWorkStatus"] == "Retracted"


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "a < b", "\u2028"])
def test_no_text_ends_the_script_it_stands_in(title: str) -> None:
    text = json_ld(replace(SEED, title=Text(title)), ADDRESS)
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text)["@context"] == "https://schema.org"


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC BY", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-SA 3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/terms", "https://example.org/terms"),
        ("Publisher's own license", ""),
        ("CC BY ME A BEER", "https://creativecommons.org/licenses/by/4.0/"),
        ("", ""),
    ],
)
def test_licences_lead_to_their_text(licence: str, address: str) -> None:
    assert licence_address(licence) == address
