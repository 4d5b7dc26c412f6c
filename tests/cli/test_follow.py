"""Indexing beside something else: what comes is found, by one process at a time."""

import json
from pathlib import Path
from threading import Event

import pytest
from tests.cli.conftest import SEED, Typed

from bookwheel.cli import follow as module
from bookwheel.cli.follow import NOTHING, Follower, follow
from bookwheel.library import Library


def ended() -> Event:
    event = Event()
    event.set()
    return event


def test_what_waits_is_indexed_once(typed: Typed, empty: Path) -> None:
    typed("import", SEED, "--no-index", "--catalogue", empty)
    assert follow(empty, ended()).added == 1
    assert follow(empty, ended()) == NOTHING


def test_what_another_process_indexes_is_left_to_it(typed: Typed, empty: Path) -> None:
    typed("import", SEED, "--no-index", "--catalogue", empty)
    with Library.open(empty) as other, other.engine.update(0):
        assert follow(empty, ended()) == NOTHING
        outcome = typed("index", "--catalogue", empty)
    assert outcome.code == 0
    assert "another process is indexing, and takes in what came" in outcome.err
    assert follow(empty, ended()).added == 1


def test_a_rebuild_does_not_give_way(typed: Typed, empty: Path) -> None:
    with Library.open(empty) as other, other.engine.update(0):
        outcome = typed("index", "--rebuild", "--catalogue", empty)
    assert outcome.code == 7
    assert "another process is indexing" in outcome.err


def test_a_long_import_is_indexed_while_it_runs(
    typed: Typed, catalogue: Path, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WORTH_A_PROCESS", 1)
    page = next(catalogue.glob("page.xml"))
    outcome = typed("import", page, "--source", "samples", "--json", "--catalogue", empty)
    told = json.loads(outcome.out)
    with Library.open(empty) as library:
        assert library.count() == library.store.live_count() == told["index"]["added"]
        assert library.check() == ()


def test_a_follower_that_fails_leaves_the_work_to_the_next_run(tmp_path: Path) -> None:
    follower = Follower(tmp_path / "nowhere")
    follower.start()
    assert follower.end() == NOTHING
    assert follower.end() == NOTHING
