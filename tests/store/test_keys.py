"""Keys are shown once, kept as hashes, counted by the day, and open nothing once revoked."""

import sqlite3
import stat
from pathlib import Path

import pytest

from bookwheel.errors import ConfigError, StoreError, UnknownNameError
from bookwheel.store.keys import Keys


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "keys.sqlite3")


def test_a_key_opens_what_it_was_made_for(keys: Keys) -> None:
    made = keys.add("zotero", ["search"], per_day=5)
    use = keys.use(made)
    assert use is not None
    assert (use.key.name, use.key.scopes, use.key.per_day, use.key.used) == ("zotero", ("search",), 5, 1)
    assert use.is_within_quota


def test_the_file_holds_no_key_and_is_its_owners_alone(keys: Keys, tmp_path: Path) -> None:
    made = keys.add("zotero")
    path = tmp_path / "keys.sqlite3"
    assert _secret(made).encode() not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_keys_are_never_alike(keys: Keys) -> None:
    made = [keys.add(f"key {number}") for number in range(20)]
    assert len(set(made)) == 20
    assert {len(_secret(key)) for key in made} == {43}


def test_nothing_else_is_a_key(keys: Keys) -> None:
    made = keys.add("zotero")
    public = made.split("_")[1]
    for text in (
        "",
        "bw",
        "bw__",
        f"bw_{public}_",
        made[:-1],
        made + "a",
        made.upper(),
        "bw_x_y",
        f"bw_{public}_ü",
        "\ud800",
    ):
        assert keys.use(text) is None, text


def test_reading_makes_no_file(keys: Keys, tmp_path: Path) -> None:
    assert keys.use("bw_a_b") is None
    assert keys.all() == ()
    assert list(tmp_path.iterdir()) == []


def test_the_days_quota_ends_and_is_not_overdrawn(keys: Keys) -> None:
    made = keys.add("zotero", per_day=2)
    uses = [keys.use(made) for _ in range(4)]
    assert [use.is_within_quota for use in uses if use] == [True, True, False, False]
    assert [key.used for key in keys.all()] == [2]


def test_another_day_has_its_own_quota(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    made = keys.add("zotero", per_day=1)
    assert keys.use(made)
    monkeypatch.setattr("bookwheel.store.keys._today", lambda: "2999-01-01")
    use = keys.use(made)
    assert use is not None
    assert use.is_within_quota


def test_a_revoked_key_opens_nothing_and_keeps_its_name(keys: Keys) -> None:
    made = keys.add("zotero")
    keys.revoke("zotero")
    assert keys.use(made) is None
    assert [bool(key.revoked) for key in keys.all()] == [True]
    with pytest.raises(ConfigError, match="'zotero' already"):
        keys.add("zotero")


def test_unknown_names_are_answered_with_the_known_ones(keys: Keys) -> None:
    keys.add("zotero")
    with pytest.raises(UnknownNameError, match="Did you mean 'zotero'"):
        keys.revoke("zotera")
    with pytest.raises(UnknownNameError, match="known: records, search"):
        keys.add("other", ["everything"])


def test_a_damaged_file_is_an_error_in_words(keys: Keys, tmp_path: Path) -> None:
    made = keys.add("zotero")
    (tmp_path / "keys.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match=r"keys\.sqlite3"):
        keys.use(made)


def test_hashes_are_those_of_whole_keys(keys: Keys, tmp_path: Path) -> None:
    """Two keys whose public parts were the same would still not open one another's doors."""
    made = keys.add("one")
    other = keys.add("two")
    with sqlite3.connect(tmp_path / "keys.sqlite3") as db:
        db.execute("DELETE FROM key WHERE name = 'two'")
    db.close()
    assert keys.use(made.replace(_secret(made), _secret(other))) is None


def _secret(key: str) -> str:
    return key.split("_", 2)[2]
