from urllib.parse import parse_qsl

import pytest

from bookwheel.search.url import from_url


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("lookfor0[]=leukemia&type0[]=Title", "Title:leukemia"),
        (
            "lookfor0[]=leukemia&type0[]=Title&lookfor0[]=reda&type0[]=Author&bool0[]=AND",
            "Title:leukemia AND Author:reda",
        ),
        ("lookfor0[]=a+b&type0[]=AllFields&lookfor0[]=c&bool0[]=OR", "(a AND b) OR c"),
        ("lookfor0[]=a&bool0[]=AND&lookfor1[]=b&lookfor1[]=c&bool1[]=NOT&join=AND", "a AND NOT (b OR c)"),
        ("lookfor0[]=a&lookfor1[]=b&join=OR", "a OR b"),
        ("lookfor0[]=&lookfor0[]=a&type0[]=Title&type0[]=Title", "Title:a"),
        ("lookfor0[]=1687-9104&type0[]=ISN", 'issn:"1687-9104" OR isbn:"1687-9104"'),
        ("lookfor0[]=2012&type0[]=year", "publishDateSort:[2012 TO 2012]"),
        ("lookfor0[]=a&type0[]=nonsense", "a"),
        ("lookfor0[]=&lookfor1[]=", ""),
        ("lookfor[]=a&type=Title", "a"),
    ],
)
def test_groups_become_the_text_that_asks_the_same(address: str, text: str) -> None:
    query = from_url(parse_qsl(address, keep_blank_values=True))
    assert query.text == text
