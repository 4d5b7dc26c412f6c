"""The doctor: compares what the store holds with what the index answers, and asks each for damage."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from bookwheel.records.raw import Problem
from bookwheel.search.engine import Engine
from bookwheel.store import Store

SAMPLE = 1_000
"""Newest records looked up one by one in the index."""

DISK_HEADROOM = 2
"""Free space wanted, as a multiple of the index: a rebuild stands beside the live one, and merges need room."""


def check(store: Store, engine: Engine, folder: Path) -> tuple[Problem, ...]:
    """What is wrong with the catalogue, worst first; empty when all is well."""
    found = [*store.check(), *engine.check(), *_counts(store, engine), *_sample(store, engine), *_disk(folder)]
    return tuple(sorted(found, key=lambda problem: ("error", "warning", "note").index(problem.severity)))


def _counts(store: Store, engine: Engine) -> Iterator[Problem]:
    latest, reached = store.latest_change(), engine.watermark()
    live, found = store.live_count(), engine.count()
    if reached < latest:
        yield Problem("index", f"lacks {latest - reached} changes of the store: run 'bookwheel index'")
    elif reached > latest:
        yield Problem("index", "is ahead of the store, which was restored: run 'bookwheel index --rebuild'", "error")
    elif live != found:
        message = f"answers {found} records, the store holds {live}: run 'bookwheel index --rebuild'"
        yield Problem("index", message, "error")


def _sample(store: Store, engine: Engine) -> Iterator[Problem]:
    latest = store.changes(max(0, min(store.latest_change(), engine.watermark()) - SAMPLE), SAMPLE)
    indexed = [stored for stored in latest if stored.change <= engine.watermark()]
    present = engine.get(stored.id for stored in indexed)
    for stored in indexed:
        if stored.deleted == (stored.id in present) and (stored.deleted or stored.record):
            state = "is deleted but still found" if stored.deleted else "is stored but not found"
            yield Problem("index", f"{stored.id} {state}: run 'bookwheel index --rebuild'", "error")


def _disk(folder: Path) -> Iterator[Problem]:
    size = sum(file.stat().st_size for file in (folder / "index").rglob("*") if file.is_file())
    free = shutil.disk_usage(folder).free
    if free < DISK_HEADROOM * size:
        needed = DISK_HEADROOM * size // 1_000_000
        yield Problem("disk", f"{free // 1_000_000} MB are free, a rebuild of the index may need {needed}")
