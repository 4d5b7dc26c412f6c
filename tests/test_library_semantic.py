"""The front door with the setting `semantic`: which questions are ordered by meaning, and which are left alone."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.contracts.store import received
from tests.fakes.encoder import FakeEncoder

from bookwheel import library as front_door
from bookwheel.config import FILE_NAME
from bookwheel.library import Library
from bookwheel.search.results import SearchResult
from bookwheel.search.url import from_url
from bookwheel.semantic.meaning import NOTE, Meaning

TITLES = {
    "1": "Failure of an old kidney tube",
    "2": "Failure of an old cardiac muscle",
    "3": "Failure of banks",
}


@pytest.fixture(params=["true", "false"])
def library(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    encoder = FakeEncoder()
    monkeypatch.setattr(front_door, "load", lambda folder, threads, *, make: encoder)
    monkeypatch.setattr(front_door, "Meaning", partial(Meaning, load=lambda folder: encoder))
    (tmp_path / FILE_NAME).write_text(
        f"index_memory_mb = 64\nindex_threads = 1\nsemantic = {request.param}\n", encoding="utf-8"
    )
    with Library.open(tmp_path) as library:
        run = library.store.start_run("x", "harvest")
        library.store.save_page(run, [received(name, title) for name, title in TITLES.items()])
        library.index()
        library.build_vectors()
        yield library


def ask(library: Library, text: str, **parameters: str) -> SearchResult:
    return library.search(from_url([("lookfor", text), *parameters.items()]))


def test_words_are_ordered_by_meaning_where_the_setting_is_on(library: Library) -> None:
    result = ask(library, "failure old")
    assert result.total == 2
    assert (NOTE in result.notes) == library.config.semantic


def test_a_relaxed_question_is_too(library: Library) -> None:
    result = ask(library, "what is the failure of an old heart caused by")
    assert {note.kind for note in result.notes} >= {"relaxed"}
    assert (NOTE in result.notes) == library.config.semantic
    # By words both are the same, and the first stays first.
    assert result.hits[0].id == ("x-2" if library.config.semantic else "x-1")


@pytest.mark.parametrize(
    "text", ['"failure of the"', "failure AND old", "title:failure old", "fail* old", "failure OR bank"]
)
def test_operators_leave_the_order_to_the_engine(library: Library, text: str) -> None:
    query = from_url([("lookfor", text)])
    assert library.search(query) == library.engine.search(query)
