import pytest

from bookwheel.search.fields import FIELDS
from bookwheel.search.parse import parse
from bookwheel.search.ranking import (
    ANYWHERE,
    BASIC_TYPES,
    SEARCH_TYPES,
    SORT_ALIASES,
    SORTS,
    TEXT_COLUMNS,
    column_values,
    plain_words,
    search_type_named,
)


def test_columns_and_types_name_fields_of_the_schema() -> None:
    for column in TEXT_COLUMNS.values():
        assert set(column.sources) <= set(FIELDS)
    for kind in SEARCH_TYPES.values():
        assert set(kind.exact) <= set(FIELDS)
        assert {weighted.column for weighted in kind.columns} <= set(TEXT_COLUMNS)
        assert kind.columns or kind.exact


def test_columns_of_stems_have_their_words_in_every_type_that_uses_them() -> None:
    plain = {column.sources: column.name for column in TEXT_COLUMNS.values() if not column.stemmed}
    for kind in SEARCH_TYPES.values():
        names = {weighted.column for weighted in kind.columns}
        for name in names - {ANYWHERE}:
            assert plain[TEXT_COLUMNS[name].sources] in names


def test_the_column_of_everything_holds_nothing_of_its_own() -> None:
    others = {source for name, column in TEXT_COLUMNS.items() if name != ANYWHERE for source in column.sources}
    assert set(TEXT_COLUMNS[ANYWHERE].sources) <= others
    for source in TEXT_COLUMNS[ANYWHERE].sources:
        assert ANYWHERE not in {weighted.column for weighted in search_type_named(source).columns}


def test_names_lead_to_types_and_sorts() -> None:
    assert set(BASIC_TYPES) <= set(SEARCH_TYPES)
    assert set(SORT_ALIASES.values()) <= set(SORTS)
    assert all(name == kind.name for name, kind in SEARCH_TYPES.items())
    assert all(not sort.field or sort.field in FIELDS for sort in SORTS.values())


def test_column_values_come_once() -> None:
    document = {"title": ("A",), "title_short": ("A",), "title_full": ("A : b",), "title_alt": ("C",)}
    assert column_values(document, TEXT_COLUMNS["title"]) == ("A", "A : b", "C")


def test_a_field_of_the_index_can_be_asked_like_a_type() -> None:
    assert search_type_named("Title") is SEARCH_TYPES["Title"]
    assert [weighted.column for weighted in search_type_named("series").columns] == ["container", "container_words"]
    assert search_type_named("doi_str_mv").exact == ("doi_str_mv",)
    assert (search_type_named("nowhere").columns, search_type_named("nowhere").exact) == ((), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Chronic leukemia", "chronic leukemia"),
        ('a "b c"', "a b c"),
        ("T-cell", "t cell"),
        ("a^2 b", "a b"),
        ("10.1155/2012/393864", "10 1155 2012 393864"),
        ("a OR b", ""),
        ("a NOT b", ""),
        ("leuk*", ""),
        ("title:x", ""),
        ("", ""),
    ],
)
def test_plain_words(text: str, words: str) -> None:
    assert plain_words(parse(text).tree) == tuple(words.split())
