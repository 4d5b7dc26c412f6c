"""Versions are whole, can be restored, and a failed load leaves everything as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bookwheel.errors import UnknownNameError, VocabularyError
from bookwheel.vocabulary.concepts import Concept
from bookwheel.vocabulary.file import VocabularyFile

ONE = [Concept("heart attack", ("myocardial infarction",), "1", ("C1",)), Concept("x", one_way=True)]
TWO = [Concept("cancer", ("neoplasm", "tumour"), "2")]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[VocabularyFile]:
    opened = VocabularyFile(tmp_path / "vocabulary.sqlite3")
    yield opened
    opened.close()


def stands(file: VocabularyFile) -> list[tuple[str, int, int, int, bool]]:
    return [(v.name, v.number, v.concepts, v.terms, v.is_current) for v in file.current()]


def test_looking_makes_no_file(file: VocabularyFile) -> None:
    assert file.current() == ()
    assert list(file.concepts("x")) == []
    assert not file.path.exists()


def test_versions_come_and_go(file: VocabularyFile) -> None:
    first = file.load("own", "Own", "a.txt", ONE)
    assert first is not None
    assert first.title == "Own, version 1"
    file.load("own", "Own", "b.txt", TWO)
    file.load("other", "Other", "c.txt", ONE)
    assert stands(file) == [("other", 1, 2, 3, True), ("own", 2, 1, 3, True)]
    assert list(file.concepts("own")) == TWO
    assert file.restore("own", 1).number == 1
    assert list(file.concepts("own")) == ONE
    assert [(v.number, v.is_current, v.file) for v in file.history("own")] == [(2, False, "b.txt"), (1, True, "a.txt")]
    file.load("own", "Own", "d.txt", [Concept("new")])
    assert [v.number for v in file.history("own")] == [3, 2, 1]
    file.remove("own")
    assert stands(file) == [("other", 1, 2, 3, True)]
    file.restore("own", 3)
    assert list(file.concepts("own")) == [Concept("new")]
    # What is not in use takes no place among what is looked up.
    assert file.rows("SELECT count(*) FROM term") == [(4,)]
    assert file.rows("SELECT count(*) FROM tree") == [(1,)]


def test_the_same_again_makes_no_version(file: VocabularyFile) -> None:
    file.load("own", "Own", "a.txt", ONE)
    assert file.load("own", "Own", "again.txt", iter(ONE)) is None
    assert file.load("own", "Renamed", "a.txt", ONE) is not None
    file.restore("own", 1)
    assert file.load("own", "Own", "a.txt", ONE) is None
    assert stands(file) == [("own", 1, 2, 3, True)]


def test_a_failed_load_changes_nothing(file: VocabularyFile) -> None:
    file.load("own", "Own", "a.txt", ONE)

    def broken() -> Iterator[Concept]:
        yield from (Concept(f"term {number}") for number in range(5_000))
        raise VocabularyError("line 5001")

    with pytest.raises(VocabularyError, match="line 5001"):
        file.load("own", "Own", "b.txt", broken())
    assert list(file.concepts("own")) == ONE
    assert file.rows("SELECT count(*) FROM term") == [(3,)]


def test_many_concepts_survive_packing(file: VocabularyFile) -> None:
    many = [Concept(f"name {number}", (f"other {number}",), str(number), (f"A{number}",)) for number in range(4_500)]
    file.load("own", "Own", "a.txt", many)
    file.remove("own")
    file.restore("own", 1)
    assert list(file.concepts("own")) == many


def test_another_process_sees_the_change(file: VocabularyFile) -> None:
    other = VocabularyFile(file.path)
    assert other.current() == ()
    file.load("own", "Own", "a.txt", ONE)
    assert stands(other) == stands(file)
    file.load("own", "Own", "b.txt", TWO)
    assert stands(other) == stands(file)
    other.close()


def test_unknown_names_are_answered_with_the_known(file: VocabularyFile) -> None:
    file.load("own", "Own", "a.txt", ONE)
    for call in (lambda: file.history("oen"), lambda: file.remove("oen"), lambda: file.restore("own", 7)):
        with pytest.raises(UnknownNameError):
            call()


def test_a_copy_is_the_whole(file: VocabularyFile, tmp_path: Path) -> None:
    file.copy_to(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    file.load("own", "Own", "a.txt", ONE)
    file.copy_to(tmp_path / "copy")
    copy = VocabularyFile(tmp_path / "copy")
    assert stands(copy) == stands(file)
    copy.close()


def test_a_damaged_file_says_so(file: VocabularyFile) -> None:
    file.path.write_bytes(b"no database" * 1000)
    with pytest.raises(VocabularyError, match=r"vocabulary\.sqlite3"):
        file.current()
