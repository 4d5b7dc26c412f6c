"""`bookwheel import`."""

import json
from pathlib import Path

from tests.cli.conftest import SEED, SEED_ID, Typed


def test_an_import_is_found_at_once(typed: Typed, empty: Path) -> None:
    outcome = typed("import", SEED, "--catalogue", empty)
    assert outcome.code == 0
    assert "1 record fetched: 1 stored, 0 unchanged, 0 deleted, 0 rejected." in outcome.out
    assert SEED_ID in typed("search", "lenalidomide", "--catalogue", empty).out


def test_again_changes_nothing(typed: Typed, catalogue: Path) -> None:
    outcome = typed("import", SEED, "--catalogue", catalogue, "--json")
    assert json.loads(outcome.out)["run"]["counts"] == {
        "fetched": 1,
        "stored": 0,
        "unchanged": 1,
        "deleted": 0,
        "rejected": 0,
    }


def test_without_the_index(typed: Typed, empty: Path) -> None:
    outcome = typed("import", SEED, "--catalogue", empty, "--no-index")
    assert "'bookwheel index'" in outcome.out
    assert typed("search", "lenalidomide", "--catalogue", empty).out.startswith("0 records")


def test_a_file_nobody_can_read_names_itself(typed: Typed, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "strange.bin").write_bytes(b"\x00\x01 no records")
    outcome = typed("import", tmp_path / "strange.bin", "--catalogue", empty)
    assert outcome.code == 5
    assert "strange.bin" in outcome.err
    assert outcome.err.strip().count("\n") == 0


def test_an_unknown_format_is_answered_with_the_known_ones(typed: Typed, empty: Path) -> None:
    outcome = typed("import", SEED, "--format", "oai_doja", "--catalogue", empty)
    assert outcome.code == 4
    assert "oai_doaj" in outcome.err


def test_a_missing_file_is_a_wrong_command_line(typed: Typed, empty: Path) -> None:
    outcome = typed("import", empty / "none.xml", "--catalogue", empty)
    assert outcome.code == 2
    assert "none.xml" in outcome.err
