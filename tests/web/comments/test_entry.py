"""What a reader wrote, as the text of a comment."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.web.comments.entry import clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  plain \n", "plain"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        ("one  \n \n \n\ntwo", "one\n\ntwo"),
        ("e\u0301", "é"),
        ("\u202eevil\u0000\ud800", "evil"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
    ],
)
def test_text_is_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters() | st.sampled_from("\n\r\t \u202e\u200d\u0301")))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_nothing_steers_what_stands_around(text: str) -> None:
    left = {category(c) for c in clean(text) if c not in "\n\u200c\u200d\u200e\u200f"}
    assert not left & {"Cc", "Cf", "Cs"}
