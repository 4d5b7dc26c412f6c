"""The command itself: help, errors in one line, exit codes, Ctrl-C and closed pipes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Typed

from bookwheel.cli.main import COMMANDS, bookwheel
from bookwheel.library import Library


def _names() -> Iterator[str]:
    """Every command, those below another behind its name."""
    context = click.Context(bookwheel)
    for name in COMMANDS:
        command = bookwheel.get_command(context, name)
        below = command.list_commands(context) if isinstance(command, click.Group) else [""]
        yield from (f"{name} {each}".strip() for each in below)


@pytest.mark.parametrize("name", [*_names()])
def test_every_command_has_help_and_the_common_options(name: str, typed: Typed) -> None:
    outcome = typed(*name.split(), "--help")
    assert outcome.code == 0
    assert "--json" in outcome.out
    assert "--debug" in outcome.out
    assert name == "init" or "--catalogue DIR" in outcome.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "SEED"],
        ["index"],
        ["search", "x"],
        ["record", "x"],
        ["serve"],
        ["status"],
        ["check"],
        ["retry"],
        ["harvest", "doaj"],
        ["reconcile", "doaj"],
    ],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize("folder", ["", "missing"])
def test_a_folder_that_is_no_catalogue(arguments: list[str], folder: str, typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "file.xml").write_text("<x/>")
    arguments = [str(tmp_path / "file.xml") if part == "SEED" else part for part in arguments]
    outcome = typed(*arguments, "--catalogue", tmp_path / folder)
    assert outcome.code == 3
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith("bookwheel: ")
    assert "is no catalogue" in outcome.err
    assert "bookwheel init" in outcome.err


def test_the_catalogue_can_come_from_the_environment(
    typed: Typed, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOKWHEEL_CATALOGUE", str(empty))
    assert typed("status").code == 0


def test_the_current_folder_is_the_catalogue_otherwise(
    typed: Typed, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(empty)
    assert typed("status").code == 0


@pytest.mark.parametrize("arguments", [["serch"], ["search", "--sideways"], ["search", "x", "--limit", "none"]])
def test_a_command_line_nobody_understands(arguments: list[str], typed: Typed) -> None:
    outcome = typed(*arguments)
    assert outcome.code == 2
    assert "Usage: bookwheel" in outcome.err


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (OSError(28, "No space left on device", "records.sqlite3"), 1, "records.sqlite3: No space left on device"),
        (RuntimeError("two\nlines"), 1, "unexpected RuntimeError: two lines"),
    ],
    ids=["ctrl-c", "full disk", "a fault of ours"],
)
def test_whatever_happens_is_one_line(
    raised: BaseException, code: int, said: str, typed: Typed, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise raised

    monkeypatch.setattr(Library, "search", fail)
    outcome = typed("search", "x", "--catalogue", filled)
    assert outcome.code == code
    assert outcome.err.strip().count("\n") == 0
    assert said in outcome.err
    assert "Traceback" not in outcome.err


def test_debug_shows_the_trace(typed: Typed, tmp_path: Path) -> None:
    outcome = typed("status", "--debug", "--catalogue", tmp_path)
    assert outcome.code == 3
    assert "Traceback" in outcome.err


def test_a_reader_that_stops_reading_is_no_error(filled: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "bookwheel", "search", "--catalogue", str(filled)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(writing)
    assert done.returncode == 141
    assert done.stderr == b""
