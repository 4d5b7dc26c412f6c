import pytest

from bookwheel.formats.reading import Findings
from bookwheel.formats.reference import Reference, links, person, to_record
from bookwheel.records import kinds
from bookwheel.records.model import Contributor, Record
from bookwheel.records.raw import RawRecord

RAW = RawRecord("x", "", "", "ris", b"")


def record(**values: object) -> Record:
    found = to_record(Reference(**{"kind": kinds.ARTICLE, "titles": ["T"], **values}), RAW, "x-", Findings())  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("An anatomy.", "An anatomy"),
        ("Et cetera...", "Et cetera..."),
        ("[Translated title].", "Translated title"),
        ("[A] or [B]", "[A] or [B]"),
    ],
)
def test_titles_lose_what_databases_add(written: str, title: str) -> None:
    assert record(titles=[written]).title.value == title


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2012"], "2012"),
        (["2012", "2012/03/15/"], "2012-03-15"),
        (["2012", "2013/03/15/"], "2012"),
        (["2012//"], "2012"),
        (["2012/03//undefined"], "2012-03"),
        (["2012///Spring"], "2012"),
        (["2012///Mar"], "2012-03"),
        (["1999 Dec-2000 Jan"], "1999"),
        (["in press", "2012"], "2012"),
        (["98"], ""),
    ],
)
def test_dates_keep_the_precision_that_is_known(dates: list[str], expected: str) -> None:
    published = record(dates=dates).published
    assert (published.value if published else "") == expected


@pytest.mark.parametrize(
    ("pages", "end", "article_number", "expected"),
    [
        ("1032", "8", "", ("1032", "1038", "")),
        ("1032-1038", "", "", ("1032", "1038", "")),
        ("e1001710", "", "", ("", "", "e1001710")),
        ("117694", "", "117694", ("", "", "117694")),
        ("S12", "S15", "", ("S12", "S15", "")),
        ("No Pagination Specified", "", "", ("", "", "")),
        ("5", "5", "", ("5", "", "")),
    ],
)
def test_pages_and_article_numbers_are_told_apart(
    pages: str, end: str, article_number: str, expected: tuple[str, str, str]
) -> None:
    found = record(pages=pages, end_page=end, article_number=article_number).container
    assert (found.start_page, found.end_page, found.article_number) == expected


@pytest.mark.parametrize(
    ("numbers", "issn", "eissn", "isbn"),
    [
        (["1234-5679"], "1234-5679", "", ""),
        (["12345679 (ISSN)"], "1234-5679", "", ""),
        (["1234-5679 (Print)2049-3630 (Electronic)1234-5679 (Linking)"], "1234-5679", "2049-3630", ""),
        (["2049-3630 (Electronic)"], "", "2049-3630", ""),
        (["1234-5679 2049-3630"], "1234-5679", "2049-3630", ""),
        (["1234-5679, 1234-5679"], "1234-5679", "", ""),
        (["978-3-16-148410-0"], "", "", "9783161484100"),
        (["see cover"], "", "", ""),
    ],
)
def test_numbers_are_issn_or_isbn(numbers: list[str], issn: str, eissn: str, isbn: str) -> None:
    found = record(numbers=numbers)
    assert (found.container.issn, found.container.eissn, found.identifier("isbn")) == (issn, eissn, isbn)


@pytest.mark.parametrize(
    ("name", "family", "given", "suffix"),
    [
        ("van der Wiese, Tjip S.", "van der Wiese", "Tjip S.", ""),
        ("Halm, Anna, Jr.", "Halm", "Anna", "Jr."),
        ("Platt, SR", "Platt", "SR", ""),
        ("The Meadow Study Group", "", "", ""),
        ("Liu R.", "", "", ""),
    ],
)
def test_names_are_parted_at_their_commas_alone(name: str, family: str, given: str, suffix: str) -> None:
    found = person(name)
    assert (found.family, found.given, found.suffix) == (family, given, suffix)


def test_the_same_words_from_two_databases_stay_two_records() -> None:
    first, second = record(accession=["WOS:1"]), record(accession=["2-s2.0-1"])
    assert first.id != second.id
    assert first.id == record(accession=["WOS:1"], abstracts=["mended"]).id


def test_a_book_keeps_its_volume_in_its_series() -> None:
    found = record(kind=kinds.BOOK, container="Journal", volume="3")
    assert (found.container.title, found.container.volume) == ("", "")


def test_addresses_in_one_value_are_parted() -> None:
    assert [link.url for link in links(["https://a.org/1; https://b.org/2", "no address"])] == [
        "https://a.org/1",
        "https://b.org/2",
    ]


def test_nothing_to_know_it_by_is_no_record() -> None:
    findings = Findings()
    assert to_record(Reference(contributors=[Contributor("")]), RAW, "x-", findings) is None
    assert findings.problems
