"""`bookwheel status`."""

import json
from pathlib import Path

from tests.cli.conftest import SEED, Typed


def test_sources_runs_and_counts(typed: Typed, filled: Path) -> None:
    status = json.loads(typed("status", "--json", "--catalogue", filled).out)["status"]
    assert [source["source"] for source in status["sources"]] == ["doaj", "samples"]
    assert status["stored"] == status["indexed"] == 41
    assert [run["kind"] for run in status["runs"]] == ["import", "import"]


def test_what_waits_is_told(typed: Typed, empty: Path) -> None:
    typed("import", SEED, "--no-index", "--catalogue", empty)
    assert "1 record stored, 0 in the index; 1 change waiting" in typed("status", "--catalogue", empty).out


def test_an_empty_catalogue(typed: Typed, empty: Path) -> None:
    assert typed("status", "--catalogue", empty).out == "0 records stored, 0 in the index.\n"
