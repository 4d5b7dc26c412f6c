"""A clock that stands still until it is told, and jobs to be run by it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bookwheel.web.jobs.asking import Wanted, settle
from bookwheel.web.jobs.models import Job


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 28, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def pass_(self, **time: int) -> datetime:
        self.moment += timedelta(**time)
        return self.moment


def jobs(clock: Clock, **schedules: str) -> None:
    settle((Wanted(name, every) for name, every in schedules.items()), clock())


def job(name: str) -> Job:
    return Job.objects.get(name=name)


class Given:
    """A Context without a worker; what was saved is kept."""

    def __init__(self, library: Any, clock: Clock, checkpoint: Mapping[str, Any] | None = None) -> None:
        self.library = library
        self.now = clock
        self.checkpoint: Mapping[str, Any] = checkpoint or {}
        self.progress: list[str] = []

    def save(self, checkpoint: Mapping[str, Any], progress: str = "") -> None:
        self.checkpoint = dict(checkpoint)
        self.progress.append(progress)
