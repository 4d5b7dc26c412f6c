"""Sets Django up for a catalogue outside its server, as commands and the worker need it, and makes its tables."""

import os
from pathlib import Path
from time import sleep

import django
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from bookwheel.config import read_config
from bookwheel.errors import CatalogueError


def set_up(folder: Path) -> None:
    """After this, models and settings are those of the catalogue in `folder`, its tables up to date.

    Raises CatalogueError for a folder that is none, ConfigError, and CatalogueError when the database refuses.
    """
    read_config(folder)
    os.environ["BOOKWHEEL_CATALOGUE"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.web.settings")
    django.setup()
    migrate()


def migrate() -> None:
    """Bring the people's tables up to date; quick when they are. Raises CatalogueError when the database refuses."""
    for attempt in range(_ATTEMPTS):
        try:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", interactive=False, verbosity=0)
        except DatabaseError as error:
            if attempt + 1 < _ATTEMPTS:
                # Another process may have begun to make the same tables a moment ago.
                sleep(1)
                continue
            where = connection.settings_dict["NAME"]
            raise CatalogueError(
                f"{where}: the people's database refuses: {error}. Restore a backup, or mend it."
            ) from error
        return


_ATTEMPTS = 3
