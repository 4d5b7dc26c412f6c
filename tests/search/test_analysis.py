import sys
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.search.analysis import MAX_WORD, folded_words, isn, stem, stems, title_key, tokens

TEXTS = st.text(max_size=80) | st.text("éÉße̍ﾊﾞ北京한ी्'’s S.ـ½İł p53", max_size=40)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("— ?! —", ""),
        ("The Éclair: A Life", "the eclair a life"),
        ("p53 covid19 SARS-CoV-2 10.1155/2012/393864", "p53 covid19 sars cov 2 10 1155 2012 393864"),
        ("Sciumè Łódź Straße Øre cœur Þór İzmir ışık đak", "sciume lodz strasse ore coeur thor izmir isik dak"),
        ("Crohn's Crohn’s don't O'Brien dogs'", "crohn crohn don t o brien dogs"),
        ("CO₂ H₂O ½ ℡ Ⅳ ﬁne ＡＢＣ", "co2 h2o 1 2 tel iv fine abc"),
        ("soft\u00adhyphen zero\u200dwidth zero\u200bspace", "softhyphen zerowidth zero space"),
        ("Ωμέγα ΟΔΥΣΣΕΎΣ", "ωμεγα οδυσσευσ"),
        ("Ёлка Їжак Преображенский", "елка іжак преображенскии"),
        ("أَحْمَد الْعَرَبِيَّة کتاب ١٢٣", "احمد العربيه كتاب 123"),
        ("עִבְרִית", "עברית"),
        ("北京大学 p53研究", "北 京 大 学 p53 研 究"),
        ("हिन्दी क़लम", "हिन्दी क़लम"),
        ("ʿAbd al-Raḥmān", "abd al rahman"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert folded_words(text) == words.split()


def test_kana_keep_their_voicing_however_it_is_written() -> None:
    assert folded_words("ﾊﾞ") == folded_words("バ") == folded_words("ハ\u3099") != folded_words("ハ")


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folded_words(text)
    assert [word for each in once for word in folded_words(each)] == once


@given(TEXTS)
def test_tokens_are_the_words_with_their_places(text: str) -> None:
    found = tokens(text)
    assert [token.text for token in found] == folded_words(text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    for token in found:
        assert token.text in folded_words(text[token.start : token.end])


@given(TEXTS)
def test_stems_stand_where_the_words_stand(text: str) -> None:
    assert stems(text) == [stem(word) for word in folded_words(text)]


def test_places_hold_the_accents_of_their_word() -> None:
    text = "«E\u0301clair’s» p53"
    assert [text[token.start : token.end] for token in tokens(text)] == ["E\u0301clair", "p53"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("leukemias treated studies", "leukemia treat studi"), ("p53s лекарства", "p53s лекарства"), ("to be", "to be")],
)
def test_stems(text: str, wanted: str) -> None:
    assert stems(text) == wanted.split()


def test_long_words_are_cut() -> None:
    assert folded_words("x" * 5000) == stems("x" * 5000) == ["x" * MAX_WORD]
    assert tokens("x" * 5000)[0] == ("x" * MAX_WORD, 0, 5000)


def test_every_character_can_be_folded() -> None:
    for code in range(0, sys.maxunicode, 7):
        words = folded_words(chr(code))
        assert all(" " not in word for word in words)


def test_threads_may_stem_at_once() -> None:
    words = [f"{first}{second}izations" for first in "abcdefghijklm" for second in "aeiou"]
    wrong: list[str] = []

    def run() -> None:
        wrong.extend(word for word in words * 3 if not word.startswith(stem(word)) or stem(word) == word)

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1687-9104", "16879104"),
        (" 2041-172X (online)", "2041172x"),
        ("978-3-16-148410-0", "9783161484100"),
        ("abc", ""),
        ("", ""),
        ("1" * 101, ""),
    ],
)
def test_isn(text: str, wanted: str) -> None:
    assert isn(text) == wanted


def test_title_key_forgets_punctuation() -> None:
    assert title_key("To be, or not to be?") == title_key("TO BE OR NOT TO BE")
