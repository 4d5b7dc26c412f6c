"""Brings a database's tables to the form this version needs; a newer form is refused untouched."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bookwheel.errors import StoreError

REVISIONS = ("0001", "0002")
"""Every revision in `migrations/versions`, oldest first. Here so that a start need not read the scripts."""


def revision(connection: Connection) -> str:
    """The database's revision; empty when it holds no tables of ours. Raises StoreError for one we do not
    know.
    """
    if not inspect(connection).has_table("alembic_version"):
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
    if found and found not in REVISIONS:
        raise StoreError(
            f"{connection.engine.url.render_as_string()}: made by a newer version (tables "
            f"{found}, known up to {REVISIONS[-1]}). Nothing was changed: install that version again, or restore "
            "a backup."
        )
    return str(found)


def is_current(connection: Connection) -> bool:
    return revision(connection) == REVISIONS[-1]


def migrate(connection: Connection) -> None:
    """Apply what is missing, within the connection's transaction: all of it or nothing."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
