import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.records.latin import to_ascii


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łódź Ærø Þór đĐ ŋ ı İ ß ẞ", "Lodz AEro THor dD n i I ss SS"),
        ("Œuvre ﬁn Ǆ ŉ", "OEuvre fin DZ 'n"),
        ("“a” ‘b’ «c» – — … ′ × ÷ −", "\"a\" 'b' <<c>> - - ... ' * / -"),
        ("ａＢ１！\u3000\u00a0|", "aB1!  |"),
        ("e\u0301a\u0327\u0301", "ea"),
        ("Ж\u0301 й カ゛", "Ж\u0301 й カ゛"),
        ("plain", "plain"),
    ],
)
def test_to_ascii(text: str, expected: str) -> None:
    assert to_ascii(text) == expected


@given(st.text(st.characters(max_codepoint=0x17F)))
def test_european_letters_become_ascii(text: str) -> None:
    assert all(character.isascii() or character in "ªºµ" for character in to_ascii(text) if character.isalpha())


@given(st.text())
def test_twice_equals_once(text: str) -> None:
    assert to_ascii(to_ascii(text)) == to_ascii(text)
