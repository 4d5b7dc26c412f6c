"""What a subject heading asks for in a catalogue whose records bear keywords of their authors, not headings."""

from __future__ import annotations

from bookwheel.search.analysis import folded_words
from bookwheel.search.query import And, Everything, Field, Heading, Node, Word

TEXT_WORD = "TextWord"


def natural_order(heading: str) -> str:
    """A heading as it is said: "Tomography, Optical Coherence" is "Optical Coherence Tomography"."""
    return " ".join(reversed([part.strip() for part in heading.split(",") if part.strip()]))


def as_words(heading: Heading) -> Node:
    """The heading's words, all of them, each in title, abstract or subjects.

    A record that bears the heading among its subjects has all its words there, and subjects count more than abstracts,
    so it is found and stands first.
    """
    words = tuple(Word(word) for word in folded_words(natural_order(heading.text)))
    if not words:
        return Everything()
    return Field(TEXT_WORD, words[0] if len(words) == 1 else And(words))
