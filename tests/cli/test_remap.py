"""`bookwheel remap`."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Typed


@pytest.fixture
def lab(typed: Typed, empty: Path, tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text("Key,Title,Titel,Nr\n1,Meadow,Wiese,1\n")
    (tmp_path / "m.toml").write_text('id = "Nr"\ntitle = "Titel"\n')
    typed("import", tmp_path / "a.csv", "--source", "lab", "--catalogue", empty)
    return tmp_path / "m.toml"


def test_a_dry_run_shows_before_and_after(typed: Typed, empty: Path, lab: Path) -> None:
    outcome = typed("remap", "lab", "--mapping", lab, "--dry-run", "--catalogue", empty)
    row = next(line for line in outcome.out.splitlines() if line.startswith("title"))
    assert row.split() == ["title", "Meadow", "Wiese"]
    assert outcome.out.endswith("1 of 1 records looked at would change. Nothing was changed.\n")
    (found,) = json.loads(typed("remap", "lab", "--mapping", lab, "--dry-run", "--json", "--catalogue", empty).out)
    assert found["readable"] is True
    assert "Meadow" in typed("search", "meadow", "--catalogue", empty).out


def test_the_new_mapping_is_found_at_once_and_kept(typed: Typed, empty: Path, lab: Path) -> None:
    assert "1 stored" in typed("remap", "lab", "--mapping", lab, "--catalogue", empty).out
    assert "Wiese" in typed("search", "wiese", "--catalogue", empty).out
    assert "1 unchanged" in typed("remap", "lab", "--catalogue", empty).out


def test_an_unknown_source_is_answered_with_the_known_ones(typed: Typed, empty: Path, lab: Path) -> None:
    outcome = typed("remap", "lib", "--catalogue", empty)
    assert outcome.code == 4
    assert "lab" in outcome.err
