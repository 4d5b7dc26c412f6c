"""Facet counts of the embedded engine are those a reader would get by counting, on an index of many segments."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.tantivy_catalogue import document, fill, small_engine

from bookwheel.engines.tantivy import TantivyEngine, facets
from bookwheel.search.fields import field_values
from bookwheel.search.query import Everything, FacetRequest, Filter, Query, Word, YearRange
from bookwheel.search.results import Document, FacetValue

FIELDS = ("format", "author_facet", "topic_facet", "language", "publishDateSort")
REQUESTS = tuple(FacetRequest(field, 12) for field in FIELDS)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[tuple[TantivyEngine, dict[str, Document]]]:
    """An index of many segments, with updated and deleted records, and what it should hold."""
    engine = small_engine(tmp_path / "index")
    fill(engine, range(300), every=50)
    expected = {one["id"][0]: one for one in map(document, range(300))}
    chance = random.Random(5)
    with engine.update(301) as writer:
        for number in chance.sample(range(300), 60):
            changed = document(number, version=1)
            expected[changed["id"][0]] = changed
            writer.add(changed)
        for number in chance.sample(range(300), 40):
            gone = document(number)["id"][0]
            del expected[gone]
            writer.delete(gone)
    # From the eighth on, the engine merges segments.
    assert engine._reader.snapshot().searcher.num_segments == 7
    yield engine, expected
    engine.close()


def has(one: Document, condition: Filter) -> bool:
    return condition.value in field_values(one, condition.field)


def accepted(one: Document, conditions: tuple[Filter, ...]) -> bool:
    alternatives: dict[str, list[bool]] = {}
    for condition in conditions:
        if condition.mode == "any":
            alternatives.setdefault(condition.field, []).append(has(one, condition))
        elif has(one, condition) is (condition.mode == "none"):
            return False
    return all(any(answers) for answers in alternatives.values())


def counted(documents: list[Document], field: str, limit: int) -> tuple[FacetValue, ...]:
    counts = Counter(value for one in documents for value in set(field_values(one, field)))
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetValue(value, count) for value, count in ordered[:limit])


CONDITIONS = [
    (),
    (Filter("format", "Article"),),
    (Filter("format", "Article"), Filter("topic_facet", "water")),
    (Filter("format", "Article", "none"),),
    (Filter("topic_facet", "water", "any"), Filter("topic_facet", "bee", "any")),
    (Filter("topic_facet", "water", "any"), Filter("topic_facet", "bee", "any"), Filter("language", "English", "any")),
    (Filter("topic_facet", "water"), Filter("topic_facet", "bee", "any"), Filter("author_facet", "Author, 3", "none")),
    (Filter("author_facet", "nobody of this name"),),
    (Filter("publishDateSort", "2001", "any"), Filter("publishDateSort", "2002", "any")),
]


@pytest.mark.parametrize("conditions", CONDITIONS)
def test_counts_are_exact(catalogue: tuple[TantivyEngine, dict[str, Document]], conditions: tuple[Filter, ...]) -> None:
    engine, expected = catalogue
    result = engine.search(Query(filters=conditions, facets=REQUESTS))
    assert result.total == sum(accepted(one, conditions) for one in expected.values())
    for request in REQUESTS:
        others = tuple(each for each in conditions if each.field != request.field or each.mode != "any")
        documents = [one for one in expected.values() if accepted(one, others)]
        facet = result.facets[request.field]
        assert facet.values == counted(documents, request.field, request.limit)
        everything = counted(documents, request.field, 10_000)
        assert facet.has_more is (len(everything) > request.limit)


def test_counts_the_engine_is_not_sure_of_are_counted_again(
    catalogue: tuple[TantivyEngine, dict[str, Document]], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, expected = catalogue
    monkeypatch.setattr(facets, "_SEGMENT_SIZE", 3)
    monkeypatch.setattr(facets, "_TIES", 0)
    shown = engine.search(Query(facets=(FacetRequest("author_facet", 3),))).facets["author_facet"].values
    counts = Counter(value for one in expected.values() for value in set(field_values(one, "author_facet")))
    assert shown
    assert all(value.count == counts[value.value] for value in shown)


def test_year_range_restricts_and_is_counted(catalogue: tuple[TantivyEngine, dict[str, Document]]) -> None:
    engine, expected = catalogue
    result = engine.search(Query(years=YearRange(2000, 2004), facets=(FacetRequest("publishDateSort", 100),)))
    within = [one for one in expected.values() if "2000" <= one.get("publishDateSort", ("",))[0] <= "2004"]
    assert result.total == len(within)
    assert result.facets["publishDateSort"].values == counted(within, "publishDateSort", 100)


def test_a_kept_count_does_not_outlive_its_commit(catalogue: tuple[TantivyEngine, dict[str, Document]]) -> None:
    engine, _ = catalogue
    query = Query(tree=Everything(), facets=(FacetRequest("format"),))
    before = engine.search(query).facets["format"].values
    assert engine.search(query).facets["format"].values == before
    with engine.update(302) as writer:
        writer.add(document(9_000, format=("Dataset",)))
    assert FacetValue("Dataset", 1) in engine.search(query).facets["format"].values


def test_an_unknown_facet_is_a_note(catalogue: tuple[TantivyEngine, dict[str, Document]]) -> None:
    engine, _ = catalogue
    result = engine.search(Query(tree=Word("water"), facets=(FacetRequest("title"),)))
    assert not result.facets
    assert [note.kind for note in result.notes] == ["no-facet"]
