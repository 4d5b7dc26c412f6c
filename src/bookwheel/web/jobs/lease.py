"""The lease on a job: at any moment one worker at most runs it, and one that lost it can write nothing more.

A claim is one UPDATE that names the fencing number it read: of several workers that try, the database lets one succeed,
on SQLite and PostgreSQL alike. Every later write names the number the claim gave. A worker that is killed holds the
lease until it expires; the clocks of several machines must agree to within a minute.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from bookwheel.intervals import schedule_of
from bookwheel.web.jobs.models import LONGEST_ERROR, LONGEST_SENTENCE, Job, Run

LEASE = timedelta(seconds=90)
"""So long after its last sign of life a worker is taken for dead."""

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
"""After a failure; doubled with each one in a row, up to the longest."""

DEADLY = 3
"""Workers in a row that may die of a job before it has to wait as a failing one does."""


class LeaseLost(BaseException):
    """Another worker has the job now: nothing more may be done. No Exception, so that no job goes on regardless."""


class Stopping(LeaseLost):
    """The worker ends, or an operator paused the job; the next run goes on from the checkpoint."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Leave to run a job: `checkpoint` is where it goes on. `despite_pause`: somebody asked for a paused job."""

    job: int
    name: str
    holder: str
    fence: int
    run: int
    checkpoint: Mapping[str, Any]
    attempt: int
    despite_pause: bool


def claim(holder: str, now: datetime, wanted: Callable[[str], bool] = lambda name: True) -> Lease | None:
    """Leave to run the most urgent job that is due, among those `wanted` by name; None when there is none."""
    for job in sorted(Job.objects.filter(_ripe(now)), key=_urgency):
        if not wanted(job.name):
            continue
        if job.holder and job.attempts >= DEADLY:
            _set_aside(job, now)
        elif lease := _take(job, holder, now):
            return lease
    return None


def hold(lease: Lease, now: datetime) -> None:
    """A sign of life. Raises LeaseLost, and Stopping for a job that was paused meanwhile."""
    _write(lease, now, {})


def save(lease: Lease, now: datetime, checkpoint: Mapping[str, Any], progress: str) -> None:
    """Keep how far the job came, with a sign of life. Raises as `hold` does; the checkpoint of a paused job is kept."""
    values: dict[str, Any] = {"checkpoint": dict(checkpoint)}
    if progress:
        values["progress"] = progress[:LONGEST_SENTENCE]
    _write(lease, now, values)


def done(lease: Lease, now: datetime, sentence: str) -> None:
    """The job came to its end."""
    _end(lease, now, "done", sentence, attempts=0, retry=None, checkpoint={}, last_error="")


def failed(lease: Lease, now: datetime, error: str) -> None:
    """It failed; tried again from its checkpoint after a while that grows with each failure in a row."""
    error = error[:LONGEST_ERROR]
    _end(lease, now, "failed", "", error=error, retry=now + wait_after(lease.attempt), last_error=error)


def put_off(lease: Lease, now: datetime, sentence: str, wait: timedelta) -> None:
    """It cannot run just now, and nothing is wrong; tried again later."""
    _end(lease, now, "put off", sentence, attempts=lease.attempt - 1, retry=now + wait)


def stopped(lease: Lease, now: datetime) -> None:
    """It goes on from its checkpoint with the next worker."""
    when: dict[str, Any] = {"asked": now} if lease.despite_pause else {"retry": now}
    _end(lease, now, "stopped", "", attempts=lease.attempt - 1, **when)


def wait_after(failures: int) -> timedelta:
    """How long a job waits after so many failures in a row.

    >>> [str(wait_after(failures)) for failures in (1, 2, 3, 40)]
    ['0:01:00', '0:02:00', '0:04:00', '6:00:00']
    """
    doublings = min(max(failures, 1) - 1, 20)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << doublings))


def _free(now: datetime) -> Q:
    return Q(holder="") | Q(expires__lte=now)


def _ripe(now: datetime) -> Q:
    """Jobs to be run now: asked for; else, unless paused, interrupted, to be tried again, or due."""
    by_itself = ~Q(holder="") | Q(retry__lte=now) | Q(retry=None, due__lte=now)
    return _free(now) & (Q(asked__isnull=False) | (Q(paused=False) & by_itself))


def _urgency(job: Job) -> tuple[bool, bool, str, str]:
    """What was asked for comes first, then what was interrupted, then what has waited longest."""
    since = job.asked or job.retry or job.due or job.expires
    return not job.asked, not job.holder, since.isoformat() if since else "", job.name


@transaction.atomic
def _take(job: Job, holder: str, now: datetime) -> Lease | None:
    schedule = schedule_of(job.schedule)
    # What was missed is caught up by this one run.
    due = schedule.following(job.due, now) if schedule and job.due and job.due <= now else job.due
    taken = Job.objects.filter(_ripe(now), pk=job.pk, fence=job.fence).update(
        holder=holder,
        expires=now + LEASE,
        heartbeat=now,
        fence=job.fence + 1,
        attempts=F("attempts") + 1,
        asked=None,
        retry=None,
        due=due,
        progress="",
    )
    if not taken:
        return None
    _close_runs(job, now)
    run = Run.objects.create(job=job, started=now, worker=holder)
    job.refresh_from_db()
    return Lease(job.pk, job.name, holder, job.fence, run.pk, job.checkpoint, job.attempts, job.paused)


def _close_runs(job: Job, now: datetime) -> None:
    """A run still open belongs to a worker that ended without a word."""
    Run.objects.filter(job=job, outcome="").update(outcome="killed", ended=now)


@transaction.atomic
def _set_aside(job: Job, now: datetime) -> None:
    """Workers die of this job: it waits, so that they can do other work."""
    error = f"{job.attempts} workers in a row ended without a word while they ran this job."
    freed = Job.objects.filter(_ripe(now), pk=job.pk, fence=job.fence).update(
        holder="", expires=None, fence=job.fence + 1, retry=now + wait_after(job.attempts), last_error=error
    )
    if freed:
        _close_runs(job, now)


def _mine(lease: Lease) -> Any:
    return Job.objects.filter(pk=lease.job, holder=lease.holder, fence=lease.fence)


def _write(lease: Lease, now: datetime, values: Mapping[str, Any]) -> None:
    if not _mine(lease).update(expires=now + LEASE, heartbeat=now, **values):
        raise LeaseLost(f"{lease.name}: another worker has taken this job over")
    if not lease.despite_pause and _mine(lease).filter(paused=True).exists():
        raise Stopping(f"{lease.name}: paused by an operator")


@transaction.atomic
def _end(lease: Lease, now: datetime, outcome: str, sentence: str, *, error: str = "", **values: Any) -> None:
    if not _mine(lease).update(holder="", expires=None, **values):
        raise LeaseLost(f"{lease.name}: another worker has taken this job over")
    Run.objects.filter(pk=lease.run).update(
        outcome=outcome, ended=now, sentence=sentence[:LONGEST_SENTENCE], error=error
    )
