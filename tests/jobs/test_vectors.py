"""The vectors end equal to the store, whatever was killed, changed or put back meanwhile."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.contracts.store import Clock, received
from tests.fakes.encoder import FakeEncoder

from bookwheel.jobs import vectors as job
from bookwheel.jobs.progress import SILENT
from bookwheel.jobs.vectors import VectorReport, VectorStatus, build_vectors, check_vectors, vector_status
from bookwheel.semantic.texts import text_of
from bookwheel.semantic.vectors import Vectors
from bookwheel.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'records.sqlite3'}", now=Clock().now) as store:
        store.migrate()
        yield store


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    opened = Vectors(tmp_path / "vectors.sqlite3")
    yield opened
    opened.close()


def save(store: Store, *names: str, title: str = "Heart", day: int = 1, deleted: bool = False) -> None:
    run = store.start_run("x", "harvest")
    store.save_page(run, [received(name, title, day=day, deleted=deleted) for name in names])
    store.finish_run(run, "complete")


def run(store: Store, vectors: Vectors, encoder: FakeEncoder | None = None) -> VectorReport:
    return build_vectors(store, vectors, encoder or FakeEncoder(), SILENT)


def counts(report: VectorReport) -> tuple[int, int, int]:
    return report.made, report.kept, report.deleted


def assert_equal(store: Store, vectors: Vectors) -> None:
    """Every live record with a text has the vector of that text, and nobody else has one."""
    records = {stored.id: stored.record for stored in store.changes(0, 10_000) if not stored.deleted}
    texts = {record_id: text_of(record) for record_id, record in records.items() if record and text_of(record)}
    expected = dict(zip(texts, FakeEncoder().encode(list(texts.values())), strict=True))
    assert vectors.vectors([stored.id for stored in store.changes(0, 10_000)]) == expected
    assert vectors.count() == len(expected)
    assert vectors.watermark() == store.latest_change()


def test_what_changed_is_worked_out_once(store: Store, vectors: Vectors) -> None:
    save(store, "1", "2", "3")
    assert counts(run(store, vectors)) == (3, 0, 0)
    assert counts(run(store, vectors)) == (0, 0, 0)
    save(store, "2", title="Kidney")
    assert counts(run(store, vectors)) == (1, 0, 0)
    assert_equal(store, vectors)


def test_a_text_that_stayed_is_not_read_again(store: Store, vectors: Vectors) -> None:
    save(store, "1")
    run(store, vectors)
    save(store, "1", deleted=True)
    save(store, "1")
    encoder = FakeEncoder()
    assert counts(run(store, vectors, encoder)) == (0, 1, 0)
    assert encoder.encoded == []
    assert_equal(store, vectors)


def test_deleted_and_emptied_records_leave(store: Store, vectors: Vectors) -> None:
    save(store, "1", "2", "3")
    run(store, vectors)
    save(store, "1", deleted=True)
    save(store, "2", title="")
    assert counts(run(store, vectors)) == (0, 0, 2)
    assert_equal(store, vectors)


class Killed(FakeEncoder):
    """Fails after so many batches."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self._left = batches

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt
        return super().encode(texts)


@pytest.mark.parametrize("batches", range(5))
def test_a_killed_run_goes_on(store: Store, vectors: Vectors, batches: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "BATCH", 3)
    save(store, *(str(number) for number in range(15)))
    with pytest.raises(KeyboardInterrupt):
        run(store, vectors, Killed(batches))
    assert vectors.count() == 3 * batches
    assert counts(run(store, vectors)) == (15 - 3 * batches, 0, 0)
    assert_equal(store, vectors)


def test_another_model_makes_all_anew(store: Store, vectors: Vectors) -> None:
    save(store, "1", "2")
    run(store, vectors)
    assert counts(run(store, vectors, FakeEncoder("another"))) == (2, 0, 0)
    assert vectors.model() == "another"


def test_a_store_put_back_makes_all_anew(store: Store, vectors: Vectors) -> None:
    save(store, "1")
    run(store, vectors)
    vectors.save([], [], 1_000)
    run(store, vectors)
    assert_equal(store, vectors)


def test_status_counts(store: Store, vectors: Vectors) -> None:
    save(store, "1", "2")
    report = run(store, vectors)
    save(store, "3")
    assert report.status == VectorStatus(2, 0, report.status.bytes)
    assert vector_status(store, vectors).waiting == 1


def test_the_doctor_says_what_is_missing(
    store: Store, vectors: Vectors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "load", lambda folder: FakeEncoder())
    save(store, "1")
    vectors.begin("fake")
    messages = [problem.message for problem in check_vectors(store, tmp_path)]
    assert messages == ["the vectors lack 1 changes of the store: run 'bookwheel vectors'"]
    run(store, vectors)
    assert list(check_vectors(store, tmp_path)) == []
    monkeypatch.setattr(job, "load", lambda folder: FakeEncoder("newer"))
    (problem,) = check_vectors(store, tmp_path)
    assert problem.message.startswith("the vectors are of another model")
    (problem,) = check_vectors(store, tmp_path / "elsewhere")
    assert problem.message.startswith("there are no vectors yet")


def test_the_doctor_knows_a_missing_extra(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookwheel.semantic.encoder.find_spec", lambda name: None)
    (problem,) = check_vectors(store, tmp_path)
    assert "searches go by words alone: the extra 'semantic' is not installed" in problem.message
