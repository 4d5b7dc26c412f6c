"""A heading asks for subjects where a vocabulary knows it, and for its words where none does."""

import pytest
from tests.fakes.vocabulary import FakeVocabularies

from bookwheel.search.headings import (
    Explosion,
    as_words,
    headings_of,
    natural_order,
    ways_to_write,
    with_subjects,
)
from bookwheel.search.query import And, AtLeast, Boost, Everything, Field, Heading, Node, Not, Or, Word

KNOWN = FakeVocabularies(headings={"Neoplasms": ["Leukemia"], "Child": []})


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Tomography, Optical Coherence", "Optical Coherence Tomography"),
        ("Neoplasms", "Neoplasms"),
        ("2,4-Dinitrophenol", "2,4-Dinitrophenol"),
        ("Receptors, Cell, Small", "Small Cell Receptors"),
        ("", ""),
    ],
)
def test_a_heading_as_it_is_said(heading: str, said: str) -> None:
    assert natural_order(heading) == said


def test_ways_to_write_a_subject() -> None:
    assert ways_to_write("Breast neoplasms") == (
        "Breast neoplasms",
        "breast neoplasms",
        "Breast Neoplasms",
        "BREAST NEOPLASMS",
    )


def test_a_heading_without_words_asks_for_everything() -> None:
    assert as_words(Heading("—")) == Everything()


@pytest.mark.parametrize(
    "tree",
    [
        Heading("Neoplasms"),
        And((Word("x"), Heading("Neoplasms"))),
        Or((Heading("Neoplasms"), Heading("Neoplasms"))),
        Not(Heading("Neoplasms")),
        Boost(Field("Title", AtLeast((Heading("Neoplasms"), Word("x")), 1)), 2.0),
    ],
)
def test_subjects_reach_every_heading(tree: Node) -> None:
    heading = Heading("Neoplasms")
    assert headings_of(tree) == (heading,)
    found = with_subjects(tree, [Explosion(heading, KNOWN.heading("Neoplasms", True))])
    assert [each.subjects for each in headings_of(found)] == [("Neoplasms", "Leukemia")]
    assert with_subjects(tree, [Explosion(heading, None)]) == tree
