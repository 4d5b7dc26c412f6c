"""Forgetting: each room in its turn, whatever happens to the others."""

from typing import Any

import pytest
from tests.web.jobs.clock import Clock, Given, job, jobs

from bookwheel.errors import StoreError
from bookwheel.web.jobs import expiring, expiry
from bookwheel.web.jobs.context import Context
from bookwheel.web.jobs.models import Run


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Three rooms, none of which does anything yet."""
    found: dict[str, Any] = {name: lambda context: "" for name in ("one", "two", "three")}
    monkeypatch.setattr(expiring, "ROOMS", found)
    return found


def _fail(context: Context) -> str:
    raise StoreError("no room")


def test_a_room_that_fails_keeps_no_other_from_forgetting(rooms: dict[str, Any]) -> None:
    rooms["one"] = _fail
    context = Given(None, Clock())
    with pytest.raises(StoreError, match="no room"):
        expiring.run(context)
    assert context.checkpoint == {"finished": ["two", "three"]}


def test_a_run_that_was_cut_goes_on_with_the_next_room(rooms: dict[str, Any]) -> None:
    rooms["one"] = _fail
    rooms["three"] = lambda context: "3 things forgotten."
    assert expiring.run(Given(None, Clock(), {"finished": ["one"]})) == "3 things forgotten."


def test_old_runs_go_and_the_newest_of_each_job_stay() -> None:
    clock = Clock()
    jobs(clock, daily="1 day")
    for _ in range(15):
        Run.objects.create(job=job("daily"), started=clock(), ended=clock(), outcome="done")
        clock.pass_(days=1)
    clock.pass_(days=365)
    assert expiry.run(Given(None, clock)) == "5 old runs of jobs forgotten."
    assert Run.objects.count() == 10
