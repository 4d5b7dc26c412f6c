"""The file of vectors: what is saved is there with its watermark, or neither."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bookwheel.errors import EngineError
from bookwheel.semantic.vectors import Row, Vectors


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    opened = Vectors(tmp_path / "semantic" / "vectors.sqlite3")
    opened.begin("model")
    yield opened
    opened.close()


def row(record: str, vector: bytes = b"\x01\xff") -> Row:
    return Row(record, b"digest", vector)


def test_an_empty_file_knows_no_model(tmp_path: Path) -> None:
    opened = Vectors(tmp_path / "vectors.sqlite3")
    assert (opened.model(), opened.watermark(), opened.count()) == ("", 0, 0)
    opened.close()


def test_vectors_come_back_by_id(vectors: Vectors) -> None:
    vectors.save([row("a"), row("b", b"\x00")], [], 7)
    assert vectors.vectors(["b", "a", "nobody"]) == {"a": b"\x01\xff", "b": b"\x00"}
    assert vectors.digests(["a"]) == {"a": b"digest"}
    assert (vectors.model(), vectors.watermark(), vectors.count()) == ("model", 7, 2)
    assert vectors.size() > 0


def test_more_ids_than_a_statement_takes(vectors: Vectors) -> None:
    vectors.save([row(str(number)) for number in range(2_000)], [], 1)
    assert len(vectors.vectors(map(str, range(3_000)))) == 2_000


def test_saving_replaces_and_takes_out(vectors: Vectors) -> None:
    vectors.save([row("a"), row("b")], [], 1)
    vectors.save([row("a", b"\x05")], ["b", "nobody"], 2)
    assert vectors.vectors(["a", "b"]) == {"a": b"\x05"}


def test_what_fails_half_way_leaves_nothing(vectors: Vectors) -> None:
    def rows() -> Iterator[Row]:
        yield row("a")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        vectors.save(rows(), [], 5)
    assert (vectors.count(), vectors.watermark()) == (0, 0)
    vectors.save([row("b")], [], 6)
    assert vectors.watermark() == 6


def test_another_model_begins_anew(vectors: Vectors) -> None:
    vectors.save([row("a")], [], 5)
    vectors.begin("another")
    assert (vectors.model(), vectors.watermark(), vectors.count()) == ("another", 0, 0)


def test_a_reader_beside_the_writer_sees_whole_batches(vectors: Vectors, tmp_path: Path) -> None:
    reader = Vectors(tmp_path / "semantic" / "vectors.sqlite3")

    def rows() -> Iterator[Row]:
        yield row("a")
        assert reader.vectors(["a"]) == {}

    vectors.save(rows(), [], 1)
    assert reader.vectors(["a"]) == {"a": b"\x01\xff"}
    reader.close()


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite3"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(EngineError, match=r"vectors\.sqlite3: file is not a database\. It may be deleted"):
        Vectors(path)
