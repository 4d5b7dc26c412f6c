import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.exports.citing.casing import cased
from bookwheel.exports.citing.rich import parse, plain

CASES = ["lowercase", "uppercase", "capitalize-first", "capitalize-all", "sentence", "title"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("the turn of the wheel: a history", "The Turn of the Wheel: A History"),
        ("mRNA and the book wheel", "mRNA and the Book Wheel"),
        ("employee pro-environmental behaviour", "Employee Pro-Environmental Behaviour"),
        ("what the wheel is for", "What the Wheel Is For"),
        ("saline solution of β-carotene", "Saline Solution of β-Carotene"),
        ("a review by A.N. author", "A Review by A.N. Author"),
        ("<i>rosa canina</i> and H<sub>2</sub>o in the library of linnaeus", None),
        ("DNA REPAIR", "DNA REPAIR"),
        ("the wheel turns. But who turns it", "The Wheel Turns. But Who Turns It"),
        ("wheels vs. the rest", "Wheels vs. the Rest"),
        ("", ""),
    ],
)
def test_title_case(title: str, shown: str | None) -> None:
    made = plain(cased(parse(title), "title", english=True))
    assert made == (shown if shown is not None else "Rosa Canina and H2O in the Library of Linnaeus")


def test_titles_of_other_languages_keep_their_letters() -> None:
    assert cased("la rueda de los libros", "title", english=False) == "la rueda de los libros"


def test_what_is_marked_nocase_keeps_its_letters() -> None:
    made = cased(parse('the <span class="nocase">de novo</span> wheel'), "uppercase", english=True)
    assert plain(made) == "THE de novo WHEEL"


def test_sentence_case_lowers_only_what_shouts() -> None:
    assert cased("READING WHEELS", "sentence", english=True) == "Reading wheels"
    assert cased("reading in Lisbon", "sentence", english=True) == "Reading in Lisbon"


@given(st.text(), st.sampled_from(CASES))
def test_case_never_loses_a_letter(text: str, case: str) -> None:
    assert plain(cased(parse(text), case, english=True)).casefold() == plain(parse(text)).casefold()
