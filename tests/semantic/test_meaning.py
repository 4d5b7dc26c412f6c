"""The first hits of plain words stand by words and meaning; everything else is as the engine says."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fakes.encoder import FakeEncoder

from bookwheel.engines.memory import MemoryEngine
from bookwheel.errors import ConfigError
from bookwheel.search.query import FacetRequest, Query
from bookwheel.search.results import Hit, SearchResult
from bookwheel.search.url import from_url
from bookwheel.semantic import meaning
from bookwheel.semantic.encoder import Encoder
from bookwheel.semantic.files import VECTORS
from bookwheel.semantic.meaning import MAX_NAMED, NOTE, Meaning, is_plain, named
from bookwheel.semantic.vectors import Row, Vectors


@pytest.fixture
def engine() -> MemoryEngine:
    """Thirty records on "failure"; by words alone those of the fewest words come first."""
    engine = MemoryEngine()
    with engine.update(1) as writer:
        for number in range(30):
            subject = "cardiac" if number % 3 == 0 else "kidney"
            filler = " word" * (number % 7)
            writer.add({"id": (f"{number:02}",), "title": (f"Failure{filler} {subject}",), "format": ("Article",)})
    return engine


@pytest.fixture
def folder(tmp_path: Path, engine: MemoryEngine) -> Path:
    vectors = Vectors(tmp_path / VECTORS)
    vectors.begin("fake")
    encoder = FakeEncoder()
    documents = engine.get(f"{number:02}" for number in range(30))
    made = encoder.encode([document["title"][0] for document in documents.values()])
    vectors.save([Row(record, b"", vector) for record, vector in zip(documents, made, strict=True)], [], 1)
    vectors.close()
    return tmp_path


@pytest.fixture
def opened(folder: Path) -> Iterator[Meaning]:
    opened = Meaning(folder, lambda folder: FakeEncoder())
    yield opened
    opened.close()


def asked(text: str = "failure", **parameters: str) -> Query:
    return from_url([("lookfor", text), *parameters.items()])


def ids(result: SearchResult) -> list[str]:
    return [hit.id for hit in result.hits]


def heart_question(query: Query) -> Query:
    """Asks for "failure" in an order near to the heart: the model reads the text, the engine the tree."""
    return replace(query, text="heart failure")


def test_what_is_near_in_meaning_comes_first(opened: Meaning, engine: MemoryEngine) -> None:
    query = heart_question(asked(limit="10"))
    result = opened.search(engine, query)
    hearts = {f"{number:02}" for number in range(0, 30, 3)}
    assert len(hearts & set(ids(result))) > len(hearts & set(ids(engine.search(query))))
    assert ids(result)[0] in hearts
    assert NOTE in result.notes


def test_totals_and_facets_are_the_engines(opened: Meaning, engine: MemoryEngine) -> None:
    query = replace(heart_question(asked()), facets=(FacetRequest("format"),))
    result, plain = opened.search(engine, query), engine.search(query)
    assert (result.total, result.facets) == (plain.total, plain.facets)


@pytest.mark.parametrize("depth", [0, 4, 13, 29, 30, 200])
def test_pages_hold_every_hit_once(
    opened: Meaning, engine: MemoryEngine, depth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "DEPTH", depth)
    query = replace(heart_question(asked()), size=7)
    pages = [opened.search(engine, replace(query, page=page)) for page in range(1, 7)]
    whole = [found for page in pages for found in ids(page)]
    assert sorted(whole) == [f"{number:02}" for number in range(30)]
    # Behind the hits put in order the engine's own order goes on.
    assert whole[depth:] == ids(engine.search(replace(query, size=30)))[depth:]


@pytest.mark.parametrize("depth", [4, 13, 200])
def test_cursors_hold_every_hit_once(
    opened: Meaning, engine: MemoryEngine, depth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "DEPTH", depth)
    query = replace(heart_question(asked()), size=7)
    pages = [opened.search(engine, query)]
    while pages[-1].next_after:
        pages.append(opened.search(engine, replace(query, after=pages[-1].next_after)))
    whole = [found for page in pages for found in ids(page)]
    numbered = [found for page in range(1, 6) for found in ids(opened.search(engine, replace(query, page=page)))]
    assert whole == numbered
    assert all(page.hits for page in pages)


@pytest.mark.parametrize(
    "text",
    [
        '"heart failure"',
        "title:failure",
        "failure NOT kidney",
        "failure OR kidney",
        "failure AND kidney",
        "-kidney failure",
        "fail*",
        "fail?re kidney",
        "failure~1 heart",
        "failure year:2012",
        "10.1155/2012/393864",
        "1687-9104",
        "",
        "*:*",
    ],
)
def test_whoever_writes_operators_means_them(text: str) -> None:
    assert not is_plain(asked(text))


@pytest.mark.parametrize(
    "text",
    [
        "failure",
        "heart failure in COVID-19?",
        "what is heart failure",
        "p53 and the heart",
        "heart failure (in old age)",
    ],
)
def test_words_are_plain(text: str) -> None:
    assert is_plain(asked(text))


@pytest.mark.parametrize(
    ("text", "titles", "expected"),
    [
        ("failure of the heart", ["Kidneys", "On failure of the Heart", "Heart"], [1]),
        ("Failure, of the heart!", ["Failure of the heart", "More failure of the heart"], [0, 1]),
        ("failure of the heart", ["Failure of the hearts"], []),
        # Two words are a topic, and so is what many titles hold.
        ("heart failure", ["Heart failure"], []),
        ("failure of the heart", ["Failure of the heart"] * (MAX_NAMED + 1), []),
        ("failure of the heart", [], []),
    ],
)
def test_known_titles_are_named(text: str, titles: list[str], expected: list[int]) -> None:
    assert named(text, [Hit(str(place), 1.0, {"title": (title,)}) for place, title in enumerate(titles)]) == expected


def test_a_known_title_stands_in_front(opened: Meaning, engine: MemoryEngine) -> None:
    with engine.update(2) as writer:
        writer.add({"id": ("known",), "title": ("A failure word in the title of a kidney, and word after word",)})
    query = replace(asked("failure word"), text="word in the title of a kidney")
    assert ids(engine.search(query))[0] != "known"
    assert ids(opened.search(engine, query))[0] == "known"


@pytest.mark.parametrize("parameters", [{"type": "Title"}, {"type": "Author"}, {"sort": "title"}, {"sort": "year"}])
def test_fields_and_other_orders_are_left_alone(parameters: dict[str, str]) -> None:
    assert not is_plain(asked(**parameters))


def test_counting_alone_asks_for_no_hits(opened: Meaning, engine: MemoryEngine) -> None:
    query = replace(heart_question(asked()), size=0)
    assert opened.search(engine, query) == engine.search(query)


def test_records_without_a_vector_are_found_all_the_same(opened: Meaning, engine: MemoryEngine, folder: Path) -> None:
    vectors = Vectors(folder / VECTORS)
    vectors.save([], [f"{number:02}" for number in range(10)], 2)
    vectors.close()
    result = opened.search(engine, replace(heart_question(asked()), size=30))
    assert sorted(ids(result)) == [f"{number:02}" for number in range(30)]
    assert NOTE in result.notes


def test_without_vectors_the_engine_answers(tmp_path: Path, engine: MemoryEngine) -> None:
    opened = Meaning(tmp_path, lambda folder: FakeEncoder())
    query = replace(heart_question(asked()), size=30)
    assert opened.search(engine, query) == engine.search(query)


def test_vectors_built_later_are_used_at_once(folder: Path, engine: MemoryEngine) -> None:
    away = folder / "away"
    (folder / VECTORS).rename(away)
    opened = Meaning(folder, lambda folder: FakeEncoder())
    assert NOTE not in opened.search(engine, heart_question(asked())).notes
    away.rename(folder / VECTORS)
    assert NOTE in opened.search(engine, heart_question(asked())).notes
    opened.close()


def test_vectors_of_another_model_are_not_used(folder: Path, engine: MemoryEngine) -> None:
    opened = Meaning(folder, lambda folder: FakeEncoder("newer"))
    query = replace(heart_question(asked()), size=30)
    assert opened.search(engine, query) == engine.search(query)
    opened.close()


def test_a_broken_model_is_told_once_and_searches_go_on(
    folder: Path, engine: MemoryEngine, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []

    def broken(folder: Path) -> Encoder:
        tries.append(folder)
        raise ConfigError("model.onnx is damaged")

    opened = Meaning(folder, broken)
    query = replace(heart_question(asked()), size=30)
    for _ in range(3):
        assert opened.search(engine, query) == engine.search(query)
    assert len(tries) == 1
    assert [record.getMessage() for record in caplog.records] == ["searching by words alone: model.onnx is damaged"]
