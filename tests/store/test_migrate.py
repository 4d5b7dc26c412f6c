"""The migrations make the tables that the code describes, and the list of revisions is theirs."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bookwheel.store import Store, migrate
from bookwheel.store.database import connect, writing_engine
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
