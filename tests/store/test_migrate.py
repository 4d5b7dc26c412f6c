"""The migrations make the tables that the code describes, and the list of revisions is theirs."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from tests.contracts.store import received

from bookwheel.store import Store, migrate
from bookwheel.store.database import connect, writing_engine
from bookwheel.store.provision import Place, Span
from bookwheel.store.tables import metadata


def test_migrations_make_the_tables() -> None:
    engine = connect("sqlite://")
    with writing_engine(engine).begin() as connection:
        migrate.migrate(connection)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert migrate.is_current(connection)
    engine.dispose()


def test_revisions_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == migrate.REVISIONS


def test_migration_cut_short_leaves_nothing(tmp_path: Path) -> None:
    """All of a migration is one transaction: what ends it before its end leaves a database without tables."""
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    engine = connect(url)
    with writing_engine(engine).connect() as connection, connection.begin() as transaction:
        migrate.migrate(connection)
        transaction.rollback()
    with engine.connect() as connection:
        assert migrate.revision(connection) == ""
    engine.dispose()
    with Store.open(url) as store:
        store.migrate()
        assert store.live_count() == 0


def test_an_older_store_gets_its_journals_and_formats(tmp_path: Path) -> None:
    """Records stored before others could harvest them by journal and format can be so afterwards."""
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    with Store.open(url) as store:
        store.migrate()
        run = store.start_run("x", "harvest")
        store.save_page(run, [received("a", journal="2376-7618"), received("b")])
        before = store.headers(Span(), Place(), 10)
    with closing(sqlite3.connect(tmp_path / "a.sqlite3")) as older, older:
        for name in ("time", "source", "journal", "format"):
            older.execute(f"DROP INDEX record{'' if name == 'time' else f'_of_{name}'}_by_time")
        older.execute("DROP INDEX record_by_number")
        older.execute("ALTER TABLE record DROP COLUMN journal")
        older.execute("ALTER TABLE record DROP COLUMN format")
        older.execute("UPDATE alembic_version SET version_num = '0001'")
    with Store.open(url) as store:
        store.migrate()
        assert store.headers(Span(), Place(), 10) == before
        assert [header.journal for header in before] == ["2376-7618", ""]
