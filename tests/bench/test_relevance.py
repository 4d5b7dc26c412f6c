"""The measures against values worked out by hand, and the whole bench on a collection of three articles."""

import json
from pathlib import Path

import pytest
from bench.relevance.baselines import EngineBm25, ReferenceBm25
from bench.relevance.catalogue import LibraryAsked, documents, fill
from bench.relevance.collections import load
from bench.relevance.measures import average_precision, ndcg, recall, reciprocal_rank

from bookwheel.library import Library

JUDGED = {"a": 2, "b": 1, "c": 0, "d": 1}


def test_measures_of_a_ranking() -> None:
    ranking = ["c", "a", "x", "b"]
    assert ndcg(ranking, JUDGED) == pytest.approx((2 / 1.58496 + 1 / 2.32193) / (2 + 1 / 1.58496 + 1 / 2), abs=1e-4)
    assert average_precision(ranking, JUDGED) == pytest.approx((1 / 2 + 2 / 4) / 3)
    assert recall(ranking, JUDGED, depth=2) == pytest.approx(1 / 3)
    assert reciprocal_rank(ranking, JUDGED) == 0.5


@pytest.mark.parametrize("ranking", [[], ["c"], ["x"]])
def test_finding_nothing_is_worth_nothing(ranking: list[str]) -> None:
    for measure in (ndcg, average_precision, recall, reciprocal_rank):
        assert measure(ranking, JUDGED) == 0
        assert measure(ranking, {}) == 0


def test_a_collection_is_imported_and_asked_like_a_page(tmp_path: Path) -> None:
    data = tmp_path / "data" / "ir-cacm"
    data.mkdir(parents=True)
    texts = {"1": "leukemia of cats", "2": "glaciers of the north", "3": "chronic leukemia of children in the north"}
    lines = [json.dumps({"_id": number, "title": text, "text": ""}) for number, text in texts.items()]
    (data / "corpus.jsonl").write_text("\n".join(lines))
    (data / "queries.jsonl").write_text(
        '{"_id": "q", "text": "what is known about chronic leukemia of old people"}\n{"_id": "unjudged", "text": "x"}'
    )
    (data / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\t3\t1\n")
    collection = load("ir-cacm", tmp_path / "data")
    assert [question.id for question in collection.questions] == ["q"]
    assert collection.is_known_item
    fill(tmp_path / "catalogue", collection)
    with Library.open(tmp_path / "catalogue") as library:
        found = list(documents(library, collection.articles))
        for asked in (LibraryAsked(library), EngineBm25(found), ReferenceBm25(found)):
            assert asked.rank(collection.questions[0].text, 10) == ["3", "1"]
