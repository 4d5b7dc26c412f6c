"""A query tree printed in the language of the box or of a database: `parse(write(tree), syntax=…).tree == tree`.

The law holds for trees as the reader of that language makes them; what a language cannot say is noted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bookwheel.search.notes import Notes
from bookwheel.search.query import Node, Note
from bookwheel.search.syntaxes import box_writer, cql_writer, ovid_writer, pubmed_writer


@dataclass(frozen=True, slots=True)
class Written:
    """A tree as text; `notes` say where the text asks something else than the tree."""

    text: str
    notes: tuple[Note, ...] = ()


def write(tree: Node) -> str:
    """The text a reader could have typed into the box for the tree; "" for everything.

    The law holds for trees as the parser makes them: And and Or have two parts or more and none of their own kind, Not
    holds no Not, texts hold a letter or digit.
    """
    return written(tree).text


def written(tree: Node, syntax: str = "box") -> Written:
    """The tree in one of `SYNTAXES`."""
    notes = Notes()
    text = _WRITERS[syntax](tree, notes)
    return Written(text, notes.all())


_WRITERS: Mapping[str, Callable[[Node, Notes], str]] = MappingProxyType(
    {"box": box_writer.write, "pubmed": pubmed_writer.write, "ovid": ovid_writer.write, "cql": cql_writer.write}
)
