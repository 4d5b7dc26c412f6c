"""What a reader typed, as tags."""

from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.web.tags.entry import LONGEST, fold, is_too_long, joined, single, split


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", ()),
        ("   ", ()),
        ("leukemia", ("leukemia",)),
        ("chronic leukemia", ("chronic", "leukemia")),
        ('"chronic leukemia" therapy', ("chronic leukemia", "therapy")),
        ("chronic,leukemia;therapy", ("chronic", "leukemia", "therapy")),
        (",;, ;", ()),
        ('"Smith, John"', ("Smith, John",)),
        ("“chronic leukemia”, „in Prüfung“", ("chronic leukemia", "in Prüfung")),
        ('"chronic leukemia', ("chronic", "leukemia")),
        ('leu"kemia', ("leukemia",)),
        ('"" "  "', ()),
        ("Leukemia leukemia LEUKEMIA", ("Leukemia",)),
        ('"to  \t read"', ("to read",)),
        ("白血病、治療", ("白血病", "治療")),
        ("H₂O", ("H₂O",)),
        ("e\u0301tude", ("étude",)),
        ("evil\u202egnp\u0000", ("evilgnp",)),
        ("\u3164 \u200d", ()),
    ],
)
def test_text_becomes_tags(text: str, tags: tuple[str, ...]) -> None:
    assert split(text) == tags


@pytest.mark.parametrize(
    ("one", "other"),
    [("Straße", "STRASSE"), ("ＣＬＬ", "cll"), ("ﬁbrosis", "Fibrosis"), ("H₂O", "h2o"), ("a\u00adb", "ab")],
)
def test_these_are_the_same_tag(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_length_is_counted_in_characters() -> None:
    assert not is_too_long("ü" * LONGEST)
    assert is_too_long("ü" * (LONGEST + 1))


def test_tag_of_signs_that_stand_for_phrases_is_too_long() -> None:
    assert is_too_long("\ufdfa" * LONGEST)


def test_single_keeps_blanks_and_commas() -> None:
    assert single(' Smith,  "John" ') == "Smith, John"
    assert single('" "') == ""


@given(st.text())
def test_what_was_joined_splits_into_the_same(text: str) -> None:
    tags = split(text)
    assert split(joined(tags)) == tags


@given(st.text())
def test_tags_are_clean(text: str) -> None:
    for tag in split(text):
        assert tag == normalize("NFC", tag) == " ".join(tag.split())
        assert tag
        assert '"' not in tag
        assert not {category(c) for c in tag if c not in "\u200c\u200d"} & {"Cc", "Cf", "Cs"}


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.text(st.sampled_from('aé ,;"“\u0301\u202eß'))))
def test_no_tag_stands_twice(texts: list[str]) -> None:
    folded = [fold(tag) for tag in split(" ".join(texts))]
    assert len(folded) == len(set(folded))
