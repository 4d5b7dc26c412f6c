"""What operators, and jobs themselves, tell the queue: the jobs there are, run now, pause, resume."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from bookwheel.errors import UnknownNameError
from bookwheel.intervals import schedule_of
from bookwheel.web.jobs.models import Job


class Wanted(NamedTuple):
    """A job there is to be: `every` is a schedule as the settings write it; one that `waits` is not due at once."""

    name: str
    every: str
    waits: bool = False


def ask(name: str, now: datetime | None = None) -> None:
    """Have a job run as soon as a worker is free, also a paused one; while it runs, once more behind that run.

    Raises UnknownNameError.
    """
    _change(name, asked=now or timezone.now())


def pause(name: str) -> None:
    """A paused job does not run by itself; one that runs stops at its next step and can go on from there."""
    _change(name, paused=True, asked=None)


def resume(name: str) -> None:
    """What fell due in between is caught up by one run."""
    _change(name, paused=False)


@transaction.atomic
def settle(jobs: Iterable[Wanted], now: datetime) -> None:
    """Make the rows of these jobs and no others.

    A job whose schedule changed begins anew with it; one that is gone leaves, once nobody runs it.
    """
    wanted = {each.name: each for each in jobs}
    known = {job.name: job for job in Job.objects.select_for_update()}
    for name, (_, written, waits) in wanted.items():
        schedule = schedule_of(written)
        due = schedule.first(now + schedule.every if waits else now) if schedule else None
        if name not in known:
            Job.objects.get_or_create(name=name, defaults={"schedule": written, "due": due})
        elif known[name].schedule != written:
            Job.objects.filter(name=name).update(schedule=written, due=due)
    Job.objects.filter(holder="").exclude(name__in=wanted).delete()


def _change(name: str, **values: object) -> None:
    if not Job.objects.filter(name=name).update(**values):
        raise UnknownNameError("job", name, Job.objects.values_list("name", flat=True))
