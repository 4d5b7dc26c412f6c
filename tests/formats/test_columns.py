import pytest

from bookwheel.errors import ConfigError
from bookwheel.formats.columns import FIELDS, GUESSES, guessed, read_columns
from bookwheel.records import kinds

MAPPING = """
separator = "|"
title = "Titel"
authors = ["Autor 1", "Autor 2"]
[types]
"Aufsatz" = "Article"
"""


def test_a_mapping_names_the_columns_of_each_field() -> None:
    columns = read_columns(MAPPING, "m.toml")
    assert columns.of(["autor 2", " Titel", "Autor 1", "Jahr"]) == {
        "title": [" Titel"],
        "authors": ["Autor 1", "autor 2"],
    }
    assert columns.separator == "|"
    assert (columns.kind("AUFSATZ"), columns.kind("Book Section"), columns.kind("?")) == (
        kinds.ARTICLE,
        kinds.CHAPTER,
        "",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = ", "m.toml: no TOML"),
        ("titel = 'a'", "unknown field 'titel'.*Did you mean 'title'"),
        ("title = 5", "title: expected the name of a column"),
        ("separator = ''", "separator is a text"),
        ("[types]\na = 'Aufsatz'", "unknown kind 'Aufsatz'; known: Article"),
    ],
)
def test_a_mistake_is_told_with_what_is_known(text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        read_columns(text, "m.toml")


def test_guesses_lead_to_fields() -> None:
    assert set(GUESSES.values()) == set(FIELDS)
    assert guessed(["Article Title", "Manual Tags", "Automatic Tags", "Colour"]) == {
        "title": ["Article Title"],
        "keywords": ["Manual Tags", "Automatic Tags"],
    }
