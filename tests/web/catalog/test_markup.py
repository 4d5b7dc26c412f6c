"""Text from strangers as HTML: what is kept, what is shown as text, and that nothing can do harm."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bookwheel.web.catalog.markup import block, inline, marked, plain, without_emails


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("<i>E. coli</i> O157", "<i>E. coli</i> O157"),
        ("CO<sub>2</sub>", "CO<sub>2</sub>"),
        ('<i class="x" onclick="alert(1)">a</i>', "<i>a</i>"),
        ("p<0.05 and q>1", "p&lt;0.05 and q&gt;1"),
        ("a <b and c> d", "a &lt;b and c&gt; d"),
        ("R&D &amp; more", "R&amp;D &amp; more"),
        ("<i>open", "<i>open</i>"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('<span style="color:red">red</span>', "red"),
        ("<p>kept out of titles</p>", "kept out of titles"),
        ("&lt;script&gt;", "&lt;script&gt;"),
        ("<jats:italic>x</jats:italic>", "<i>x</i>"),
    ],
)
def test_titles(text: str, html: str) -> None:
    assert str(inline(text)) == html


def test_abstracts_keep_paragraphs() -> None:
    assert str(block("<jats:p>One.</jats:p><p>Two<br/>lines.</p>")) == "<p>One.</p><p>Two<br>lines.</p>"


def test_plain_text_has_no_tags_and_no_entities() -> None:
    assert plain("<p>CO<sub>2</sub> &amp; p<0.05 <unknown></p>") == "CO2 & p<0.05 <unknown>"


def test_marks_are_set_after_escaping() -> None:
    assert str(marked("a <b> c", [(2, 5)])) == "a <mark>&lt;b&gt;</mark> c"


def test_emails_are_masked_wherever_they_stand() -> None:
    text = without_emails("mailto:a@b.org, <x>Jörg.Müller@uni-x.example.de</x>; no@where and @home")
    assert text == "mailto:…@…, <x>…@…</x>; no@where and @home"


_TAG = re.compile(r"<(?!/?(?:i|b|em|strong|sub|sup|p|br|mark)>)")


@given(st.text(alphabet="<>/ab=i'\"& ;!-scriptSVGon\x00\n", max_size=60))
def test_only_allowed_tags_ever_come_out(text: str) -> None:
    assert not _TAG.search(str(block(text)))
    assert not re.search(r"<(?!/?(?:i|b|em|strong|sub|sup)>)", str(inline(text)))


@given(st.text(), st.lists(st.tuples(st.integers(-2, 30), st.integers(-2, 30)), max_size=5))
def test_marks_change_nothing_but_add_marks(text: str, spans: list[tuple[int, int]]) -> None:
    inside = sorted((start, end) for start, end in spans if 0 <= start < end <= len(text))
    html = str(marked(text, inside))
    assert html.replace("<mark>", "").replace("</mark>", "") == str(escape(text))


@pytest.mark.parametrize(
    "text", ["<" * 100_000, "<a " * 30_000, "<a" + " " * 100_000, "a" * 100_000 + "@", "&" * 100_000]
)
def test_long_hostile_text_takes_no_time(text: str) -> None:
    from time import process_time

    before = process_time()
    block(text)
    plain(text)
    without_emails(text)
    assert process_time() - before < 2
