"""How much time the answer to one request may take, for everything that works on it.

A search is many small pieces of work: a page of hits, facets, counts of clauses, other spellings. Each of them looks
how much time is left before it begins, and is left out, with a note, where it would come too late. Nothing is stopped
halfway, so each piece must be short or know beforehand how long it takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from time import monotonic

from bookwheel.search.notes import remark

now = monotonic
"""The clock, in seconds; tests put another in its place."""

LATE_FACETS = remark(
    "late-facets",
    "There was no time left to count facets. A narrower search shows them.",
)
"""The note of a result whose facets, or some of them, were left out."""

_end: ContextVar[float] = ContextVar("deadline", default=inf)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Inside the block the time of this thread's work ends so many seconds from now, or when it did outside."""
    token = _end.set(min(_end.get(), now() + seconds))
    try:
        yield
    finally:
        _end.reset(token)


def left() -> float:
    """Seconds until the deadline; infinite where there is none, below zero when it has passed."""
    end = _end.get()
    return end - now() if end != inf else inf


def passed() -> bool:
    """Whether the deadline has passed."""
    return left() <= 0
