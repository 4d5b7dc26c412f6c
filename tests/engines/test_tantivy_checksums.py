"""Every file of the index is covered: a flipped bit, a cut or a missing file is found (reliability F7)."""

from pathlib import Path

import pytest
from tests.tantivy_catalogue import document, fill, small_engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index with several segments and deletions, closed."""
    engine = small_engine(tmp_path / "index")
    fill(engine, range(60))
    with engine.update(61) as writer:
        writer.delete(document(3)["id"][0])
    engine.close()
    return tmp_path / "index"


def put(path: Path, content: bytes) -> None:
    """Replace a file: one that is written over under the eyes of an engine that maps it takes the process with it."""
    new = path.with_name("new")
    new.write_bytes(content)
    new.replace(path)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    put(path, bytes(content))


def cut(path: Path) -> None:
    content = path.read_bytes()
    put(path, content[: len(content) // 2])


@pytest.mark.parametrize("damage", [flip, cut, Path.unlink])
def test_damage_to_any_segment_file_is_found(folder: Path, damage: object) -> None:
    assert callable(damage)
    files = [path for path in (folder / "gen-0001" / "segments").iterdir() if len(path.stem) >= 32]
    assert {path.suffix for path in files} >= {".store", ".idx", ".pos", ".term", ".fast", ".fieldnorm", ".del"}
    for path in files:
        content = path.read_bytes()
        damage(path)
        engine = small_engine(folder)
        assert any(problem.severity == "error" for problem in engine.check()), path.name
        engine.close()
        put(path, content)


def test_sound_files_give_no_problem(folder: Path) -> None:
    engine = small_engine(folder)
    assert engine.check() == ()
    engine.close()


def test_a_damaged_dictionary_is_found(folder: Path) -> None:
    path = folder / "gen-0001" / "values.sqlite3"
    content = bytearray(path.read_bytes())
    content[4096 + 8 : 4096 + 64] = bytes(56)
    put(path, bytes(content))
    engine = small_engine(folder)
    assert engine.check()
    engine.close()


def test_a_missing_list_of_checksums_is_named(folder: Path) -> None:
    (folder / "gen-0001" / "checksums.json").unlink()
    engine = small_engine(folder)
    assert "checksums.json" in engine.check()[0].message
    engine.close()
