import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import corpus

from bookwheel.search.highlight import highlight, snippet
from bookwheel.search.parse import parse
from bookwheel.search.query import Node


def marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in highlight(text, parse(query).tree)]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("leukemia", "Leukemias and leukemia", ["Leukemias", "leukemia"]),
        ("sciume", "by Sciumè, M.", ["Sciumè"]),
        ('"treated cells"', "treated cells, treating cells", ["treated cells"]),
        ("SARS-CoV-2", "SARS CoV 2, SARS alone", ["SARS CoV 2"]),
        ('"a b"~3', "a x b", ["a", "b"]),
        ("leuk*", "leukocyte, Leukämie, luck", ["leukocyte", "Leukämie"]),
        ("sars-cov*", "SARS-CoV2", ["SARS-CoV2"]),
        ("a NOT b", "a b", ["a"]),
        ("title:a OR author:b", "a b", ["a", "b"]),
        ("北京", "在北京大学", ["北京"]),
        ("the who", "The Who", ["The", "Who"]),
        ("*:*", "a", []),
        ("year:2012", "2012", []),
        ("10.1155/2012/393864", "doi 10.1155/2012/393864.", ["10.1155/2012/393864"]),
        ('"a b" "b c"', "a b c", ["a b c"]),
        ("wom?n", "Women and woman", ["Women", "woman"]),
        ("leukemia~1", "leukaemia", ["leukaemia"]),
        ("cell NEAR/2 deat*", "cell of death", ["cell", "death"]),
        ('mh:"Disease, Chronic"', "chronic diseases", ["chronic", "diseases"]),
        ("(a)^2", "a", ["a"]),
    ],
)
def test_marks_what_was_found(query: str, text: str, found: list[str]) -> None:
    assert marked(text, query) == found


@given(tree=corpus.trees(), text=st.lists(corpus.WORD_TEXTS, max_size=20).map(" ".join) | st.text(max_size=100))
def test_spans_are_in_order_and_apart(tree: Node, text: str) -> None:
    spans = highlight(text, tree)
    places = [place for span in spans for place in span]
    assert places == sorted(set(places))
    assert all(0 <= place <= len(text) for place in places)


def test_a_snippet_shows_where_most_words_are() -> None:
    text = "leukemia " + "filler " * 100 + "treatment of leukemia in mice " + "filler " * 100
    found = snippet(text, parse("treatment leukemia mice").tree, size=120)
    assert "treatment of leukemia in mice" in found.text
    assert len(found.text) <= 120
    assert [found.text[start:end] for start, end in found.spans] == ["treatment", "leukemia", "mice"]
    assert text[found.start :].startswith(found.text)
    assert not found.text.startswith(" ")


@pytest.mark.parametrize("query", ["nothing", "filler", "*:*"])
def test_a_snippet_is_the_beginning_where_nothing_is_better(query: str) -> None:
    text = "filler " * 100
    assert snippet(text, parse(query).tree, size=50).start == 0
    assert snippet("short", parse(query).tree).text == "short"


@given(text=st.text(max_size=300), size=st.integers(10, 60))
def test_a_snippet_is_a_stretch_of_the_text(text: str, size: int) -> None:
    found = snippet(text, parse("a b 1").tree, size)
    assert len(found.text) <= max(size, 10)
    assert text[found.start : found.start + len(found.text)] == found.text
    assert all(0 <= start < end <= len(found.text) for start, end in found.spans)


def test_hostile_texts_are_marked_in_time() -> None:
    started = time.process_time()
    highlight("a " * 500_000, parse("a a* " + '"a a a a a b"').tree)
    assert time.process_time() - started < 2
