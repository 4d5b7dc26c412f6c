"""The doctor names what is wrong, and is content with what is not."""

from collections.abc import Iterator
from pathlib import Path
from shutil import disk_usage

import pytest
from tests.contracts.store import Clock, received

from bookwheel.engines.memory import MemoryEngine
from bookwheel.jobs.check import check
from bookwheel.jobs.index import Placement, index
from bookwheel.jobs.progress import Silent
from bookwheel.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'records.sqlite3'}", now=Clock().now) as store:
        store.migrate()
        run = store.start_run("x", "harvest")
        store.save_page(run, [received("1"), received("2"), received("3")])
        store.finish_run(run, "complete")
        yield store


@pytest.fixture
def engine(store: Store) -> MemoryEngine:
    engine = MemoryEngine()
    index(store, engine, lambda source: Placement("I", "C"), progress=Silent())
    return engine


def test_a_sound_catalogue_has_no_problems(store: Store, engine: MemoryEngine, tmp_path: Path) -> None:
    assert check(store, engine, tmp_path) == ()


def test_an_index_behind_the_store_is_told(store: Store, tmp_path: Path) -> None:
    (problem,) = check(store, MemoryEngine(), tmp_path)
    assert problem.message == "lacks 3 changes of the store: run 'bookwheel index'"


def test_an_index_ahead_of_a_restored_store_is_told(store: Store, engine: MemoryEngine, tmp_path: Path) -> None:
    with engine.update(99):
        pass
    assert "is ahead of the store" in check(store, engine, tmp_path)[0].message


def test_a_record_the_index_lost_is_named(store: Store, engine: MemoryEngine, tmp_path: Path) -> None:
    lost = store.changes(0, 1)[0]
    with engine.update(engine.watermark()) as writer:
        writer.delete(lost.id)
    messages = [problem.message for problem in check(store, engine, tmp_path)]
    assert "answers 2 records, the store holds 3: run 'bookwheel index --rebuild'" in messages
    assert f"{lost.id} is stored but not found: run 'bookwheel index --rebuild'" in messages


def test_a_disk_too_small_for_a_rebuild_is_told(
    store: Store, engine: MemoryEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "segment").write_bytes(bytes(3_000_000))
    usage = disk_usage(tmp_path)._replace(free=5_000_000)
    monkeypatch.setattr("bookwheel.jobs.check.shutil.disk_usage", lambda folder: usage)
    (problem,) = check(store, engine, tmp_path)
    assert problem.message == "5 MB are free, a rebuild of the index may need 6"
