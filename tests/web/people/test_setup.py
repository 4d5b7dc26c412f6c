"""The people's tables are made when a catalogue is served, and its folder is asked for first."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.serving import plain_environment

from bookwheel.errors import CatalogueError
from bookwheel.web.people.setup import set_up

ASK = """
import sys
from pathlib import Path
from bookwheel.web.people.setup import set_up
set_up(Path(sys.argv[1]))
from bookwheel.web.people.models import Person
Person.objects.create_user("ada@example.org")
from django.db import connection
with connection.cursor() as cursor:
    print(cursor.execute("PRAGMA journal_mode").fetchone()[0], cursor.execute("PRAGMA synchronous").fetchone()[0])
"""


def test_a_folder_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="is no catalogue"):
        set_up(tmp_path)


def test_tables_are_made_in_the_catalogue_and_writes_reach_the_disk(tmp_path: Path) -> None:
    (tmp_path / "bookwheel.toml").write_text("", encoding="utf-8")
    command = [sys.executable, "-c", ASK, str(tmp_path)]
    asked = subprocess.run(command, env=plain_environment(), check=True, capture_output=True, text=True, timeout=240)
    # 2 is SQLite's number for FULL.
    assert asked.stdout.split() == ["wal", "2"]
    assert (tmp_path / "people.sqlite3").is_file()
