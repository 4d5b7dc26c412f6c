"""Questions that would take too long are refused before they run, and patterns stand for a limited number of words."""

from collections.abc import Iterator
from math import isfinite

import pytest
from tests.tantivy_catalogue import fill, small_engine

from bookwheel.engines.tantivy import TantivyEngine, cost, facets
from bookwheel.engines.tantivy.expansion import MAX_EXPANSIONS, expanded
from bookwheel.errors import TooBroadError
from bookwheel.search.deadline import deadline
from bookwheel.search.engine import Stretch
from bookwheel.search.query import (
    And,
    AtLeast,
    Boost,
    Everything,
    Exact,
    FacetRequest,
    Field,
    Filter,
    Fuzzy,
    Heading,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Wildcard,
    Word,
    YearRange,
)

COMMON, RARE = Word("the"), Word("7")
"""Every title of the catalogue has the one, a few records have the other."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TantivyEngine]:
    made = small_engine(tmp_path_factory.mktemp("cost") / "index")
    fill(made, range(120), every=120)
    yield made
    made.close()


def seconds(engine: TantivyEngine, tree: Node, **more: object) -> float:
    return cost.seconds(engine._reader.snapshot(), Query(tree=tree, **more))  # type: ignore[arg-type]


NODES: tuple[Node, ...] = (
    Everything(),
    COMMON,
    Word("gene-p53"),
    Phrase("the water"),
    Phrase("of the", 5),
    Prefix("wat"),
    Prefix("the wat"),
    Wildcard("*a*e*"),
    Wildcard("the *a"),
    Fuzzy("water", 2),
    Near((Word("the"), Word("of")), 3),
    Near((Word("the"), Wildcard("*e")), 3, True),
    Near(tuple(map(Word, "abcde")), 99),
    Heading("Water"),
    Heading("Water", True, ("Water", "Lakes")),
    Boost(COMMON, 2.0),
    Range("publishDateSort", "1990", None),
    Exact("format", "Article"),
    Exact("doi_str_mv", "10.5555/test.7"),
    Field("Title", COMMON),
    And((COMMON, Not(RARE))),
    Or((COMMON, RARE)),
    Not(RARE),
    AtLeast((COMMON, RARE), 1),
)


@pytest.mark.parametrize("node", NODES, ids=repr)
def test_every_question_has_its_price(engine: TantivyEngine, node: Node) -> None:
    assert isfinite(seconds(engine, node))
    assert seconds(engine, Or((node, COMMON))) >= seconds(engine, COMMON) > 0


def test_what_few_records_leave_over_costs_little(engine: TantivyEngine) -> None:
    assert seconds(engine, And((RARE, COMMON))) < seconds(engine, COMMON)
    assert seconds(engine, COMMON, filters=(Filter("author_facet", "nobody"),)) == 0
    assert seconds(engine, Phrase("the of", 9)) > seconds(engine, Phrase("the 7", 9))


def test_a_tree_too_deep_has_a_price_too(engine: TantivyEngine) -> None:
    tree: Node = COMMON
    for _ in range(5_000):
        tree = Not(tree)
    assert seconds(engine, tree) >= 0


def test_a_question_is_refused_before_it_runs(engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cost, "_TERM", 1.0)
    with deadline(60), pytest.raises(TooBroadError):
        engine.search(Query(tree=COMMON))
    with deadline(60):
        assert 0 < engine.search(Query(tree=RARE)).total < 20
        assert engine.browse("format", Stretch(), Query(tree=RARE))
    with deadline(60), pytest.raises(TooBroadError):
        engine.browse("format", Stretch(), Query(tree=COMMON))
    assert engine.search(Query(tree=COMMON)).total == 120


def test_more_passes_need_more_time(engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    price = seconds(engine, COMMON)
    monkeypatch.setattr(cost, "seconds", lambda *_, **__: price and 1.0)
    with deadline(2.5):
        assert engine.search(Query(tree=COMMON, sort="title")).hits
    with deadline(2.5), pytest.raises(TooBroadError):
        engine.search(Query(tree=COMMON, sort="newest"))


def test_facets_with_a_filter_of_their_own_are_left_out_as_well(
    engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(
        tree=COMMON,
        filters=(Filter("format", "Article", "any"),),
        facets=(FacetRequest("format"), FacetRequest("language")),
        years=YearRange(1990, None),
    )
    monkeypatch.setattr(facets, "_VALUES", 1.0)
    with deadline(60):
        result = engine.search(query)
    assert result.hits
    assert result.facets == {}
    assert [note.kind for note in result.notes] == ["late-facets"]


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TantivyEngine]:
    """An engine with 300 records, each with a word of its own that begins and ends as the others do."""
    made = small_engine(tmp_path_factory.mktemp("wordy") / "index")
    with made.update(1) as writer:
        for number in range(300):
            title = f"a{number:03}ology rare" if number else "aaaology common"
            writer.add({"id": (f"w{number}",), "title": (title,)})
        writer.add({"id": ("twice",), "title": ("aaaology again",)})
    yield made
    made.close()


@pytest.mark.parametrize(
    "node", [Prefix("a"), Wildcard("a*logy"), Wildcard("*ology"), Near((Wildcard("*ology"), Word("rare")), 2)], ids=repr
)
def test_patterns_stand_for_the_most_frequent_words(wordy: TantivyEngine, node: Node) -> None:
    result = wordy.search(Query(tree=Field("Title", node), size=400))
    # Words near one another are one expression for the engine, which takes fewer.
    least = 90 if isinstance(node, Near) else MAX_EXPANSIONS
    assert least <= result.total <= MAX_EXPANSIONS + 1
    assert [(note.kind, note.honoured) for note in result.notes] == [("prefix-too-short", False)]


def test_frequent_words_come_first(wordy: TantivyEngine) -> None:
    found = expanded(wordy._reader.snapshot(), "text_title_words", "*ology")
    assert found.words[0] == "aaaology"
    assert (len(found.words), found.documents, found.is_cut) == (MAX_EXPANSIONS, MAX_EXPANSIONS + 1, True)


@pytest.mark.parametrize(
    ("pattern", "words"), [("rar?", ("rare",)), ("*mm*n", ("common",)), ("nothing*", ()), ("rare", ("rare",))]
)
def test_words_fit_in_full(wordy: TantivyEngine, pattern: str, words: tuple[str, ...]) -> None:
    assert expanded(wordy._reader.snapshot(), "text_title_words", pattern).words == words


def test_too_many_parts_are_told(wordy: TantivyEngine) -> None:
    result = wordy.search(Query(tree=Or(tuple(Word(f"w{number}") for number in range(1_100)))))
    assert [(note.kind, note.honoured) for note in result.notes] == [("too-large", False)]
