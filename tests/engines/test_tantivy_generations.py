"""The index's folders: swaps, losses, other versions, other processes."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from tests.tantivy_catalogue import document, fill, small_engine

from bookwheel.engines.tantivy import TantivyEngine, generations
from bookwheel.errors import EngineError
from bookwheel.search.engine import Writer
from bookwheel.search.query import FacetRequest, Query, Word

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> Iterator[TantivyEngine]:
    engine = small_engine(folder)
    yield engine
    engine.close()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("gen-*"))


def change_and_fail(transaction: AbstractContextManager[Writer]) -> None:
    with transaction as writer:
        writer.add(document(500))
        writer.delete(document(0)["id"][0])
        raise KeyError


def test_opening_and_searching_creates_nothing(engine: TantivyEngine, folder: Path) -> None:
    assert (engine.count(), engine.watermark()) == (0, 0)
    assert engine.search(Query(facets=(FacetRequest("format"),))).total == 0
    assert engine.check() == ()
    assert not folder.exists()


def test_an_exception_abandons_documents_and_watermark(engine: TantivyEngine) -> None:
    fill(engine, range(20))
    with pytest.raises(KeyError):
        change_and_fail(engine.update(99))
    assert (engine.count(), engine.watermark()) == (20, 20)


def test_a_rebuild_swaps_and_removes_the_old_generation(engine: TantivyEngine, folder: Path) -> None:
    fill(engine, range(40))
    with engine.rebuild(7) as writer:
        for number in range(5):
            writer.add(document(number))
        assert engine.count() == 40
    assert (engine.count(), engine.watermark()) == (5, 7)
    assert names(folder) == ["gen-0002"]
    assert engine.check() == ()


def test_a_failed_rebuild_leaves_the_old_generation(engine: TantivyEngine, folder: Path) -> None:
    fill(engine, range(40))
    with pytest.raises(KeyError):
        change_and_fail(engine.rebuild(7))
    assert (engine.count(), engine.watermark()) == (40, 40)
    assert names(folder) == ["gen-0001"]


def test_searches_never_fail_while_generations_are_swapped(engine: TantivyEngine) -> None:
    fill(engine, range(60))
    failures: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        query = Query(tree=Word("the"), facets=(FacetRequest("author_facet"),), sort="title")
        while not stop.is_set():
            try:
                result = engine.search(query)
                assert result.total == 60
                assert len(result.hits) == 20
            except BaseException as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(8):
        with engine.rebuild(turn) as writer:
            for number in range(60):
                writer.add(document(number, turn))
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_second_writer_is_refused(engine: TantivyEngine, folder: Path) -> None:
    fill(engine, range(20))
    second = small_engine(folder)
    with pytest.raises(EngineError, match="another process is indexing"), second.update(1):
        pass
    with pytest.raises(EngineError, match="another process is indexing"), second.rebuild(1):
        pass
    engine.close()
    fill(second, range(20, 40))
    assert second.count() == 40
    second.close()


def test_an_open_reader_sees_what_another_process_commits(engine: TantivyEngine, folder: Path) -> None:
    script = f"""
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from tests.tantivy_catalogue import document, fill, small_engine
engine = small_engine(Path({str(folder)!r}))
for number in range(3):
    fill(engine, range(number * 20, number * 20 + 20))
    print("committed", flush=True)
    sys.stdin.readline()
with engine.rebuild(1000) as writer:
    writer.add(document(1))
print("swapped", flush=True)
engine.close()
"""
    assert engine.count() == 0
    with Popen([sys.executable, "-c", script], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for number in range(3):
            assert child.stdout.readline() == "committed\n"
            assert engine.count() == number * 20 + 20
            assert engine.search(Query(tree=Word("the"))).total == number * 20 + 20
            child.stdin.write("\n")
            child.stdin.flush()
        assert child.stdout.readline() == "swapped\n"
        assert (engine.count(), engine.watermark()) == (1, 1000)
    assert child.returncode == 0


def test_a_deleted_folder_heals_itself(engine: TantivyEngine, folder: Path, tmp_path: Path) -> None:
    """While it runs: the searches go on from open files, the watermark asks for everything again (reliability F8)."""
    fill(engine, range(40))
    assert engine.count() == 40
    folder.rename(tmp_path / "gone")
    assert engine.watermark() == 0
    assert engine.search(Query(tree=Word("the"))).total == 40
    assert "holds no index" in engine.check()[0].message
    fill(engine, range(40))
    assert (engine.count(), engine.watermark(), engine.check()) == (40, 40, ())


def damaged_pointer(folder: Path) -> None:
    (folder / "current").write_text("nonsense\n")


def damaged_list_of_segments(folder: Path) -> None:
    (folder / "gen-0001" / "segments" / "meta.json").write_text("{")


def lost_dictionary(folder: Path) -> None:
    (folder / "gen-0001" / "values.sqlite3").unlink()


def damaged_dictionary(folder: Path) -> None:
    (folder / "gen-0001" / "values.sqlite3").write_bytes(b"no database" * 1_000)


def other_version(folder: Path) -> None:
    (folder / "gen-0001" / "manifest.json").write_text(json.dumps({"columns": "of another day", "tantivy": "v1"}))


@pytest.mark.parametrize(
    "loss", [damaged_pointer, damaged_list_of_segments, lost_dictionary, damaged_dictionary, other_version]
)
def test_a_lost_index_is_empty_named_and_filled_again(folder: Path, loss: object) -> None:
    first = small_engine(folder)
    fill(first, range(40))
    first.close()
    assert callable(loss)
    loss(folder)
    engine = small_engine(folder)
    assert (engine.count(), engine.watermark()) == (0, 0)
    assert len(engine.check()) == 1
    fill(engine, range(40))
    assert (engine.count(), engine.watermark(), engine.check()) == (40, 40, ())
    assert len(names(folder)) == 1
    engine.close()


def test_orphans_of_a_killed_rebuild_are_removed_by_the_next_writer(engine: TantivyEngine, folder: Path) -> None:
    fill(engine, range(20))
    engine.close()
    generations.create(folder, {})
    second = small_engine(folder)
    assert names(folder) == ["gen-0001", "gen-0002"]
    fill(second, range(20))
    assert names(folder) == ["gen-0001"]
    second.close()


def test_an_index_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file where the folder should be")
    engine = small_engine(tmp_path / "index")
    with pytest.raises(EngineError, match="cannot be written"), engine.update(1):
        pass
    engine.close()
