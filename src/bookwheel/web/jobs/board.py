"""The jobs as operators see them: state, last run, next run, progress, error."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from bookwheel.web.jobs.models import Job, Run, State


@dataclass(frozen=True, slots=True)
class LastRun:
    """The newest run of a job; an empty outcome: under way."""

    started: datetime
    ended: datetime | None
    outcome: str
    sentence: str
    error: str


@dataclass(frozen=True, slots=True)
class Row:
    """One job. Moments are UTC."""

    name: str
    state: State
    every: str
    next: datetime | None
    last: LastRun | None
    progress: str
    error: str
    attempts: int
    worker: str
    heartbeat: datetime | None

    @property
    def is_paused(self) -> bool:
        return self.state == "paused"

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should look: it fails, or its worker vanished."""
        return bool(self.error) or self.state == "interrupted"


def board(now: datetime) -> tuple[Row, ...]:
    """Every job, by name."""
    newest = Run.objects.filter(job=OuterRef("pk")).values("pk")[:1]
    found = {job: job.newest for job in Job.objects.annotate(newest=Subquery(newest))}
    runs = Run.objects.in_bulk([number for number in found.values() if number])
    return tuple(_row(job, runs.get(number), now) for job, number in found.items())


def row(name: str, now: datetime) -> Row | None:
    """One job; None for a name no job has."""
    job = Job.objects.filter(name=name).first()
    return _row(job, job.runs.first(), now) if job else None


def history(name: str, most: int = 50) -> tuple[LastRun, ...]:
    """The runs of a job, newest first."""
    return tuple(_run(each) for each in Run.objects.filter(job__name=name)[:most])


def _row(job: Job, newest: Run | None, now: datetime) -> Row:
    state = job.state(now)
    return Row(
        name=job.name,
        state=state,
        every=job.schedule,
        next=job.next_run,
        last=_run(newest) if newest else None,
        progress=job.progress if state in ("running", "interrupted") else "",
        error=job.last_error,
        attempts=job.attempts,
        worker=job.holder,
        heartbeat=job.heartbeat,
    )


def _run(run: Run) -> LastRun:
    return LastRun(run.started, run.ended, run.outcome, run.sentence, run.error)
