"""What SQLite refuses is one clear line, and nothing is lost."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, text
from tests.contracts.store import Clock, received

from bookwheel.errors import StoreError
from bookwheel.store import Store
from bookwheel.store.database import connect
from bookwheel.store.model import Counts


def address(path: Path) -> str:
    return f"sqlite:///{path}"


def test_settings_of_a_file(tmp_path: Path) -> None:
    engine = connect(address(tmp_path / "a.sqlite3"))
    with engine.connect() as connection:
        told = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_full_disk_loses_nothing_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """A cap on the file's pages makes SQLite answer as a full disk does."""
    clock = Clock()
    engine = connect(address(tmp_path / "a.sqlite3"))
    pages = [1_000_000]
    event.listen(engine, "checkout", lambda raw, *_: raw.execute(f"PRAGMA max_page_count={pages[0]}").fetchall())
    with Store(engine, clock.now) as store:
        store.migrate()
        run = store.start_run("x", "harvest")
        store.save_page(run, [received("1")])
        pages[0] = 1
        wide = [received(str(number), "word " * 20 + str(number)) for number in range(2, 2000)]
        with pytest.raises(StoreError, match=r"a\.sqlite3: the disk is full\. Nothing is lost: free space") as told:
            store.save_page(run, wide)
        assert "\n" not in str(told.value)
        assert store.live_count() == 1
        assert store.latest_change() == 1
        assert store.runs()[0].counts == Counts(1, 1)
        pages[0] = 1_000_000
        assert store.save_page(run, wide).stored == len(wide)
        assert store.check() == ()


def test_writer_of_another_process_is_waited_for_and_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.sqlite3"
    with Store.open(address(path)) as store:
        store.migrate()
    engine = connect(address(path))
    event.listen(engine, "checkout", lambda raw, *_: raw.execute("PRAGMA busy_timeout=1").fetchall())
    other = sqlite3.connect(path, isolation_level=None)
    with Store(engine, Clock().now) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program held it"):
            store.start_run("x", "harvest")
        assert store.live_count() == 0, "readers do not wait for a writer"
        other.execute("ROLLBACK")
        store.start_run("x", "harvest")
    other.close()


def no_database(path: Path) -> None:
    path.write_bytes(b"Dear diary, today I was no database. " * 100)


def newer(path: Path) -> None:
    with Store.open(address(path)) as store:
        store.migrate()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def damaged(path: Path) -> None:
    with Store.open(address(path)) as store:
        store.migrate()
    content = bytearray(path.read_bytes())
    content[100:4096] = bytes(3996)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (no_database, "the file is no SQLite database"),
        (newer, "made by a newer version .tables 9999"),
        (damaged, "the file is damaged"),
    ],
)
def test_file_that_cannot_be_opened(tmp_path: Path, prepare: Callable[[Path], None], message: str) -> None:
    path = tmp_path / "a.sqlite3"
    prepare(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=message) as told:
        Store.open(address(path))
    assert "\n" not in str(told.value)
    assert str(path) in str(told.value)
    assert path.read_bytes() == before


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the file cannot be opened"):
        Store.open(address(tmp_path / "nowhere" / "a.sqlite3"))


def test_missing_tables(tmp_path: Path) -> None:
    with (
        Store.open(address(tmp_path / "a.sqlite3")) as store,
        pytest.raises(StoreError, match="bookwheel status"),
    ):
        store.live_count()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("records.sqlite3", "is no address of a database"),
        ("nosuchsql://x/y", "is no address of a database"),
        ("oracle+oracledb://x/y", "needs the package 'oracledb'"),
    ],
)
def test_address_nobody_serves(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        Store.open(url)


def test_damage_within_is_found_by_check(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    with Store.open(address(path)) as store:
        store.migrate()
        run = store.start_run("x", "harvest")
        store.save_page(run, [received(str(number), "word " * 200) for number in range(200)])
    content = bytearray(path.read_bytes())
    content[-8192:] = b"\xff" * 8192
    path.write_bytes(content)
    with Store.open(address(path)) as store:
        assert store.check()
