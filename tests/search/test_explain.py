import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.corpus import trees

from bookwheel.search.explain import MAX_PARTS, as_typed, describe, in_words, patterns_of, with_counts
from bookwheel.search.parse import parse
from bookwheel.search.query import Node, Query
from bookwheel.search.syntaxes import SYNTAXES


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "every record"),
        ("leukemia", "leukemia in any form"),
        ('"lung cancer" NOT title:mouse', "exactly “lung cancer” and not mouse in any form in title"),
        ("year:[2010 TO *]", "published since 2010"),
        ("wom?n NEAR/2 leuk*", "words like wom?n near words that begin with leuk (at most 2 words between)"),
        ("leukemia~1", "words spelled like leukemia (up to 1 letter apart)"),
        ("lung cancer[tiab]", "exactly “lung cancer” in title and abstract"),
        (
            "Tomography, Optical Coherence[mh]",
            "all words of the heading “Optical Coherence Tomography” in title, abstract or subjects",
        ),
    ],
)
def test_says_it_in_words(text: str, words: str) -> None:
    assert describe(Query(text=text)).words == words


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tree=trees())
def test_every_tree_has_words(tree: Node) -> None:
    assert in_words(tree)


def test_parts_are_those_of_the_text() -> None:
    text = "  (lung cancer[tiab] OR tumour[ti]) AND child[mh]"
    found = describe(Query(text=text))
    assert [(part.text, part.kind, part.search_type) for part in found.parts] == [
        ("(lung cancer[tiab] OR tumour[ti])", "any", ""),
        ("child[mh]", "heading", ""),
    ]
    assert [(part.text, part.kind, part.search_type) for part in found.parts[0].parts] == [
        ("lung cancer[tiab]", "phrase", "TitleAbstract"),
        ("tumour[ti]", "phrase", "Title"),
    ]
    assert [part.text for part in found.parts if part.notes] == ["child[mh]"]
    assert [note.kind for note in found.parts[-1].notes] == ["heading"]
    assert not found.reproducible
    assert (found.syntax, found.is_chosen) == ("pubmed", False)


def test_patterns_are_those_whose_words_can_be_listed() -> None:
    tree = parse("leuk* OR title:wom?n OR NOT lenalidomid~ OR *itis OR leuk* OR t-ce*").tree
    assert list(map(as_typed, patterns_of(tree))) == ["leuk*", "wom?n", "lenalidomid~"]


def test_parts_are_counted_but_for_a_single_one() -> None:
    found = describe(Query(text="lung"))
    assert with_counts(found, lambda node: pytest.fail("counted"), 7).parts[0].count == 7
    assert with_counts(found, lambda node: 3).parts[0].count == 3
    found = describe(Query(text="lung OR (cancer AND NOT mouse)"))
    counted = with_counts(found, lambda node: len(str(node)), 7)
    assert all(part.count for part in (*counted.parts, *counted.parts[1].parts))


def test_a_long_search_shows_its_first_parts() -> None:
    found = describe(Query(text=" OR ".join(f"w{number}" for number in range(90))))
    assert (len(found.parts), found.has_more) == (MAX_PARTS, True)


def test_lines_of_a_strategy_are_parts() -> None:
    found = describe(Query(text="lung.ti.\ncancer.ti.\n1 and 2"))
    assert [(part.line, part.text) for part in found.parts] == [(1, "lung.ti."), (2, "cancer.ti."), (3, "1 and 2")]
    assert [part.words for part in found.parts][:2] == ["exactly “lung” in title", "exactly “cancer” in title"]
    assert found.reproducible


@pytest.mark.parametrize(
    "text", ["leukemia treatment", "lung cancer[tiab] AND child[mh]", "a.ti. or exp b/", "dc.title = x"]
)
def test_what_is_printed_can_be_read_again(text: str) -> None:
    for printed in describe(Query(text=text)).printed:
        again = parse(printed.text, syntax=printed.syntax)
        assert printed.notes or again.tree == parse(text).tree


@settings(deadline=None)
@given(
    text=st.text()
    | st.from_regex(r'[a-c ():".*?\[\]#/0-9]{0,40}( (AND|or|adj3|prox) [a-c\[\]]{1,5}){0,3}', fullmatch=True)
)
def test_any_text_can_be_described(text: str) -> None:
    for syntax in ("", *SYNTAXES):
        found = describe(Query(text=text, syntax=syntax))
        for part in found.parts:
            assert 0 <= part.start <= part.end <= len(text)
