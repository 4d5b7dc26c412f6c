"""Why a record is missing: each way it can go wrong has its answer."""

from collections.abc import Callable

import pytest
from tests.fakes.feed import article

from bookwheel.jobs.progress import SILENT
from bookwheel.jobs.taking import Taking
from bookwheel.library import Library
from bookwheel.records.raw import Page, RawRecord
from bookwheel.web.ops.missing import steps


@pytest.fixture
def told(kept: Library) -> Callable[[str], dict[str, str]]:
    """The answers by their questions."""
    return lambda text: {step.question: f"{step.sign}: {step.answer}" for step in steps(kept, text)}


Told = Callable[[str], dict[str, str]]


def test_a_record_that_is_not_missing(told: Told) -> None:
    for text in ("doaj-art-0", "oai:x:0", "Title 0", "  doaj-art-0 "):
        answers = told(text)
        assert answers["Is it known?"].startswith("good: Yes: doaj-art-0, which the source x calls oai:x:0")
        assert answers["Do readers find it?"] == "good: Yes."
        assert answers["Was its source read to the end?"].startswith("good: Yes, on ")


def test_a_deleted_record_tells_when_and_by_which_run(told: Told) -> None:
    for text in ("oai:x:4", "Title 4"):
        answers = told(text)
        assert answers["Was it deleted?"].startswith("bad: Yes, on ")
        assert "by run 2 (harvest)" in answers["Was it deleted?"]
        assert answers["Do readers find it?"] == "note: No, since it is deleted."


def test_a_record_in_quarantine(told: Told) -> None:
    answers = told("oai:x:bytes")
    assert answers["Is it known?"] == "bad: It came from x, but became no record."
    assert answers["Could it be read?"] == "bad: No: it lies in quarantine. bytes: cannot be read"


def test_a_record_that_waits_for_the_index(kept: Library, told: Told) -> None:
    raw = RawRecord("x", "oai:x:9", "2025-01-02T00:00:00Z", "oai_doaj", article("A late title"))
    taking = Taking(kept.store, kept.store.start_run("x", "harvest"))
    taking.take(Page((raw,)))
    taking.finish("complete")
    for text in ("oai:x:9", "A late title"):
        assert told(text)["Do readers find it?"].startswith("bad: Not yet: it waits for the index.")
    kept.index(progress=SILENT)
    assert told("A late title")["Do readers find it?"] == "good: Yes."


def test_a_harvest_that_did_not_reach_its_end(kept: Library, told: Told) -> None:
    kept.store.finish_run(kept.store.start_run("x", "harvest"), "incomplete")
    assert told("oai:x:1")["Was its source read to the end?"].startswith("bad: Not by its last run")


def test_a_record_nobody_has_heard_of(told: Told) -> None:
    for text in ("10.9999/nowhere", "oai:elsewhere:1", "No such title anywhere", "\x00", "a" * 1_000):
        answers = told(text)
        assert answers["Is it known?"].startswith("bad: No source has sent it so far")
