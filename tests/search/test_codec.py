"""A kept query comes back as it was, and what is no kept query is told by a sentence."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.errors import KeptQueryError
from bookwheel.search.codec import CHECKS, NODES, VERSION, decode, encode, kept_fields
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
from bookwheel.search.url import from_url

TEXTS = st.text(max_size=12)
YEARS = st.none() | st.integers(-10, 3000)
LEAVES = st.one_of(
    st.just(Everything()),
    st.builds(Word, TEXTS),
    st.builds(Phrase, TEXTS, st.integers(0, 9)),
    st.builds(Prefix, TEXTS),
    st.builds(Wildcard, TEXTS),
    st.builds(Fuzzy, TEXTS, st.integers(1, 2)),
    st.builds(Heading, TEXTS, st.booleans(), st.lists(TEXTS, max_size=2).map(tuple)),
    st.builds(Range, TEXTS, st.none() | TEXTS, st.none() | TEXTS),
    st.builds(Exact, TEXTS, TEXTS),
)


def inner(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.one_of(
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Not, parts),
        st.builds(Field, TEXTS, parts),
        st.builds(Boost, parts, st.floats(0, 10)),
        st.builds(AtLeast, several, st.integers(0, 3)),
        st.builds(Near, several, st.integers(0, 9), st.booleans()),
    )


TREES: st.SearchStrategy[Node] = st.recursive(LEAVES, inner, max_leaves=12)
QUERIES = st.builds(
    Query,
    text=TEXTS,
    tree=TREES,
    search_type=TEXTS,
    filters=st.lists(st.builds(Filter, TEXTS, TEXTS, st.sampled_from(["all", "any", "none"])), max_size=3).map(tuple),
    years=st.builds(YearRange, YEARS, YEARS),
    sort=TEXTS,
    page=st.integers(1, 9),
    size=st.integers(1, 100),
    after=TEXTS,
    syntax=TEXTS,
    synonyms=st.sampled_from([None, True, False]),
)


@given(QUERIES)
def test_query_comes_back_as_it_was(query: Query) -> None:
    assert decode(encode(query)) == query


@given(QUERIES)
def test_what_comes_back_is_written_the_same(query: Query) -> None:
    assert encode(decode(encode(query))) == encode(query)


def test_facets_and_notes_are_no_part_of_it() -> None:
    query = from_url([("lookfor", "bees OR"), ("sort", "nonsense")], facets=[FacetRequest("format")])
    assert query.notes
    back = decode(encode(query))
    assert (back.facets, back.notes, back.tree) == ((), (), query.tree)


def test_every_field_of_every_node_is_known() -> None:
    """A field of a new type needs a check before it can be kept."""
    assert {str(row.type) for kind in (*NODES, Filter, YearRange, Query) for row in kept_fields(kind)} <= CHECKS.keys()
    assert {kind.__name__ for kind in NODES} == {name.__name__ for name in Node.__args__}


def test_later_version_is_told_as_such() -> None:
    text = json.dumps({"version": VERSION + 1, "query": {"is": "Query"}})
    with pytest.raises(KeptQueryError, match=f"version {VERSION + 1}"):
        decode(text)


@pytest.mark.parametrize(
    "query",
    [
        None,
        [],
        "text",
        {"is": "Word", "text": "bees"},
        {"is": "Nonsense"},
        {"is": "Query", "tree": {"is": "Word"}},
        {"is": "Query", "tree": {"is": "Word", "text": 3}},
        {"is": "Query", "tree": {"is": "Word", "text": "bees", "colour": "red"}},
        {"is": "Query", "tree": {"is": "And", "parts": ["bees"]}},
        {"is": "Query", "page": True},
        {"is": "Query", "filters": [{"is": "Filter", "field": "format", "value": "x", "mode": "perhaps"}]},
        {"is": "Query", "notes": []},
    ],
)
def test_what_is_no_query_is_refused(query: Any) -> None:
    with pytest.raises(KeptQueryError):
        decode(json.dumps({"version": VERSION, "query": query}))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"version":"1"}', '{"version":true}', "[" * 100_000])
def test_what_is_no_kept_query_is_refused(text: str) -> None:
    with pytest.raises(KeptQueryError):
        decode(text)


def test_bottomless_tree_is_refused() -> None:
    tree: dict[str, Any] = {"is": "Word", "text": "bees"}
    for _ in range(300):
        tree = {"is": "Not", "part": tree}
    with pytest.raises(KeptQueryError, match="deeper"):
        decode(json.dumps({"version": VERSION, "query": {"is": "Query", "tree": tree}}))
