"""What operators ask of the store: runs of a source, the run behind a record, problems by kind."""

from collections.abc import Iterator

import pytest

from bookwheel.records.model import Record, Text
from bookwheel.records.raw import Problem, RawRecord, Reading
from bookwheel.store import Store
from bookwheel.store.model import ProblemKind, Received


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open("sqlite://") as store:
        store.migrate()
        yield store


def harvested(store: Store, source: str, *problems: tuple[Problem, ...]) -> int:
    """A run of a source with a record for each tuple of problems."""
    run = store.start_run(source, "harvest")
    received = [
        Received(
            f"{source}-{number}",
            RawRecord(source, f"{source}:{number}", "2025", "oai_dc", b"<x/>"),
            Reading(Record(f"{source}-{number}", source, f"{source}:{number}", "", "", "", title=Text("T")), found),
        )
        for number, found in enumerate(problems)
    ]
    store.save_page(run, received)
    store.finish_run(run, "complete")
    return run


def test_runs_of_one_source(store: Store) -> None:
    first, other, last = harvested(store, "a"), harvested(store, "b"), harvested(store, "a")
    assert [run.id for run in store.runs(5, "a")] == [last, first]
    assert [run.id for run in store.runs(1)] == [last]
    assert [run.id for run in store.runs(5, "b")] == [other]


def test_the_run_behind_a_record(store: Store) -> None:
    run = harvested(store, "a", ())
    found = store.last_run("a-0")
    assert found is not None
    assert (found.id, found.kind) == (run, "harvest")
    assert store.last_run("nobody") is None


def test_problems_by_kind_count_records_once(store: Store) -> None:
    issn, other = Problem("issn", "1 is wrong", "warning"), Problem("issn", "2 is wrong", "warning")
    date = Problem("date", "no date", "note")
    harvested(store, "a", (issn, other), (issn, date), ())
    harvested(store, "b", (date,))
    assert store.problem_kinds("a") == [
        ProblemKind("issn", "warning", 2, "1 is wrong"),
        ProblemKind("date", "note", 1, "no date"),
    ]
