import pytest
from hypothesis import HealthCheck, assume, given, settings
from tests.corpus import box_trees

from bookwheel.search.limits import MAX_CHARACTERS
from bookwheel.search.parse import parse
from bookwheel.search.query import And, Everything, Exact, Field, Node, Not, Or, Phrase, Prefix, Range, Word
from bookwheel.search.write import write


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tree=box_trees())
def test_what_is_written_is_read_as_the_same(tree: Node) -> None:
    text = write(tree)
    assume(len(text) <= MAX_CHARACTERS)
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Everything(), ""),
        (And((Word("a"), Not(Word("b")))), "a AND NOT b"),
        (Or((Word("a"), And((Word("b"), Word("c"))))), "a OR (b AND c)"),
        (Field("Title", Or((Prefix("leuk"), Phrase("a b", 3)))), 'Title:(leuk* OR "a b"~3)'),
        (Range("publishDateSort", None, "2012"), "publishDateSort:[* TO 2012]"),
        (Exact("author_facet", 'O"Hara'), 'author_facet:"O\\"Hara"'),
        (And((Word("TO"), Word("OR"), Word("BE"))), "TO AND \\OR AND BE"),
        (Not(Word("FOUND")), "(NOT FOUND)"),
        (Word("10.1000/abc"), "\\10.1000/abc"),
    ],
)
def test_writes_as_a_reader_would(tree: Node, text: str) -> None:
    assert write(tree) == text
    assert parse(text).tree == tree
