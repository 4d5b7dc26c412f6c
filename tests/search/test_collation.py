import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.search.collation import MAX_BYTES, sort_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["äpfel", "Apple", "Banana", "Éclair", "zebra"],
        ["a b", "a c", "ab"],
        ["Łódź", "Lublin", "Müller", "Munro"],
        ["zebra", "Ωμέγα", "Елка", "北京"],
        ["2", "A"],
    ],
)
def test_order_of_readers(ordered: list[str]) -> None:
    shuffled = ordered[::-1]
    assert sorted(shuffled, key=sort_key) == ordered


def test_signs_alone_have_no_place() -> None:
    assert sort_key("— ?") == sort_key("") == ""


@given(st.text(max_size=200))
def test_keys_are_short_and_of_digits_and_capitals(text: str) -> None:
    key = sort_key(text)
    assert len(key) <= -(-MAX_BYTES * 8 // 5)
    assert set(key) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUV")
