"""`bookwheel index`."""

import json
import shutil
from pathlib import Path

from tests.cli.conftest import SEED, SEED_ID, Typed


def test_what_waits_is_indexed(typed: Typed, empty: Path) -> None:
    typed("import", SEED, "--no-index", "--catalogue", empty)
    outcome = typed("index", "--catalogue", empty)
    assert "1 record added" in outcome.out
    assert SEED_ID in typed("search", "lenalidomide", "--catalogue", empty).out


def test_a_deleted_index_is_made_again(typed: Typed, catalogue: Path) -> None:
    shutil.rmtree(catalogue / "index")
    assert json.loads(typed("index", "--json", "--catalogue", catalogue).out)["added"] > 30
    assert SEED_ID in typed("search", "lenalidomide in", "--catalogue", catalogue).out


def test_a_rebuild_says_so(typed: Typed, catalogue: Path) -> None:
    outcome = typed("index", "--rebuild", "--catalogue", catalogue)
    assert outcome.out.startswith("Index rebuilt in ")
