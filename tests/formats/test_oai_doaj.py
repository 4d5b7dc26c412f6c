import gzip
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.formats.cases import INDEXED, case
from tests.realdata import collection

from bookwheel.formats import oai_doaj
from bookwheel.records.model import Contributor, PublicationDate, Record, Subject
from bookwheel.records.raw import RawRecord, Reading
from bookwheel.search.document import to_document

SEED = case("doaj-art-a34e60229e934aac998908d0fd28b026").raw
HOSTILE = case("doaj-art-hostile").raw


def raw(body: str = "", sets: tuple[str, ...] = (), identifier: str = "oai:doaj.org/article:a1") -> RawRecord:
    namespace = "http://doaj.org/features/oai_doaj/1.0/"
    payload = f'<d:doajArticle xmlns:d="{namespace}" xmlns="{namespace}">{body}</d:doajArticle>'
    return RawRecord("doaj", identifier, "2025-01-01T00:00:00Z", "oai_doaj", payload.encode(), sets=sets)


def record(body: str, sets: tuple[str, ...] = ()) -> Record:
    found = oai_doaj.read(raw("<title>T</title>" + body, sets)).record
    assert found is not None
    return found


def fields(reading: Reading) -> list[str]:
    return [problem.field for problem in reading.problems]


@pytest.mark.parametrize(
    ("body", "value"),
    [("2012-01-01", "2012"), ("2012-03-01", "2012-03"), ("2012-03-15", "2012-03-15"), ("2012", "2012")],
)
def test_date_has_the_precision_doaj_knows(body: str, value: str) -> None:
    assert record(f"<publicationDate>{body}</publicationDate>").published == PublicationDate(value, body)


@pytest.mark.parametrize(
    ("body", "article_number"),
    [
        ("<doi>10.1155/2012/393864</doi><publisherRecordId>393864</publisherRecordId>", "393864"),
        ("<publisherRecordId>e0123456</publisherRecordId>", "e0123456"),
        ("<doi>10.1/AbC.7</doi><publisherRecordId>AbC.7</publisherRecordId>", ""),
        ("<doi>10.1234/AbC.7</doi><publisherRecordId>AbC.7</publisherRecordId>", "AbC.7"),
        ("<publisherRecordId>oai:ojs.example.org:article/7</publisherRecordId>", ""),
        ("<publisherRecordId>393864</publisherRecordId><startPage>1</startPage>", ""),
        ("<publisherRecordId>393864</publisherRecordId><endPage>9</endPage>", ""),
    ],
)
def test_article_number(body: str, article_number: str) -> None:
    found = record(body)
    assert found.container.article_number == article_number
    assert found.identifier("publisher") != ""


def test_namesakes_keep_their_own_affiliations() -> None:
    found = record(
        "<authors><author><name>Li Wei</name><affiliationId>1</affiliationId></author>"
        "<author><name>No One</name></author>"
        "<author><name>Li Wei</name><affiliationId>0</affiliationId><affiliationId>1</affiliationId></author></authors>"
        '<affiliationsList><affiliationName affiliationId="0">Here</affiliationName>'
        '<affiliationName affiliationId="1">There</affiliationName></affiliationsList>'
    )
    assert found.contributors == (
        Contributor("Li Wei", affiliations=("There",)),
        Contributor("No One"),
        Contributor("Li Wei", affiliations=("Here", "There")),
    )


def test_affiliations_without_ids_belong_to_nobody() -> None:
    found = record(
        "<authors><author><name>A</name></author><author><name>B</name><affiliationId/></author></authors>"
        "<affiliationsList><affiliationName>Here</affiliationName></affiliationsList>"
    )
    assert [contributor.affiliations for contributor in found.contributors] == [(), ()]


@pytest.mark.parametrize(
    ("spec", "subject"),
    [
        (SEED.sets[0], Subject("Diseases of the blood and blood-forming organs", "LCC")),
        ("TENDOkludGVybmFsIG1lZGljaW5l", Subject("Internal medicine", "LCC")),
    ],
)
def test_sets_are_subject_headings(spec: str, subject: Subject) -> None:
    assert record("", (spec, spec)).subjects == (subject,)


@pytest.mark.parametrize("spec", ["plain", "com_123_456", "TENDOg~~", "\u00e9", "////"])
def test_other_sets_are_told(spec: str) -> None:
    reading = oai_doaj.read(raw("<title>T</title>", (spec,)))
    assert fields(reading) == ["subjects"]


def test_several_languages_are_the_journals() -> None:
    found = record("<language>fre</language><language>en</language><language>eng</language>")
    assert (found.languages, found.container.languages) == ((), ("fra", "eng"))


def test_email_is_nowhere() -> None:
    reading = oai_doaj.read(HOSTILE)
    assert reading.record is not None
    assert "example.org" not in reading.record.all_text.replace("www.example.org", "")
    assert "authors/author/email" in reading.unused


def test_metadata_around_is_looked_through() -> None:
    wrapped = b"<metadata>" + SEED.payload + b"</metadata>"
    plain = oai_doaj.read(SEED).record
    assert plain is not None
    assert (
        oai_doaj.read(RawRecord("doaj", SEED.identifier, SEED.datestamp, "oai_doaj", wrapped, sets=SEED.sets)).record
        == plain
    )


def test_an_identifier_makes_the_id() -> None:
    reading = oai_doaj.read(raw("<title>T</title>"), id_prefix="mine-")
    assert reading.record is not None
    assert reading.record.id == "mine-a1"


@pytest.mark.parametrize(
    ("unreadable", "message"),
    [
        (RawRecord("s", "oai:x:1", "", "oai_doaj", b""), "no well-formed XML"),
        (RawRecord("s", "oai:x:1", "", "oai_doaj", b"<html/>"), "found 'html'"),
        (RawRecord("s", "oai:x:1", "", "oai_doaj", b"<doajArticle xmlns='urn:new'/>"), "found '{urn:new}doajArticle'"),
        (RawRecord("s", "oai:x:1", "", "oai_doaj", b"<metadata/>"), "found 'metadata'"),
        (raw(), "nothing to show"),
        (raw("<title/><authors><author><name> </name></author></authors>"), "nothing to show"),
        (raw("<title>T</title>", identifier=""), "no address"),
    ],
)
def test_nothing_usable_gives_no_record_and_the_reason(unreadable: RawRecord, message: str) -> None:
    reading = oai_doaj.read(unreadable)
    assert reading.record is None
    assert message in reading.problems[-1].message
    assert reading.problems[-1].severity == "error"


def test_a_missing_title_is_an_error_but_the_rest_is_kept() -> None:
    reading = oai_doaj.read(raw("<doi>10.1234/x</doi>"))
    assert reading.record is not None
    assert reading.record.doi == "10.1234/x"
    assert [(problem.field, problem.severity) for problem in reading.problems] == [("title", "error")]


def test_provenance_names_made_fields_and_unused_the_rest() -> None:
    reading = oai_doaj.read(
        raw("<title>T</title><doi>none</doi><issue/><shelf>7</shelf><authors><author><hat>x</hat></author></authors>")
    )
    assert [(rule.field, rule.element) for rule in reading.provenance] == [
        ("id", "header/identifier"),
        ("title", "title"),
    ]
    assert reading.unused == ("shelf", "authors/author/hat", "doi")


@pytest.mark.parametrize(
    ("body", "field", "seconds"),
    [
        (
            "<authors>" + "<author><name>A B</name><affiliationId>0</affiliationId></author>" * 20_000 + "</authors>",
            "contributors",
            2,
        ),
        ("<abstract>" + "word " * 1_000_000 + "</abstract>", "abstract", 2),
        ("<issn>1687-9104</issn>" * 1_000, "container.issn", 1),
        ("<title/>", None, 1),
        ("<publicationDate>20255-01-01</publicationDate>", "published", 1),
        ("<keywords>" + "<keyword>k</keyword>" * 50_000 + "</keywords>", None, 2),
        ("<doi>10.1234/" + "x" * 100_000 + "</doi>", "identifiers.doi", 1),
        ("<title>\u202eevil\u202c\u2067</title>", None, 1),
    ],
    ids=[
        "20,000 authors",
        "5 MB abstract",
        "1,000 ISSNs",
        "empty title",
        "year 20255",
        "50,000 keywords",
        "long DOI",
        "bidi",
    ],
)
def test_monsters_are_read_in_time_and_cut(body: str, field: str | None, seconds: float) -> None:
    monster = raw("<title>T</title>" + body)
    start = time.process_time()
    reading = oai_doaj.read(monster)
    assert reading.record is not None
    document = to_document(reading.record, institution="I", collection="C", indexed=INDEXED)
    assert time.process_time() - start < seconds
    assert field is None or field in fields(reading)
    assert len(document.get("author", ())) <= 5_000
    assert len("".join(document.get("description", ())).encode()) <= 50_000
    assert sum(len(value) for values in document.values() for value in values) < 1_000_000


def test_a_nul_is_no_xml_but_does_no_harm() -> None:
    assert oai_doaj.read(raw("<title>T\0</title>")).record is None


_PLACES = st.integers(0, len(HOSTILE.payload))
_MUTATIONS = st.lists(
    st.tuples(
        _PLACES,
        st.integers(0, 30),
        st.binary(max_size=6) | st.sampled_from([b"<author>", b"</author>", b"<", b"&#x202e;", b"name", b"]]>"]),
    ),
    min_size=1,
    max_size=5,
)


@given(_MUTATIONS, st.lists(st.text(max_size=20), max_size=2), st.text(max_size=10))
def test_reading_never_raises(mutations: list[tuple[int, int, bytes]], sets: list[str], identifier: str) -> None:
    payload = HOSTILE.payload
    for place, length, inserted in mutations:
        payload = payload[:place] + inserted + payload[place + length :]
    reading = oai_doaj.read(RawRecord("s", identifier, "", "oai_doaj", payload, sets=tuple(sets)))
    assert reading.record is not None or reading.problems


_NAMES = st.sampled_from(sorted(set(re.findall(r"<(\w+)", HOSTILE.payload.decode()))))
_TREES = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=15).map(
        lambda text: text.translate({60: None, 38: None, 62: None, 0xFFFE: None, 0xFFFF: None})
    ),
    lambda inner: st.lists(st.tuples(_NAMES, inner), max_size=4).map(
        lambda parts: "".join(f"<{name}>{body}</{name}>" for name, body in parts)
    ),
    max_leaves=20,
)


@given(_TREES)
def test_any_arrangement_of_elements_is_read(body: str) -> None:
    reading = oai_doaj.read(raw(body))
    if reading.record is not None:
        document = to_document(reading.record, institution="", collection="", indexed=INDEXED)
        assert all(value for values in document.values() for value in values)


@pytest.mark.realdata
def test_the_real_collection_is_read_without_loss() -> None:
    oai = "{http://www.openarchives.org/OAI/2.0/}"
    count = 0
    for page in sorted(collection("doaj-like").glob("ListRecords-*.xml.gz")):
        for element in etree.fromstring(gzip.decompress(page.read_bytes())).iter(f"{oai}record"):
            content = element.find(f"{oai}metadata")
            if content is None:
                continue
            sets = tuple(spec.text or "" for spec in element.iter(f"{oai}setSpec"))
            identifier = element.findtext(f"{oai}header/{oai}identifier") or ""
            reading = oai_doaj.read(
                RawRecord("doaj", identifier, "", "oai_doaj", etree.tostring(content[0]), sets=sets)
            )
            assert reading.record is not None
            assert (reading.problems, reading.unused) == ((), ())
            assert reading.record.title.value
            count += 1
    assert count == 1_190
