"""`bookwheel check`."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import SEED, Typed

from bookwheel.library import Library
from bookwheel.records.raw import Problem


def test_a_sound_catalogue(typed: Typed, filled: Path) -> None:
    outcome = typed("check", "--catalogue", filled)
    assert (outcome.code, outcome.out) == (0, "All is well.\n")


def test_a_warning_leaves_the_exit_code_alone(typed: Typed, empty: Path) -> None:
    typed("import", SEED, "--no-index", "--catalogue", empty)
    outcome = typed("check", "--json", "--catalogue", empty)
    assert outcome.code == 0
    assert [problem["severity"] for problem in json.loads(outcome.out)] == ["warning"]


def test_an_error_does_not(typed: Typed, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Library, "check", lambda self: (Problem("index", "is torn", "error"),))
    outcome = typed("check", "--catalogue", filled)
    assert (outcome.code, outcome.out) == (8, "error: index: is torn\n")


def test_a_store_that_is_no_database(typed: Typed, catalogue: Path) -> None:
    (catalogue / "records.sqlite3").write_bytes(b"not a database, but long enough to look like one" * 50)
    outcome = typed("check", "--catalogue", catalogue)
    assert outcome.code == 6
    assert outcome.err.strip().count("\n") == 0
