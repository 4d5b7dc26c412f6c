"""What people write is kept on PostgreSQL as on SQLite: the suites of their rooms pass, and pages are served."""

import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import create_engine, text
from tests.postgresql import Cluster
from tests.serving import plain_environment, served, started_together

pytestmark = pytest.mark.postgresql

ROOMS = (
    "people",
    "account",
    "works",
    "tags",
    "comments",
    "lists",
    "searches",
    "alerts",
    "jobs",
    "ops",
    "feeds",
    "safety",
)
"""Folders of tests/web whose tests keep something in the people's database; the others only read the catalogue."""

HERE = Path(__file__).resolve().parent


def test_every_folder_of_page_tests_is_about_people_or_not() -> None:
    of_the_catalogue = {"api", "catalog", "export", "machines", "oai", "search", "sru"}
    folders = {path.parent.name for path in (HERE / "web").glob("*/test_*.py")}
    assert folders <= of_the_catalogue | set(ROOMS), "a room of page tests that PostgreSQL has not been decided for"


def test_the_rooms_of_people_pass_on_postgresql(postgresql: Cluster) -> None:
    rooms = [path for room in ROOMS if list((path := HERE / "web" / room).glob("test_*.py"))]
    if not rooms:
        pytest.skip("no room has tests")
    suite = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, rooms)],
        cwd=HERE.parent,
        env=plain_environment() | {"BOOKWHEEL_PEOPLE_URL": postgresql.new("rooms")},
        capture_output=True,
        text=True,
    )
    assert suite.returncode == 0, f"{suite.stdout[-6000:]}\n{suite.stderr[-2000:]}"


def test_a_catalogue_is_served_with_its_people_on_postgresql(postgresql: Cluster, tmp_path: Path) -> None:
    url = postgresql.new("served")
    folder = _catalogue(tmp_path, url)
    with served(folder, plain_environment()) as address, urlopen(f"{address}/Search/History", timeout=30) as answer:
        assert answer.status == 200
    assert _migrations(url) > 0
    assert not (folder / "people.sqlite3").exists()


def test_processes_that_start_together_make_the_tables_once(postgresql: Cluster, tmp_path: Path) -> None:
    """Two of `bookwheel serve`, or serve and a worker: whoever comes second waits for the first."""
    url = postgresql.new("together")
    assert started_together(_catalogue(tmp_path, url)) == ["", "", "", ""]
    assert _migrations(url) > 0


def _catalogue(folder: Path, url: str) -> Path:
    (folder / "bookwheel.toml").write_text(f'people_url = "{url}"\nengine = "tantivy"\n')
    return folder


def _migrations(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        names = connection.execute(text("SELECT app || '.' || name FROM django_migrations")).scalars().all()
    engine.dispose()
    assert len(names) == len(set(names)), "a migration was applied twice"
    return len(names)
