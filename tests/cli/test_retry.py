"""`bookwheel retry`."""

import json
from pathlib import Path

from tests.cli.conftest import Typed


def test_nothing_in_quarantine(typed: Typed, catalogue: Path) -> None:
    outcome = typed("retry", "--catalogue", catalogue)
    assert outcome.code == 0
    assert outcome.out.startswith("0 records tried again: 0 stored")


def test_what_still_cannot_be_read_stays(typed: Typed, empty: Path, tmp_path: Path) -> None:
    page = tmp_path / "lines.jsonl"
    page.write_text('{"id": "1", "bibjson": {"title": "Good"}}\n{"id": "2", "bibjson": \n')
    typed("import", page, "--format", "doaj_json", "--catalogue", empty)
    quarantined = json.loads(typed("status", "--json", "--catalogue", empty).out)["quarantined"]
    assert len(quarantined) == 1
    assert typed("retry", "--json", "--catalogue", empty).code == 0
    assert json.loads(typed("status", "--json", "--catalogue", empty).out)["quarantined"] == quarantined
