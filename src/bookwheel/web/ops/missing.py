"""Why is record X missing? The record's way from its source to the readers, step by step, each with its answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from django.utils.translation import gettext

from bookwheel.jobs.whereabouts import Whereabouts, whereabouts
from bookwheel.search.deadline import deadline
from bookwheel.web.catalog.addresses import record_address
from bookwheel.web.catalog.labels import moment
from bookwheel.web.library import Catalogue

SECONDS = 30.0
"""What looking a title up may take: an operator is more patient than a reader."""

Sign: TypeAlias = Literal["good", "bad", "note"]


@dataclass(frozen=True, slots=True)
class Step:
    """A question, its answer, and where to go on from there; an empty address: nowhere."""

    sign: Sign
    question: str
    answer: str
    address: str = ""
    label: str = ""


def steps(catalogue: Catalogue, text: str) -> tuple[Step, ...]:
    """The steps for what an operator pasted: an id, an identifier of the source, a DOI, or a whole title."""
    with deadline(SECONDS):
        return tuple(_steps(whereabouts(catalogue.engine, catalogue.store, text)))


def _steps(found: Whereabouts) -> Iterator[Step]:
    yield _known(found)
    for piece in found.pieces:
        yield Step(
            "bad",
            gettext("Could it be read?"),
            gettext("No: it lies in quarantine. %(reason)s") % {"reason": piece.reason},
            f"/Admin/Quarantine/{piece.id}",
            gettext("Show the piece"),
        )
    if found.stored:
        yield _deleted(found)
    if found.record_id:
        yield _indexed(found)
    yield _harvested(found)


def _known(found: Whereabouts) -> Step:
    question = gettext("Is it known?")
    if found.stored:
        told = {"id": found.record_id, "source": found.stored.source, "identifier": found.stored.identifier}
        answer = gettext("Yes: %(id)s, which the source %(source)s calls %(identifier)s.") % told
        return Step("good", question, answer, f"/Admin/Sources/{found.stored.source}", found.stored.source)
    if found.record_id:
        return Step(
            "note",
            question,
            gettext("Only in the index, which another system filled: %(id)s.") % {"id": found.record_id},
        )
    if found.pieces:
        return Step(
            "bad",
            question,
            gettext("It came from %(source)s, but became no record.") % {"source": found.pieces[0].source},
        )
    return Step(
        "bad", question, gettext("No source has sent it so far, or it bears another identifier or title there.")
    )


def _deleted(found: Whereabouts) -> Step:
    question = gettext("Was it deleted?")
    stored, run = found.stored, found.run
    assert stored is not None
    by = (
        gettext("run %(number)s (%(kind)s)") % {"number": run.id, "kind": run.kind}
        if run
        else gettext("a run nobody knows")
    )
    told = {"when": moment(stored.last_indexed), "run": by}
    if stored.deleted:
        answer = gettext("Yes, on %(when)s, by %(run)s: its source said so, or no longer lists it.") % told
        return Step("bad", question, answer)
    return Step("good", question, gettext("No. It last changed on %(when)s, by %(run)s.") % told)


def _indexed(found: Whereabouts) -> Step:
    question = gettext("Do readers find it?")
    if found.is_found and not (found.stored and found.stored.deleted):
        answer = gettext("Yes.")
        if found.is_waiting:
            answer = gettext("Yes, as it was before its last change, which waits for the index.")
        return Step("good", question, answer, record_address(found.record_id), gettext("Show the record"))
    if found.is_waiting:
        answer = gettext("Not yet: it waits for the index. The job “index” takes it in.")
        return Step("bad", question, answer, "/Admin/Jobs/index", gettext("Show the job"))
    if found.stored and found.stored.deleted:
        return Step("note", question, gettext("No, since it is deleted."))
    answer = gettext("No, although the index should have it: run “bookwheel check”, and rebuild the index.")
    return Step("bad", question, answer)


def _harvested(found: Whereabouts) -> Step:
    question = gettext("Was its source read to the end?")
    if found.harvest is None:
        return Step(
            "note",
            question,
            gettext("Its source is not known. These are the sources."),
            "/Admin/Sources",
            gettext("Show the sources"),
        )
    run = found.harvest
    told = {"when": moment(run.ended or run.started), "state": gettext(run.state)}
    address, label = f"/Admin/Sources/{run.source}", run.source
    if run.state == "complete":
        return Step("good", question, gettext("Yes, on %(when)s.") % told, address, label)
    answer = gettext("Not by its last run, of %(when)s, which is %(state)s.") % told
    return Step("bad", question, answer, address, label)
