"""Where PyICU is installed, our tables are held against ICU itself; without it these tests skip."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.records import matching
from bookwheel.records.text import strip_articles, title_sort

icu = pytest.importorskip("icu", reason="PyICU is not installed")

# Letters, quotes, dashes and accents that follow a letter: what titles and names in Latin script are made of.
_LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x24F) | st.sampled_from("ẤỆḥṣﬁ’“”–…½Ⅳ²β")
_LATIN = st.lists(_LETTERS | _LETTERS.map(lambda c: f"a\u0301{c}")).map("".join)


def transliterated(rules: str, text: str) -> str:
    return str(icu.Transliterator.createFromRules("test", rules, icu.UTransDirection.FORWARD).transliterate(text))


@given(_LATIN)
def test_title_sort_is_icus(text: str) -> None:
    expected = transliterated(":: Latin-ASCII;", strip_articles(text))
    expected = re.sub(r"[!-/:-@\[-`{-~ \t-\r]+", " ", expected).strip(" \t\n\r\0\x0b").lower()
    assert title_sort(text) == expected


@given(_LATIN | st.text())
def test_work_keys_are_icus(text: str) -> None:
    expected = transliterated(matching._RULES, text).lower()[:255]
    assert matching.work_keys(text, ["x"])[:1] == ((f"AT x {expected}",) if expected not in ("", "0") else ())


@pytest.mark.parametrize(
    ("title", "key"), [("Москва", "moskva"), ("北京大学", "běijīngdàxué"), ("हिन्दी", "hindī"), ("Толстой", "tolstoj")]
)
def test_other_scripts_become_latin(title: str, key: str) -> None:
    assert matching.work_keys(title, ["X"]) == (f"AT x {key}",)
