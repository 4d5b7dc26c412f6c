import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bookwheel.exports.citing.locale import Locale
from bookwheel.exports.citing.output import runs, to_html, to_text
from bookwheel.exports.citing.rich import Rich, Span, joined, parse
from bookwheel.exports.shelf import STYLES, load

AMERICAN = load(STYLES["mla"]).locale("en-US")
BRITISH = load(STYLES["harvard"]).locale("en-GB")


def text(*parts: Rich, locale: Locale = AMERICAN) -> str:
    return to_text(runs(joined(parts), locale))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Who?", ". ", "Who?"),
        ("A stop.", ". ", "A stop."),
        ("Colon:", ", ", "Colon:,"),
        ("Semicolon;", ".", "Semicolon;"),
        ("Who?", ", ", "Who?,"),
        ("word ", ", next", "word, next"),
        ("two ", " blanks", "two blanks"),
    ],
)
def test_marks_that_meet(before: str, after: str, shown: str) -> None:
    assert text(before, after) == shown


def test_american_full_stops_move_inside_quotation_marks_and_british_stay_out() -> None:
    title = Span(("Wheels",), "quote")
    assert text(title, ". ", "Next") == "“Wheels.” Next"
    assert text(title, ", ", "Next", locale=BRITISH) == "‘Wheels’, Next"


def test_a_question_keeps_its_mark_alone_inside() -> None:
    assert text(Span(("Wheels?",), "quote"), ".") == "“Wheels?”"


def test_quotation_marks_within_quotation_marks_are_the_other_ones() -> None:
    quoted = Span((parse("the “turn” of “it”"),), "quote")
    assert text(quoted) == "“the ‘turn’ of ‘it’”"
    assert text(quoted, locale=BRITISH) == "‘the “turn” of “it”’"


def test_italics_within_italics_stand_upright() -> None:
    title = Span((parse("On <i>Rosa</i> alone"),), "italic")
    assert to_html(runs(title, AMERICAN)) == '<i>On <span style="font-style:normal;">Rosa</span> alone</i>'


def test_only_addresses_of_the_web_are_made_links_by_styles() -> None:
    style = load(STYLES["apa"])
    item = {"id": "1", "type": "webpage", "title": "Trap", "URL": "javascript:alert(1)"}
    assert "<a" not in to_html(style.entry(item).body)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_html_is_well_formed_and_holds_no_tag_of_the_field(field: str) -> None:
    shown = to_html(runs(joined((Span((parse(field),), "italic"), ".")), AMERICAN))
    root = etree.fromstring(f"<p>{shown}</p>")
    assert {element.tag for element in root.iter()} <= {"p", "i", "b", "sup", "sub", "span"}
