"""A hundred planted papers and six reasons why a search does not show them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bookwheel.engines.memory import MemoryEngine
from bookwheel.jobs.why import why
from bookwheel.records.model import Container, Contributor, Identifier, PublicationDate, Record, Text
from bookwheel.records.raw import RawRecord, Reading, Rejected
from bookwheel.search.document import to_document
from bookwheel.search.query import Query
from bookwheel.search.url import from_url
from bookwheel.search.write import write
from bookwheel.store import Store
from bookwheel.store.model import Received

WANTED = "leukemia AND treatment AND NOT mice"
QUERY: Query = from_url(
    [("lookfor", WANTED), ("filter[]", 'language:"English"'), ("filter[]", 'publishDate:"[2010 TO 2020]"')]
)
CAUSES = ("found", "clause", "years", "filter", "unknown", "removed", "quarantined")


def cause_of(number: int) -> str:
    return CAUSES[number % len(CAUSES)]


def doi(number: int) -> str:
    return f"10.5555/planted.{number}"


def record(number: int) -> Record:
    """A paper that meets its fate: which clause it fails depends on its number too."""
    cause = cause_of(number)
    titles = ("Leukemia in men", "Treatment of men", "Leukemia and its treatment in mice")
    title = titles[number % 3] if cause == "clause" else "Leukemias and their treatments"
    return Record(
        id=f"planted-{number}",
        source="planted",
        source_identifier=f"oai:planted:{number}",
        datestamp="2026-01-01T00:00:00Z",
        format="Article",
        record_format="Article",
        title=Text(f"{title} {number}"),
        contributors=(Contributor("Reda, Gianluigi"),),
        container=Container(title="Journal"),
        published=PublicationDate("1999" if cause == "years" else "2012"),
        languages=("deu",) if cause == "filter" else ("eng",),
        identifiers=(Identifier("doi", doi(number)), Identifier("pmid", str(70_000_000 + number))),
    )


@pytest.fixture(scope="module")
def planted() -> Iterator[tuple[MemoryEngine, Store]]:
    engine = MemoryEngine()
    with Store.open("sqlite://") as store:
        store.migrate()
        run = store.start_run("planted", "import")
        with engine.update(1) as writer:
            for number in range(105):
                cause = cause_of(number)
                payload = f"<doi>{doi(number)}</doi>".encode()
                raw = RawRecord("planted", f"oai:planted:{number}", "2026", "oai_doaj", payload)
                if cause == "unknown":
                    continue
                if cause == "quarantined":
                    store.save_page(run, (), (Rejected("planted", raw.identifier, "the payload is no XML", payload),))
                    continue
                store.save_page(run, (Received(f"planted-{number}", raw, Reading(record(number))),))
                if cause == "removed":
                    gone = RawRecord("planted", raw.identifier, "2027", "oai_doaj", b"", deleted=True)
                    store.save_page(run, (Received(f"planted-{number}", gone, Reading(None)),))
                    continue
                indexed = datetime(2026, 1, 1, tzinfo=UTC)
                writer.add(to_document(record(number), institution="", collection="", indexed=indexed))
        yield engine, store


def test_a_hundred_planted_papers_are_explained(planted: tuple[MemoryEngine, Store]) -> None:
    engine, store = planted
    inquiry = why(engine, store, QUERY, "\n".join(doi(number) for number in range(105)))
    named = [verdict.cause for verdict in inquiry.verdicts]
    assert len(named) == 105
    assert sum(cause == cause_of(number) for number, cause in enumerate(named)) == 105
    assert (inquiry.found, inquiry.in_catalogue) == (15, 60)


def test_the_failing_clause_is_the_one_planted(planted: tuple[MemoryEngine, Store]) -> None:
    engine, store = planted
    clauses = {0: "treatment", 1: "leukemia", 2: "NOT mice"}
    numbers = [number for number in range(105) if cause_of(number) == "clause"]
    inquiry = why(engine, store, QUERY, "\n".join(doi(number) for number in numbers))
    for number, verdict in zip(numbers, inquiry.verdicts, strict=True):
        assert verdict.clause is not None
        assert write(verdict.clause) == clauses[number % 3]


def test_papers_are_found_by_pmid_title_and_id(planted: tuple[MemoryEngine, Store]) -> None:
    engine, store = planted
    papers = "70000000\nLeukemias and their treatments 7\nplanted-14\npmid:70000021"
    assert [verdict.record_id for verdict in why(engine, store, QUERY, papers).verdicts] == [
        "planted-0",
        "planted-7",
        "planted-14",
        "planted-21",
    ]


def test_details_say_when_and_why(planted: tuple[MemoryEngine, Store]) -> None:
    engine, store = planted
    removed, quarantined = why(engine, store, QUERY, f"{doi(5)}\n{doi(6)}").verdicts
    assert removed.detail[:3] == "202"
    assert quarantined.detail == "the payload is no XML"


def test_an_empty_list_is_no_inquiry(planted: tuple[MemoryEngine, Store]) -> None:
    inquiry = why(*planted, QUERY, "\n \n")
    assert (inquiry.verdicts, inquiry.found, inquiry.in_catalogue) == ((), 0, 0)
