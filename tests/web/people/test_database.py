"""Where people's things are kept, and what is said of an address that cannot be used."""

from pathlib import Path

import pytest

from bookwheel.errors import ConfigError
from bookwheel.web.people.database import database


def test_without_an_address_it_is_a_file_of_the_catalogue(tmp_path: Path) -> None:
    made = database("", tmp_path / "people.sqlite3")
    assert made["NAME"] == str(tmp_path / "people.sqlite3")
    assert "synchronous=FULL" in made["OPTIONS"]["init_command"]


def test_tools_that_only_look_make_no_file() -> None:
    assert database("", None)["NAME"] == ":memory:"


def test_postgresql_is_named_by_its_address() -> None:
    made = database("postgresql://ada:se%2Fcret@db.example:5433/people", Path("unused"))
    assert (made["ENGINE"], made["NAME"], made["USER"]) == ("django.db.backends.postgresql", "people", "ada")
    assert (made["PASSWORD"], made["HOST"], made["PORT"]) == ("se/cret", "db.example", "5433")


def test_a_socket_folder_is_a_host() -> None:
    assert database("postgresql:///people?host=/run/postgresql", None)["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    ("url", "said"), [("mysql://db/people", "'mysql' is not supported"), ("people", "is no address of a database")]
)
def test_another_database_is_refused(url: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        database(url, None)
