"""What a running job is given: the catalogue, the time, a place to remember how far it came, and a sign of life."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from bookwheel.library import Library


class Context(Protocol):
    """A job may be killed at any moment: it does its work in steps that can be done again, and saves its place."""

    @property
    def library(self) -> Library: ...

    def now(self) -> datetime:
        """The time, in UTC; tests let years pass in a moment."""
        ...

    @property
    def checkpoint(self) -> Mapping[str, Any]:
        """What `save` was given last, also by a run that was killed; empty at the start of a run."""
        ...

    def save(self, checkpoint: Mapping[str, Any], progress: str = "") -> None:
        """Remember how far the job came (JSON), say it to operators, and hold the lease for longer.

        Raises `jobs.lease.LeaseLost` when another worker has taken the job over: then nothing more may be done.
        """
        ...
