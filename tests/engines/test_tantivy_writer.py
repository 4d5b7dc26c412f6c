"""Nothing committed is lost, nothing uncommitted is claimed: kills, failures and lies of the engine's writer."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL
from subprocess import PIPE, Popen
from typing import Any

import pytest
from tests.tantivy_catalogue import document, fill, small_engine

from bookwheel.engines.tantivy import TantivyEngine, schema
from bookwheel.errors import EngineError
from bookwheel.search.query import Everything, Query

ROOT = Path(__file__).parents[2]
BATCH = 7


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[TantivyEngine]:
    engine = small_engine(tmp_path / "index")
    fill(engine, range(40))
    yield engine
    engine.close()


def ids(engine: TantivyEngine) -> list[str]:
    return sorted(hit.id for hit in engine.search(Query(tree=Everything(), size=10_000)).hits)


_INDEXER = """
import sys
from pathlib import Path
from tests.tantivy_catalogue import document, small_engine
engine = small_engine(Path(sys.argv[1]))
batch = int(sys.argv[2])
print("open", flush=True)
start = engine.watermark()
while True:
    with engine.{method}(start + batch) as writer:
        for number in range({first}, start + batch):
            writer.add(document(number))
            print("added", flush=True)
        # A record of an earlier batch is put in place again, as a changed one would be.
        writer.add(document(start // 2))
    start += batch
    print("committed", start, flush=True)
"""


def killed_indexer(folder: Path, lines: int, *, method: str, first: str) -> int:
    """Start an indexer, kill it while it writes on after some lines of output; the last watermark it claimed."""
    script = _INDEXER.format(method=method, first=first)
    claimed = 0
    with Popen([sys.executable, "-c", script, str(folder), str(BATCH)], cwd=ROOT, stdout=PIPE, text=True) as child:
        assert child.stdout is not None
        for _ in range(lines):
            words = child.stdout.readline().split()
            assert words
            if words[0] == "committed":
                claimed = int(words[1])
        child.send_signal(SIGKILL)
        for line in child.stdout:
            if line.startswith("committed"):
                claimed = int(line.split()[1])
    return claimed


@pytest.mark.parametrize(
    ("method", "first", "kills"), [("update", "start", 22), ("rebuild", "0", 8)], ids=["updates", "rebuilds"]
)
def test_kills_lose_and_repeat_nothing(tmp_path: Path, method: str, first: str, kills: int) -> None:
    """Reliability F2: after a kill the documents are those of the watermark, which is not behind what was claimed."""
    chance = random.Random(kills)
    folder = tmp_path / "index"
    for _ in range(kills):
        claimed = killed_indexer(folder, chance.randrange(1, 40), method=method, first=first)
        engine = small_engine(folder)
        reached = engine.watermark()
        assert reached >= claimed
        assert ids(engine) == [document(number)["id"][0] for number in range(reached)]
        assert not [problem for problem in engine.check() if reached]
        engine.close()
    assert reached > 2 * BATCH
    engine = small_engine(folder)
    fill(engine, range(reached, reached + 20))
    assert engine.count() == reached + 20
    assert len(list(folder.glob("gen-*"))) == 1
    engine.close()


def test_a_writer_error_abandons_the_batch_and_a_replay_gives_all(
    engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reliability 0, fact 3: any error of the writer means rollback, a new writer and the same batch once more."""
    encode = schema.encode
    calls = iter(range(1_000))

    def failing(*arguments: Any) -> Any:
        if next(calls) == 5:
            raise ValueError("no space left on device")
        return encode(*arguments)

    monkeypatch.setattr(schema, "encode", failing)
    with pytest.raises(EngineError, match="no space left"):
        fill(engine, range(40, 60))
    assert (engine.count(), engine.watermark()) == (40, 40)
    fill(engine, range(40, 60))
    assert (engine.count(), engine.watermark(), engine.check()) == (60, 60, ())


class Lying:
    """The engine's writer after a full disk: it says "committed" and stores nothing."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)

    def commit(self) -> int:
        return int(self._writer.rollback())


def update_with_a_lie(engine: TantivyEngine, numbers: range, watermark: int) -> None:
    with engine.update(watermark) as writer:
        for number in numbers:
            writer.add(document(number))
        writer._writer = Lying(writer._writer)  # type: ignore[attr-defined]


def test_a_commit_that_stored_nothing_is_found_out(engine: TantivyEngine) -> None:
    with pytest.raises(EngineError, match="20 documents were added, the commit shows 0"):
        update_with_a_lie(engine, range(40, 60), 60)
    assert (engine.count(), engine.watermark()) == (40, 40)
    fill(engine, range(40, 60))
    assert (engine.count(), engine.watermark()) == (60, 60)


def test_a_watermark_alone_is_committed_and_verified(engine: TantivyEngine) -> None:
    with engine.update(41):
        pass
    assert (engine.count(), engine.watermark()) == (40, 41)
    with pytest.raises(EngineError, match="watermark 42"):
        update_with_a_lie(engine, range(0), 42)
    assert engine.watermark() == 41


def test_the_last_change_of_a_record_in_a_batch_wins(engine: TantivyEngine) -> None:
    changed = document(3, title_short=("Changed",))
    record_id = changed["id"][0]
    with engine.update(41) as writer:
        writer.delete(record_id)
        writer.add(document(3))
        writer.add(changed)
        writer.add(document(4))
        writer.delete(document(4)["id"][0])
        writer.delete("unknown")
    assert engine.count() == 39
    assert engine.get([record_id])[record_id]["title_short"] == ("Changed",)


def test_ids_of_any_characters_are_replaced_and_deleted(engine: TantivyEngine) -> None:
    odd = ["oai:x/1", "oai:x_3A1", "a b", "é", "_", "A" * 200]
    for turn in range(2):
        with engine.update(50 + turn) as writer:
            for record_id in odd:
                writer.add(document(turn, id=(record_id,)))
    assert engine.count() == 40 + len(odd)
    assert set(engine.get(odd)) == set(odd)
    with engine.update(60) as writer:
        for record_id in odd:
            writer.delete(record_id)
    assert engine.count() == 40


def test_a_long_rebuild_commits_and_verifies_in_between(engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookwheel.engines.tantivy.writer.BATCH", 10)
    monkeypatch.setattr("bookwheel.engines.tantivy.writer.COMMIT_EVERY", 30)
    with engine.rebuild(7) as writer:
        for number in range(95):
            writer.add(document(number))
    assert (engine.count(), engine.watermark(), engine.check()) == (95, 7, ())
