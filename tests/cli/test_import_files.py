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


RIS = "TY  - JOUR\nTI  - The daisy question\nAU  - Halm, Anna\nPY  - 2021\nXX  - unknown\nER  -\nTY  - JOUR\nER  -\n"


def test_a_dry_run_shows_field_by_field_and_keeps_nothing(typed: Typed, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RIS)
    outcome = typed("import", tmp_path / "a.txt", "--dry-run", "--catalogue", empty)
    lines = [line.split("  ")[0] for line in outcome.out.splitlines()]
    assert outcome.out.startswith("1. ris → import-")
    assert {"FIELD", "title", "contributors", "published"} <= set(lines)
    assert "Not used: XX" in outcome.out
    assert "2. ris: would be rejected" in outcome.out
    assert outcome.out.endswith("2 records looked at, 1 of them would be rejected. Nothing was kept.\n")
    assert json.loads(typed("status", "--catalogue", empty, "--json").out)["status"]["stored"] == 0


def test_a_dry_run_as_json_holds_records_and_provenance(typed: Typed, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RIS)
    first, second = json.loads(typed("import", tmp_path / "a.txt", "--dry-run", "--json", "--catalogue", empty).out)
    assert first["record"]["title"]["value"] == "The daisy question"
    assert {"field": "published", "element": "PY"}.items() <= next(
        rule for rule in first["provenance"] if rule["field"] == "published"
    ).items()
    assert (second["record"], first["unused"]) == (None, ["XX"])


def test_a_mapping_is_kept_for_the_source_unless_it_is_a_dry_run(typed: Typed, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Titel,Title,Year\nWiese,Meadow,2012\n")
    (tmp_path / "m.toml").write_text('title = "Titel"\nyear = "Year"\n')
    words = ("import", tmp_path / "a.csv", "--source", "lab", "--mapping", tmp_path / "m.toml", "--catalogue", empty)
    assert "Wiese" in typed(*words, "--dry-run").out
    assert not (empty / "mappings").exists()
    typed(*words)
    assert (empty / "mappings" / "lab.toml").read_text() == (tmp_path / "m.toml").read_text()
    assert "Wiese" in typed("search", "wiese", "--catalogue", empty).out


def test_a_mistake_in_a_mapping_is_told(typed: Typed, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Titel,Title\nWiese,Meadow\n")
    (tmp_path / "m.toml").write_text('titel = "Titel"\n')
    outcome = typed("import", tmp_path / "a.csv", "--mapping", tmp_path / "m.toml", "--catalogue", empty)
    assert outcome.code == 3
    assert "Did you mean 'title'?" in outcome.err


def test_references_without_identifiers_leave_quarantine_once_they_can_be_read(
    typed: Typed, empty: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("Titel,Title,Year\nWiese,,2012\n")
    typed("import", tmp_path / "a.csv", "--source", "lab", "--catalogue", empty)
    assert json.loads(typed("status", "--catalogue", empty, "--json").out)["status"]["sources"][0]["quarantined"] == 1
    (empty / "mappings").mkdir()
    (empty / "mappings" / "lab.toml").write_text('title = "Titel"\n')
    assert "1 stored" in typed("retry", "--catalogue", empty).out
    status = json.loads(typed("status", "--catalogue", empty, "--json").out)["status"]
    assert (status["stored"], status["sources"][0]["quarantined"]) == (1, 0)
