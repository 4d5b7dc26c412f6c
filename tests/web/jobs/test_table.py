"""Which jobs a catalogue has, and what becomes of their rows when the settings change."""

import pytest
from tests.web.jobs.clock import Clock, job, jobs

from bookwheel.config import Config, SourceConfig
from bookwheel.errors import UnknownNameError
from bookwheel.web.jobs.asking import ask, pause, resume, settle
from bookwheel.web.jobs.lease import claim, done
from bookwheel.web.jobs.models import Job
from bookwheel.web.jobs.table import planned

SOURCES = {
    "doaj": SourceConfig(url="https://doaj.org/oai.article", every="1 day at 02:15"),
    "files": SourceConfig(type="folder", path="in", every="1 hour"),
    "hand": SourceConfig(url="https://example.org/oai"),
}


def test_every_source_has_its_jobs() -> None:
    found = {name: each.every for name, each in planned(Config(sources=SOURCES)).items()}
    assert found["harvest:doaj"] == "1 day at 02:15"
    assert found["harvest:files"] == "1 hour"
    assert found["harvest:hand"] == found["reconcile:hand"] == ""
    assert "reconcile:files" not in found
    assert found["reconcile:doaj"] == "32 days"


def test_without_accounts_sources_are_harvested_and_nobody_is_written_to() -> None:
    found = planned(Config(sources=SOURCES, accounts=False))
    assert "harvest:doaj" in found
    assert not [name for name in found if "alert" in name]


def test_an_hours_long_job_is_told_from_a_quick_one() -> None:
    found = planned(Config(sources=SOURCES))
    assert found["harvest:doaj"].is_long
    assert not found["expiry"].is_long


def test_a_changed_schedule_begins_anew_and_an_unchanged_one_stays() -> None:
    clock = Clock()
    jobs(clock, a="1 hour", b="1 hour")
    clock.pass_(minutes=30)
    jobs(clock, a="1 day at 18:00", b="1 hour")
    assert job("a").due == clock().replace(hour=18, minute=0)
    assert job("b").due == Clock()()
    jobs(clock, a="", b="1 hour")
    assert job("a").due is None


def test_a_job_that_is_gone_leaves_once_nobody_runs_it() -> None:
    clock = Clock()
    jobs(clock, gone="1 hour", stays="1 hour")
    lease = claim("one", clock(), lambda name: name == "gone")
    assert lease is not None
    jobs(clock, stays="1 hour")
    assert Job.objects.filter(name="gone").exists()
    done(lease, clock(), "")
    jobs(clock, stays="1 hour")
    assert not Job.objects.filter(name="gone").exists()


@pytest.mark.parametrize("change", [ask, pause, resume])
def test_an_unknown_job_is_answered_with_the_known_ones(change: object) -> None:
    jobs(Clock(), index="")
    assert callable(change)
    with pytest.raises(UnknownNameError, match="known: index"):
        change("indx")


def test_a_source_is_harvested_at_once_and_its_list_compared_a_month_later() -> None:
    clock = Clock()
    settle((each.wanted for each in planned(Config(sources=SOURCES)).values()), clock())
    assert job("harvest:files").due == clock()
    assert job("reconcile:doaj").due == clock.pass_(days=32)
