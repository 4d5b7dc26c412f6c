"""Meta elements as scholarly crawlers want them."""

from dataclasses import replace

import pytest
from tests.web.stub import SEED

from bookwheel.records import kinds
from bookwheel.records.model import Container, Link
from bookwheel.web.machines.meta import elements

ADDRESS = "https://search.example.org/Record/x"


def found(name: str, record: object = SEED) -> list[str]:
    return [meta.content for meta in elements(record, ADDRESS) if meta.name == name]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("citation_title", ["Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"]),
        ("citation_author", ["Cortelezzi, Agostino", "Sciumè, Mariarita", "Reda, Gianluigi"]),
        ("citation_author_orcid", ["https://orcid.org/0000-0002-1825-0097"]),
        ("citation_publication_date", ["2012"]),
        ("citation_journal_title", ["Advances in Hematology"]),
        ("citation_volume", ["2012"]),
        ("citation_firstpage", ["393864"]),
        ("citation_issn", ["1687-9104", "1687-9112"]),
        ("citation_doi", ["10.1155/2012/393864"]),
        ("citation_abstract_html_url", [ADDRESS]),
        ("citation_fulltext_html_url", ["http://dx.doi.org/10.1155/2012/393864"]),
        ("DC.identifier", ["https://doi.org/10.1155/2012/393864", ADDRESS]),
        ("citation_issue", []),
    ],
)
def test_the_seed(name: str, expected: list[str]) -> None:
    assert found(name) == expected


def test_a_pdf_is_named_before_a_page() -> None:
    links = (Link("https://example.org/article"), Link("https://example.org/article.PDF?download=1"))
    record = replace(SEED, links=links)
    assert found("citation_pdf_url", record) == ["https://example.org/article.PDF?download=1"]
    assert not found("citation_fulltext_html_url", record)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kinds.ARTICLE, "citation_publisher"),
        (kinds.THESIS, "citation_dissertation_institution"),
        (kinds.REPORT, "citation_technical_report_institution"),
    ],
)
def test_who_published_a_work_tells_what_it_is(kind: str, name: str) -> None:
    record = replace(SEED, format=kind)
    assert found(name, record) == ["Wiley"]
    assert sum(meta.content == "Wiley" for meta in elements(record, ADDRESS) if meta.name.startswith("citation")) == 1


def test_nothing_empty_is_said() -> None:
    bare = replace(SEED, container=Container(), published=None, contributors=(), abstract=SEED.title)
    assert all(meta.content for meta in elements(bare, ADDRESS))
