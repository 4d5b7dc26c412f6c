"""Lists of values, suggestions and lists of words end in time, also where the names of values are read slowly."""

import sqlite3
from collections.abc import Iterator
from itertools import count

import pytest
from tests.tantivy_catalogue import fill, small_engine

from bookwheel.engines.tantivy import TantivyEngine, words
from bookwheel.engines.tantivy.dictionary import Dictionary
from bookwheel.errors import TooBroadError
from bookwheel.search import deadline as deadlines
from bookwheel.search.deadline import deadline
from bookwheel.search.engine import TITLES, Stretch
from bookwheel.search.query import FacetRequest, Fuzzy, Prefix, Query, Wildcard, Word

COMMON = Query(tree=Word("the"))


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TantivyEngine]:
    made = small_engine(tmp_path_factory.mktemp("deadline") / "index")
    fill(made, range(120), every=120)
    yield made
    made.close()


@pytest.fixture(scope="module")
def names() -> Iterator[Dictionary]:
    """Ten thousand names with a word in common."""
    made = Dictionary(":memory:", ("author",))
    made.number({"author": [f"Same Name {number}" for number in range(10_000)]})
    made.commit()
    yield made
    made.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock takes a second."""
    ticks = count(100)
    monkeypatch.setattr(deadlines, "now", lambda: float(next(ticks)))


LOOK_UPS = {
    "names": lambda names: names.values("author", range(1, 10_001)),
    "numbers": lambda names: names.ids("author", [f"Same Name {number}" for number in range(10_000)]),
    "one number": lambda names: names.id("author", "Nobody"),
    "in order": lambda names: names.ordered("author", "s", 5_000),
    "after": lambda names: names.ordered_after("author", "Same Name 1", 5_000),
    "before": lambda names: names.ordered_before("author", "Same Name 9", 5_000),
    "with a word": lambda names: names.with_word("author", "nam", 5_000),
}


@pytest.mark.parametrize("look_up", LOOK_UPS.values(), ids=LOOK_UPS)
def test_no_name_is_looked_up_when_the_time_is_over(names: Dictionary, look_up) -> None:  # type: ignore[no-untyped-def]
    with deadline(0), pytest.raises(TooBroadError):
        look_up(names)
    look_up(names)


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", ["names", "numbers", "in order", "after", "before", "with a word"])
def test_a_look_up_stops_halfway(names: Dictionary, name: str) -> None:
    names = names_without_memory(names)
    with deadline(3), pytest.raises(TooBroadError):
        LOOK_UPS[name](names)
    assert LOOK_UPS[name](names)


def names_without_memory(names: Dictionary) -> Dictionary:
    names._ids.clear()
    names._values.clear()
    return names


def test_nobody_waits_for_others_beyond_the_deadline(names: Dictionary) -> None:
    with names._lock, deadline(0.01), pytest.raises(TooBroadError):
        names.ordered("author", "", 1)
    assert names.ordered("author", "", 1)


def test_other_errors_stay_what_they_are(names: Dictionary) -> None:
    with pytest.raises(sqlite3.Error):
        names._select("SELECT nonsense", ())


def test_numbers_are_given_whatever_the_time(names: Dictionary) -> None:
    with deadline(0):
        assert names.number({"author": ["Somebody New"]})["author"]["Somebody New"] > 10_000


def test_lists_of_a_search_are_refused_when_the_time_is_over(engine: TantivyEngine) -> None:
    for within in None, COMMON:
        for containing in "", "author":
            with deadline(0), pytest.raises(TooBroadError):
                engine.browse("author_facet", Stretch(), within, containing)
            assert engine.browse("author_facet", Stretch(), within, containing)


def test_facets_whose_names_come_too_late_are_left_out(engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> None:
        raise TooBroadError("late")

    requests = (FacetRequest("format"), FacetRequest("publishDateSort"))
    monkeypatch.setattr(Dictionary, "values", late)
    result = engine.search(Query(tree=Word("the"), facets=requests))
    assert result.hits
    assert list(result.facets) == ["publishDateSort"]
    assert [note.kind for note in result.notes] == ["late-facets"]
    monkeypatch.undo()
    assert list(engine.search(Query(tree=Word("the"), facets=requests)).facets) == ["format", "publishDateSort"]


@pytest.mark.parametrize("field", ["author_facet", TITLES])
def test_nothing_is_suggested_when_the_time_is_over(engine: TantivyEngine, field: str) -> None:
    text = "auth" if field != TITLES else "the"
    assert engine.suggest(field, text)
    with deadline(0):
        assert engine.suggest(field, text) == ()


@pytest.mark.usefixtures("clock")
def test_suggestions_are_those_counted_in_time(engine: TantivyEngine) -> None:
    known = set(engine.suggest("author_facet", "auth", 40))
    numbers = set()
    for seconds in range(60):
        with deadline(seconds):
            some = engine.suggest("author_facet", "auth", 10)
        assert set(some) <= known
        numbers.add(len(some))
    assert {0, 1, 5, 9, 10} <= numbers


@pytest.mark.parametrize("pattern", [Prefix("wat"), Wildcard("w*r"), Wildcard("*ter"), Fuzzy("watre", 2)], ids=repr)
def test_words_of_a_pattern_are_cut_when_the_time_is_over(engine: TantivyEngine, pattern: object) -> None:
    whole = engine.words_of(pattern)  # type: ignore[arg-type]
    assert (whole.words[0].value, whole.is_cut) == ("water", False)
    with deadline(0):
        found = engine.words_of(pattern)  # type: ignore[arg-type]
    assert (found.words, found.is_cut) == ((), True)


@pytest.mark.usefixtures("clock")
def test_words_of_a_pattern_are_compared_as_long_as_there_is_time(
    engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "_COMPARED", 2)
    with deadline(4):
        found = engine.words_of(Wildcard("*"), 1_000)
    assert 0 < found.total <= 8
    assert found.is_cut
