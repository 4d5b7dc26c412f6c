"""Texts are taken apart as the model was taught them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.semantic.wordpiece import WordPieces, words

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "heart", "##s", "##less", "he", "##art", ",", "-", "中", "the"]


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(VOCABULARY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("The Heart", ["the", "heart"]),
        ("Sciumè's ΚΑΡΔΙΑ", ["sciume", "'", "s", "καρδια"]),
        ("p<0.05 $5", ["p", "<", "0", ".", "05", "$", "5"]),
        ("a\u00a0b\tc\u2003d", ["a", "b", "c", "d"]),
        ("so\u00adft zero\u200bwidth\x00", ["soft", "zerowidth"]),
        ("心臓heart", ["心", "臓", "heart"]),
        ("“quoted” – 5 µm ≤ 3", ["“", "quoted", "”", "–", "5", "µm", "≤", "3"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["[CLS]", "[SEP]"]),
        ("hearts", ["[CLS]", "heart", "##s", "[SEP]"]),
        ("heartless, heartless", ["[CLS]", "heart", "##less", ",", "heart", "##less", "[SEP]"]),
        ("heartz", ["[CLS]", "[UNK]", "[SEP]"]),
        ("s" * 101, ["[CLS]", "[UNK]", "[SEP]"]),
        ("中-he", ["[CLS]", "中", "-", "he", "[SEP]"]),
    ],
)
def test_numbers(pieces: WordPieces, text: str, expected: list[str]) -> None:
    assert [VOCABULARY[number] for number in pieces.numbers(text, 64)] == expected


@given(text=st.text(), most=st.integers(2, 20))
def test_never_more_than_asked_for(pieces: WordPieces, text: str, most: int) -> None:
    found = pieces.numbers(text, most)
    assert 2 <= len(found) <= most
    assert (found[0], found[-1]) == (2, 3)
