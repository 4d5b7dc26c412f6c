"""`bookwheel key` as an operator types it."""

import json
from pathlib import Path

from tests.cli.conftest import Typed

from bookwheel.store.keys import Keys


def test_a_key_is_made_listed_and_revoked(typed: Typed, empty: Path) -> None:
    assert typed("key", "list", "--catalogue", empty).out.startswith("There are none")
    outcome = typed("key", "add", "zotero", "--scope", "search", "--per-day", 50, "--catalogue", empty)
    assert "not shown again" in outcome.err
    use = Keys(empty / "keys.sqlite3").use(outcome.out.strip())
    assert use is not None
    assert (use.key.scopes, use.key.per_day) == (("search",), 50)
    listed = typed("key", "list", "--catalogue", empty).out
    assert outcome.out.strip() not in listed
    assert listed.splitlines()[1].split()[:4] == ["zotero", "search", "1", "50"]
    assert typed("key", "revoke", "zotero", "--catalogue", empty).out == "zotero: revoked.\n"
    assert Keys(empty / "keys.sqlite3").use(outcome.out.strip()) is None


def test_a_key_is_for_everything_unless_it_says_otherwise(typed: Typed, empty: Path) -> None:
    made = json.loads(typed("key", "add", "all", "--json", "--catalogue", empty).out)
    assert made["scopes"] == ["records", "search"]
    (listed,) = json.loads(typed("key", "list", "--json", "--catalogue", empty).out)
    assert (listed["name"], listed["scopes"], listed["used"]) == ("all", ["records", "search"], 0)
    assert json.loads(typed("key", "revoke", "all", "--json", "--catalogue", empty).out) == {"revoked": "all"}


def test_mistakes_are_told(typed: Typed, empty: Path, tmp_path: Path) -> None:
    assert typed("key", "revoke", "nobody", "--catalogue", empty).code == 4
    assert typed("key", "add", "a", "--scope", "everything", "--catalogue", empty).code == 2
    assert typed("key", "add", "a", "--catalogue", tmp_path / "nowhere").code == 3
