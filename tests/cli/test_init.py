"""`bookwheel init`."""

import json
from pathlib import Path

from tests.cli.conftest import Typed

from bookwheel.config import Config, read_config


def test_a_new_catalogue_has_the_defaults(typed: Typed, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "down"
    assert typed("init", folder).code == 0
    assert read_config(folder, {}) == Config(folder=folder)


def test_json_names_the_files(typed: Typed, tmp_path: Path) -> None:
    outcome = typed("init", tmp_path, "--json")
    assert json.loads(outcome.out) == {"catalogue": str(tmp_path), "settings": str(tmp_path / "bookwheel.toml")}


def test_a_catalogue_is_never_overwritten(typed: Typed, empty: Path) -> None:
    (empty / "bookwheel.toml").write_text('title = "Mine"')
    outcome = typed("init", empty)
    assert outcome.code == 3
    assert "is a catalogue already" in outcome.err
    assert (empty / "bookwheel.toml").read_text() == 'title = "Mine"'


def test_a_place_that_cannot_be_written(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    outcome = typed("init", tmp_path / "file" / "catalogue")
    assert outcome.code == 3
    assert "cannot be made a catalogue" in outcome.err
