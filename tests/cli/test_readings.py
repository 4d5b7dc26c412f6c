import pytest

from bookwheel.cli.readings import as_line, shortened, value_of
from bookwheel.records.model import (
    Container,
    Contributor,
    Identifier,
    Link,
    PublicationDate,
    Record,
    Relation,
    Series,
    Subject,
    Text,
)

RECORD = Record(
    "a",
    "s",
    "",
    "",
    "Article",
    "",
    title=Text("T", "eng"),
    contributors=(Contributor("Halm, Anna", orcid="0000-0002-1825-0097"), Contributor("Rispe, Eva", "editor")),
    container=Container(title="J", volume="7"),
    published=PublicationDate("2012-03"),
    subjects=(Subject("daisies"), Subject("Bellis", "MeSH")),
    identifiers=(Identifier("doi", "10.5555/a"), Identifier("pmid", "5")),
    links=(Link("https://a.org"),),
    series=(Series("S", "3"),),
    relations=(Relation("retraction", "doi", "10.5555/b"),),
)


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("title", "T [eng]"),
        ("contributors", "Halm, Anna; Rispe, Eva (editor)"),
        ("contributors.orcid", "0000-0002-1825-0097"),
        ("container", "title J, volume 7"),
        ("container.volume", "7"),
        ("published", "2012-03"),
        ("subjects", "daisies; MeSH: Bellis"),
        ("identifiers", "doi:10.5555/a; pmid:5"),
        ("identifiers.doi", "10.5555/a"),
        ("links", "https://a.org"),
        ("series", "S 3"),
        ("relations", "retraction doi:10.5555/b"),
        ("abstract", ""),
    ],
)
def test_a_value_in_one_line(field: str, line: str) -> None:
    assert value_of(RECORD, field) == line


def test_long_values_are_cut_and_nothing_is_blank() -> None:
    assert shortened("a" * 100) == "a" * 60 + "…"
    assert as_line(None) == ""
