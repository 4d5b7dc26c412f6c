"""The advanced form: what it asks as text, and the form a text opens as."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookwheel.search.advanced import Form, Group, Row, form_of, text_of
from bookwheel.search.parse import parse
from bookwheel.search.url import from_url


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("lookfor0[]=leukemia&type0[]=Title", "Title:leukemia"),
        (
            "lookfor0[]=leukemia&type0[]=Title&lookfor0[]=reda&type0[]=Author&bool0[]=AND",
            "Title:leukemia AND Author:reda",
        ),
        ("lookfor0[]=a+b&type0[]=AllFields&lookfor0[]=c&bool0[]=OR", "(a b) OR c"),
        ("lookfor0[]=a+b&type0[]=Title&lookfor0[]=c&bool0[]=OR", "Title:(a b) OR c"),
        ("lookfor0[]=a&bool0[]=AND&lookfor1[]=b&lookfor1[]=c&bool1[]=NOT&join=AND", "(a) AND NOT (b OR c)"),
        ("lookfor0[]=a&lookfor1[]=b&join=OR", "(a) OR (b)"),
        ("lookfor0[]=&lookfor0[]=a&type0[]=Title&type0[]=Title", "Title:a"),
        ("lookfor0[]=1687-9104&type0[]=ISN", "ISN:1687-9104"),
        ("lookfor0[]=2012&type0[]=year", "year:2012"),
        ("lookfor0[]=a&type0[]=nonsense", "a"),
        ("lookfor0[]=DNA+repair&lookfor0[]=RNA", "(DNA repair) AND RNA"),
        ('lookfor0[]="open&lookfor0[]=b', '("open) AND b'),
        ("lookfor0[]=&lookfor1[]=", ""),
        ("lookfor[]=a&type=Title", "a"),
    ],
)
def test_groups_become_the_text_that_asks_the_same(address: str, text: str) -> None:
    query = from_url(parse_qsl(address, keep_blank_values=True))
    assert query.text == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", Form()),
        ("leukemia treatment", Form((Group((Row("leukemia treatment"),)),))),
        ("title:leukemia", Form((Group((Row("leukemia", "Title"),)),))),
        (
            "ti:(chronic leukemia) OR author:reda",
            Form((Group((Row("chronic leukemia", "Title"), Row("reda", "Author")), "OR"),)),
        ),
        (
            "(Title:a OR b) AND NOT (c OR Author:d)",
            Form((Group((Row("a", "Title"), Row("b")), "OR"), Group((Row("c"), Row("d", "Author")), "NOT"))),
        ),
        ("a OR b AND c", Form((Group((Row("a OR b AND c"),)),))),
        ("year:[2010 TO 2012] AND doi:10.1/x", Form((Group((Row("[2010 TO 2012]", "year"), Row("doi:10.1/x"))),))),
        ('"open quote', Form((Group((Row('"open quote'),)),))),
    ],
)  # fmt: skip
def test_a_text_opens_as_the_form_it_has_the_shape_of(text: str, form: Form) -> None:
    assert form_of(text) == form


def test_a_text_of_another_search_type_is_one_row() -> None:
    assert form_of("a OR b", "Title") == Form((Group((Row("a OR b", "Title"),)),))


_words = st.lists(st.sampled_from(("leukemia", "p53", "the", '"to be"', "leuk*", "Müller")), min_size=1, max_size=3)
_rows = st.builds(Row, _words.map(" ".join), st.sampled_from(("AllFields", "AllFields", "Title", "Author", "abstract")))


def _forms() -> st.SearchStrategy[Form]:
    rows = st.lists(_rows, min_size=1, max_size=3).map(tuple)
    several = st.lists(_rows, min_size=2, max_size=3).map(tuple)
    join = st.sampled_from(("AND", "OR"))
    one = st.builds(lambda rows, join: Form((Group(rows, join if len(rows) > 1 else "AND"),)), rows, join)
    group = st.builds(Group, several, st.sampled_from(("AND", "OR", "NOT"))) | st.builds(
        lambda row, join: Group((row,), join), _rows, st.sampled_from(("AND", "NOT"))
    )
    return one | st.builds(Form, st.lists(group, min_size=2, max_size=3).map(tuple), join)


@settings(deadline=None)
@given(_forms())
def test_a_form_reopens_unchanged(form: Form) -> None:
    assert form_of(text_of(form)) == form


@settings(deadline=None)
@given(st.text(max_size=60) | st.from_regex(r'[ab ()"*:]{0,30}(?: (?:AND|OR|NOT) [ab()]{1,4}){0,3}', fullmatch=True))
def test_any_text_opens_and_asks_the_same(text: str) -> None:
    assert parse(text_of(form_of(text))).tree == parse(text).tree
