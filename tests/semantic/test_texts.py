"""What of a record a vector is made from."""

import pytest

from bookwheel.records.model import Record, Text
from bookwheel.semantic.texts import MAX_CHARACTERS, digest, text_of


def record(**values: object) -> Record:
    return Record("x-1", "x", "1", "", "Article", "oai_dc", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ""),
        ({"title": Text("Heart")}, "Heart"),
        ({"title": Text("Heart"), "abstract": Text("It beats.")}, "Heart. It beats."),
        ({"abstract": Text("It beats.")}, "It beats."),
        ({"title": Text("Herz", "deu"), "other_titles": (Text("Heart", "eng"),)}, "Heart"),
        ({"title": Text("Herz", "deu"), "other_titles": (Text("Coeur", "fra"),)}, "Herz"),
        ({"title": Text("Herz", "deu"), "other_titles": (Text("", "eng"),)}, "Herz"),
    ],
)
def test_text_of(values: dict[str, object], expected: str) -> None:
    assert text_of(record(**values)) == expected


def test_long_abstracts_are_cut() -> None:
    assert len(text_of(record(abstract=Text("word " * 1_000)))) == MAX_CHARACTERS


def test_half_a_surrogate_pair_has_a_digest() -> None:
    assert digest("a\ud800") != digest("a")
