import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.cases import case

from bookwheel.formats import oai_dc
from bookwheel.records.model import Container, Identifier, Link, Record, Subject
from bookwheel.records.raw import RawRecord

CASE = case("example-8412").raw


def raw(body: str) -> RawRecord:
    payload = (
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{body}</oai_dc:dc>'
    )
    return RawRecord("shelf", "oai:example.org:7", "2024-01-01", "oai_dc", payload.encode())


def record(**elements: str | list[str]) -> Record:
    body = "<dc:title>T</dc:title>"
    for name, values in elements.items():
        body += "".join(
            f"<dc:{name}>{value}</dc:{name}>" for value in ([values] if isinstance(values, str) else values)
        )
    found = oai_dc.read(raw(body)).record
    assert found is not None
    return found


def test_ids_begin_with_the_source_or_the_prefix_given() -> None:
    body = raw("<dc:title>T</dc:title>")
    assert [reading.record.id for reading in (oai_dc.read(body), oai_dc.read(body, "p:")) if reading.record] == [
        "shelf-7",
        "p:7",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://doi.org/10.5555/ABC", Identifier("doi", "10.5555/abc")),
        ("PMID: 123", Identifier("pmid", "123")),
        ("PMC123", Identifier("pmcid", "PMC123")),
        ("ISBN 978-3-16-148410-0", Identifier("isbn", "9783161484100")),
        ("http://hdl.handle.net/10261/5", Identifier("handle", "10261/5")),
        ("TR-2012-7", Identifier("other", "TR-2012-7")),
    ],
)
def test_identifiers_are_told_apart(text: str, expected: Identifier) -> None:
    assert record(identifier=text).identifiers == (expected,)


def test_addresses_are_links() -> None:
    found = record(
        identifier=["https://example.org/7", "2434-561X"],
        relation=["https://example.org/7/pdf", "https://example.org/7", "Vol. 3"],
        format="application/pdf",
    )
    assert found.links == (
        Link("https://example.org/7", "fulltext", "application/pdf"),
        Link("https://example.org/7/pdf", "other"),
    )
    assert found.identifiers == ()
    assert found.container.issn == "2434-561X"


@pytest.mark.parametrize(
    ("source", "container"),
    [
        ("Advances in Hematology, Vol 2012 (2012)", Container("Advances in Hematology", "2012")),
        (
            "Journal of Wheels; Vol. 5, No. 2 (2012): Autumn; 1-10",
            Container("Journal of Wheels", "5", "2"),
        ),
        ("Journal of Wheels; Vol 5, No 2 (2012); 1-10", Container("Journal of Wheels", "5", "2", "1", "10")),
        ("Journal of Wheels", Container("Journal of Wheels")),
        ("1687-9104", Container(issn="1687-9104")),
        ("https://example.org/source", Container()),
    ],
)
def test_source_is_the_container(source: str, container: Container) -> None:
    found = record(source=source).container
    assert (found.title, found.volume, found.issue, found.issn) == (
        container.title,
        container.volume,
        container.issue,
        container.issn,
    )
    if container.start_page:
        assert found == container


@pytest.mark.parametrize(
    ("types", "format_"),
    [
        (["info:eu-repo/semantics/article"], "Article"),
        (["Text", "Doctoral thesis"], "Thesis"),
        (["info:eu-repo/semantics/bookPart"], "Book Chapter"),
        (["book"], "Book"),
        (["conferenceObject"], "Conference Proceeding"),
        (["text"], "Unknown"),
        ([], "Unknown"),
    ],
)
def test_type_is_the_format(types: list[str], format_: str) -> None:
    assert record(type=types).format == format_


def test_a_day_of_issue_wins_over_the_moment_of_deposit() -> None:
    found = record(date=["2015-05-04T10:00:00Z", "2015-05-05T10:00:00Z", "2012-03"]).published
    assert found is not None
    assert found.value == "2012-03"


@pytest.mark.parametrize(
    ("rights", "licence"),
    [
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC BY-NC-ND"),
        ("Creative Commons CC BY 4.0", "CC BY"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0"),
        ("info:eu-repo/semantics/openAccess", ""),
        ("Copyright 2012 the authors", "Copyright 2012 the authors"),
    ],
)
def test_rights_are_the_licence(rights: str, licence: str) -> None:
    assert record(rights=["info:eu-repo/semantics/openAccess", rights]).licence == licence


def test_subjects_are_split_at_semicolons_and_kept_once() -> None:
    assert record(subject=["wheels; books", "books ;"]).subjects == (Subject("wheels"), Subject("books"))


def test_languages_are_the_works_own() -> None:
    reading = oai_dc.read(
        raw("<dc:title>T</dc:title><dc:language>en_US</dc:language><dc:language>Elvish</dc:language>")
    )
    assert reading.record is not None
    assert reading.record.languages == ("eng",)
    assert [problem.field for problem in reading.problems] == ["languages"]


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"<rdf/>", "expected {http://www.openarchives.org/OAI/2.0/oai_dc/}dc"),
        (b"<dc/>", "neither title, creator nor identifier"),
        (b"<", "no well-formed XML"),
        (raw("").payload, "neither title, creator nor identifier"),
        (raw("<dc:title> </dc:title><title>no namespace</title>").payload, "neither title, creator nor identifier"),
    ],
)
def test_nothing_usable_gives_no_record_and_the_reason(payload: bytes, message: str) -> None:
    reading = oai_dc.read(RawRecord("s", "oai:x:1", "", "oai_dc", payload))
    assert reading.record is None
    assert message in reading.problems[-1].message


def test_a_provider_without_namespaces_is_understood() -> None:
    record = oai_dc.read(RawRecord("s", "oai:x:1", "", "oai_dc", b"<dc><title>T</title></dc>")).record
    assert record is not None
    assert record.title.value == "T"


@pytest.mark.parametrize("name", ["source", "rights", "identifier", "date", "creator", "subject", "description"])
@pytest.mark.parametrize("unit", ["a", "; vol ", "1-", "vol 1, no 1 (2012): ", "creativecommons.org/licenses/by-", " "])
def test_time_is_linear(name: str, unit: str) -> None:
    start = time.process_time()
    record(**{name: unit * (100_000 // len(unit))})
    assert time.process_time() - start < 0.5


_MUTATIONS = st.lists(
    st.tuples(st.integers(0, len(CASE.payload)), st.integers(0, 30), st.binary(max_size=5)), min_size=1, max_size=5
)


@given(_MUTATIONS)
def test_reading_never_raises(mutations: list[tuple[int, int, bytes]]) -> None:
    payload = CASE.payload
    for place, length, inserted in mutations:
        payload = payload[:place] + inserted + payload[place + length :]
    reading = oai_dc.read(RawRecord("s", "oai:x:1", "", "oai_dc", payload))
    assert reading.record is not None or reading.problems
