import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.records import identifiers
from bookwheel.records.model import Identifier


@pytest.mark.parametrize(
    "text",
    [
        "10.1155/2012/393864",
        " 10.1155/2012/393864 ",
        "doi:10.1155/2012/393864",
        "DOI: 10.1155/2012/393864",
        "doi 10.1155/2012/393864",
        "https://doi.org/10.1155/2012/393864",
        "http://dx.doi.org/10.1155/2012/393864",
        "doi.org/10.1155/2012/393864",
        "https://doi.org/10.1155%2F2012%2F393864".replace("%2F2012", "/2012"),
        "https://doi.org/10.1155/2012/393864?utm_source=x",
        "info:doi/10.1155/2012/393864",
        "urn:doi:10.1155/2012/393864",
        "10.1155/2012/393864.",
        "10.1155/2012/393864),",
    ],
)
def test_every_form_of_a_doi_is_one(text: str) -> None:
    assert identifiers.doi(text) == "10.1155/2012/393864"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2", None),
        ("10.1000/ABC", "10.1000/abc"),
        ("10.1000.10/x", "10.1000.10/x"),
        ("10.1000/", ""),
        ("10.1000", ""),
        ("11.1000/x", ""),
        ("10.1000/a b", ""),
        ("not a doi", ""),
        ("", ""),
    ],
)
def test_doi(text: str, expected: str | None) -> None:
    assert identifiers.doi(text) == (text.lower() if expected is None else expected)


@given(st.text() | st.from_regex(r"(doi:|https://doi.org/)?10\.\d{4}/\S{1,20}", fullmatch=True))
def test_reading_a_doi_twice_equals_once(text: str) -> None:
    doi = identifiers.doi(text)
    assert identifiers.doi(doi) == doi


@pytest.mark.parametrize(
    ("text", "expected", "valid"),
    [
        ("1687-9104", "1687-9104", True),
        ("16879104", "1687-9104", True),
        ("2434-561x", "2434-561X", True),
        ("ISSN: 1687-9104", "1687-9104", True),
        ("1687–9104", "1687-9104", True),
        ("1687-9105", "1687-9105", False),
        ("1687-910", "", False),
        ("none", "", False),
    ],
)
def test_issn(text: str, expected: str, valid: bool) -> None:
    assert identifiers.issn(text) == expected
    assert identifiers.is_issn(identifiers.issn(text)) == valid


@pytest.mark.parametrize(
    "text",
    [
        "0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1825-0097",
        "http://orcid.org/0000-0002-1825-0097/",
        "orcid.org/0000-0002-1825-0097",
        "ORCID: 0000-0002-1825-0097",
        "0000000218250097",
    ],
)
def test_orcid(text: str) -> None:
    assert identifiers.orcid(text) == "0000-0002-1825-0097"


@pytest.mark.parametrize("text", ["0000-0002-1825-0098", "0000-0002-1825", "", "x" * 1000])
def test_what_is_no_orcid(text: str) -> None:
    assert identifiers.orcid(text) == ""


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("doi:10.1155/2012/393864", "doi", "10.1155/2012/393864"),
        ("1687-9104", "issn", "1687-9104"),
        ("issn 16879104", "issn", "1687-9104"),
        ("978-3-16-148410-0", "isbn", "9783161484100"),
        ("ISBN 0-306-40615-2", "isbn", "9780306406157"),
        ("PMID: 21961094", "pmid", "21961094"),
        ("pmid 0123", "pmid", "123"),
        ("https://pubmed.ncbi.nlm.nih.gov/21961094/", "pmid", "21961094"),
        ("pmc3173870", "pmcid", "PMC3173870"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC3173870/", "pmcid", "PMC3173870"),
        ("https://orcid.org/0000-0002-1825-0097", "orcid", "0000-0002-1825-0097"),
    ],
)
def test_detect(text: str, scheme: str, value: str) -> None:
    assert identifiers.detect(text) == Identifier(scheme, value)


@pytest.mark.parametrize(
    "text",
    ["leukemia", "p53", "SARS-CoV-2", "16879104", "21961094", "1687-9105", "2010-2012", "COVID-19 in 2020", "", "pmc"],
)
def test_words_are_no_identifier(text: str) -> None:
    assert identifiers.detect(text) is None


@given(st.text())
def test_detect_never_raises(text: str) -> None:
    identifiers.detect(text)


@pytest.mark.parametrize("unit", ["1", "10.1000/", ")", "doi:", "-", " ", "10.1000/" + ")" * 400])
def test_long_input_is_refused_at_once(unit: str) -> None:
    text = unit * 100_000
    start = time.process_time()
    identifiers.detect(text)
    for reader in (identifiers.doi, identifiers.orcid, identifiers.pmid, identifiers.pmcid, identifiers.isbn):
        reader(text)
    assert time.process_time() - start < 0.5
