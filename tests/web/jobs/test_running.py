"""Running one job: whatever its end, it is kept, and the next run knows what to do."""

from collections.abc import Callable
from threading import Event
from typing import Any, cast

import pytest
from tests.web.jobs.clock import Clock, job, jobs

from bookwheel.errors import StoreError
from bookwheel.library import Library
from bookwheel.web.jobs.asking import pause
from bookwheel.web.jobs.context import Context
from bookwheel.web.jobs.lease import LEASE, claim
from bookwheel.web.jobs.models import Run
from bookwheel.web.jobs.running import Ended, Later, run


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    jobs(clock, harvest="1 hour")
    return clock


def ran(work: Callable[[Context], str], clock: Clock, stop: Event | None = None) -> Ended:
    lease = claim("one", clock())
    assert lease is not None
    return run(lease, work, cast(Library, None), stop or Event(), clock)


def test_a_job_tells_in_a_sentence_how_it_went(clock: Clock) -> None:
    assert ran(lambda context: "12 records.", clock).outcome == "done"
    (kept,) = Run.objects.all()
    assert (kept.outcome, kept.sentence, kept.ended) == ("done", "12 records.", clock())


def fails(error: BaseException) -> Callable[[Context], str]:
    def work(context: Context) -> str:
        context.save({"page": 2}, "page 2")
        raise error

    return work


def test_an_error_of_ours_is_kept_as_it_is_told(clock: Clock) -> None:
    assert ran(fails(StoreError("the disk is full")), clock).outcome == "failed"
    assert job("harvest").last_error == "the disk is full"
    assert job("harvest").checkpoint == {"page": 2}


def test_an_unforeseen_error_is_kept_with_its_place(clock: Clock) -> None:
    ran(fails(ZeroDivisionError("nothing to divide by")), clock)
    assert job("harvest").last_error.startswith("unexpected ZeroDivisionError at test_running.py line")


def test_a_job_that_cannot_run_just_now_is_tried_later(clock: Clock) -> None:
    assert ran(fails(Later("Somebody harvests by hand.")), clock) == Ended(
        "harvest", "put off", "Somebody harvests by hand."
    )
    assert job("harvest").last_error == ""


def steps(count: int, seen: list[Any]) -> Callable[[Context], str]:
    def work(context: Context) -> str:
        for step in range(context.checkpoint.get("step", 0), count):
            seen.append(step)
            context.save({"step": step + 1}, f"{step + 1} of {count}")
        return "All steps."

    return work


def test_a_worker_that_ends_leaves_the_job_to_the_next(clock: Clock) -> None:
    stop, seen = Event(), list[Any]()
    stop.set()
    assert ran(steps(3, seen), clock, stop).outcome == "stopped"
    assert ran(steps(3, seen), clock).outcome == "done"
    assert seen == [0, 1, 2]


def test_a_job_that_is_paused_stops_at_its_next_step(clock: Clock) -> None:
    def work(context: Context) -> str:
        pause("harvest")
        context.save({}, "")
        return "never"

    assert ran(work, clock).outcome == "stopped"


def test_a_job_that_was_taken_over_ends_without_a_trace(clock: Clock) -> None:
    def work(context: Context) -> str:
        clock.pass_(seconds=LEASE.seconds)
        assert claim("two", clock()) is not None
        try:
            context.save({"step": 9}, "")
        except Exception:  # A job that catches everything must not go on either.
            return "went on"
        return "never"

    assert ran(work, clock).outcome == "lost"
    assert (job("harvest").holder, job("harvest").checkpoint) == ("two", {})
