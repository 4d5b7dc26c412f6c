import pytest

from bookwheel.exports.citing.numbers import is_numeric, is_plural, numbered, paged
from bookwheel.exports.shelf import STYLES, load

ENGLISH = load(STYLES["apa"]).locale("en-US")


@pytest.mark.parametrize("value", ["12", "2nd", "D2", "L2d", "3-5", "1, 2 & 4", "2 and 3"])
def test_numbers_with_letters_and_ranges_are_numeric(value: str) -> None:
    assert is_numeric(value)


@pytest.mark.parametrize("value", ["", "Revised ed.", "second", "12 January", "Suppl"])
def test_wording_is_not_numeric(value: str) -> None:
    assert not is_numeric(value)


@pytest.mark.parametrize(
    ("pages", "range_format", "shown"),
    [
        ("101-117", "expanded", "101–117"),
        ("101-17", "expanded", "101–117"),
        ("1321-1328", "minimal", "1321–8"),
        ("1321-1328", "minimal-two", "1321–28"),
        ("3-10", "chicago-16", "3–10"),
        ("100-104", "chicago-16", "100–104"),
        ("107-108", "chicago-16", "107–8"),
        ("321-328", "chicago-16", "321–28"),
        ("1087-1089", "chicago-16", "1087–89"),
        ("1496-1500", "chicago-16", "1496–500"),
        ("S12-S19", "expanded", "S12–S19"),
        ("e1004", "expanded", "e1004"),
        ("7", "minimal", "7"),
        ("120-17", "minimal", "120–17"),
        ("12-19", "", "12–19"),
    ],
)
def test_page_ranges(pages: str, range_format: str, shown: str) -> None:
    assert paged(pages, range_format) == shown


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        ("2", "ordinal", "2nd"),
        ("11", "ordinal", "11th"),
        ("23", "ordinal", "23rd"),
        ("112", "ordinal", "112th"),
        ("2", "long-ordinal", "second"),
        ("14", "roman", "xiv"),
        ("1999", "roman", "mcmxcix"),
        ("2-3", "numeric", "2–3"),
        ("1,2", "numeric", "1, 2"),
        ("Revised ed.", "ordinal", "Revised ed."),
    ],
)
def test_forms(value: str, form: str, shown: str) -> None:
    assert numbered(value, form, ENGLISH) == shown


def test_a_range_of_pages_is_plural_and_a_count_of_volumes_is_not_read_as_one() -> None:
    assert is_plural("page", "3-5")
    assert not is_plural("page", "35")
    assert is_plural("number-of-volumes", "2")
    assert not is_plural("number-of-volumes", "1")
