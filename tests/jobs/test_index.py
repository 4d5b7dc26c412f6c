"""Indexing: the index ends equal to the store, whatever was killed, lost or changed meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.contracts.store import Clock, received

from bookwheel.engines.memory import MemoryEngine
from bookwheel.errors import EngineError
from bookwheel.jobs import index as job
from bookwheel.jobs.index import IndexReport, Placement, index
from bookwheel.jobs.progress import Silent
from bookwheel.search.engine import Writer
from bookwheel.store import Store

PLACE = Placement("University Library", "Journals")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'records.sqlite3'}", now=Clock().now) as store:
        store.migrate()
        yield store


def save(store: Store, *names: str, title: str = "Title", deleted: bool = False) -> None:
    run = store.start_run("x", "harvest")
    store.save_page(run, [received(name, title, deleted=deleted) for name in names])
    store.finish_run(run, "complete")


def run(store: Store, engine: MemoryEngine, *, rebuild: bool = False) -> IndexReport:
    return index(store, engine, lambda source: PLACE, rebuild=rebuild, progress=Silent())


def found(store: Store, engine: MemoryEngine) -> set[str]:
    return set(engine.get(stored.id for stored in store.changes(0, 1000)))


def live(store: Store) -> set[str]:
    return {stored.id for stored in store.changes(0, 1000) if not stored.deleted}


def test_what_changed_is_indexed_once(store: Store) -> None:
    engine = MemoryEngine()
    save(store, "1", "2", "3")
    assert run(store, engine).added == 3
    assert run(store, engine).added == 0
    save(store, "2", title="Another")
    report = run(store, engine)
    assert (report.added, report.deleted) == (1, 0)
    assert report.watermark == store.latest_change() == engine.watermark()
    assert found(store, engine) == live(store)


def test_a_deleted_record_leaves_the_index(store: Store) -> None:
    engine = MemoryEngine()
    save(store, "1", "2")
    run(store, engine)
    save(store, "1", deleted=True)
    assert run(store, engine).deleted == 1
    assert found(store, engine) == live(store) != set()


def test_documents_stand_where_their_source_does(store: Store) -> None:
    engine = MemoryEngine()
    save(store, "1")
    run(store, engine)
    (document,) = engine.get(live(store)).values()
    assert (document["institution"], document["collection"]) == (("University Library",), ("Journals",))


def test_a_lost_index_is_filled_again(store: Store) -> None:
    save(store, "1", "2")
    run(store, MemoryEngine())
    fresh = MemoryEngine()
    assert run(store, fresh).added == 2
    assert found(store, fresh) == live(store)


def test_a_rebuild_takes_in_what_changes_while_it_runs(store: Store) -> None:
    class Slow(MemoryEngine):
        """An engine during whose rebuild the store changes."""

        @contextmanager
        def rebuild(self, watermark: int) -> Iterator[Writer]:
            with super().rebuild(watermark) as writer:
                yield writer
                save(store, "2", deleted=True)
                save(store, "3", "4")

    engine = Slow()
    save(store, "1", "2")
    report = run(store, engine, rebuild=True)
    assert report.rebuilt
    assert found(store, engine) == live(store)
    assert engine.watermark() == store.latest_change()


def test_an_update_that_fails_is_repeated_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches committed before the failure stay; the next run goes on behind them."""

    class Failing(MemoryEngine):
        updates = 0

        @contextmanager
        def update(self, watermark: int) -> Iterator[Writer]:
            with super().update(watermark) as writer:
                yield writer
                self.updates += 1
                if self.updates == 2:
                    raise EngineError("the disk is full")

    monkeypatch.setattr(job, "COMMIT_EVERY", 2)
    engine = Failing()
    save(store, *map(str, range(7)))
    with pytest.raises(EngineError):
        run(store, engine)
    assert len(found(store, engine)) == 2
    assert run(store, engine).added == 5
    assert found(store, engine) == live(store)


def test_progress_is_told_how_much_there_is(store: Store) -> None:
    class Told(Silent):
        expected: int | None = None
        done = 0

        def total(self, count: int | None) -> None:
            self.expected = count

        def advance(self, count: int) -> None:
            self.done += count

    save(store, "1", "2", "3")
    told = Told()
    index(store, MemoryEngine(), lambda source: PLACE, progress=told)
    assert told.expected == told.done == 3
