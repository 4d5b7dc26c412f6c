"""The examples in docs/reference/query-language.md are what the readers make of them."""

import re
from pathlib import Path
from typing import get_args

import pytest

from bookwheel.search import limits, query
from bookwheel.search.parse import parse
from bookwheel.search.syntaxes import SYNTAXES

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "query-language.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("<!-- examples -->")[2].partition("<!-- end of examples -->")[0]
EXAMPLES = re.findall(r"^\| (\w+) \| `(.+?)` \| `(.+?)` \|$", TABLE, re.MULTILINE)
NODES = {name: value for name, value in vars(query).items() if isinstance(value, type)}


def test_every_syntax_has_examples() -> None:
    assert {syntax for syntax, _, _ in EXAMPLES} == set(SYNTAXES)


def test_every_kind_of_node_a_reader_makes_has_an_example() -> None:
    written = " ".join(tree for _, _, tree in EXAMPLES)
    kinds = {cls.__name__ for cls in get_args(query.Node)} - {"AtLeast"}
    assert {kind for kind in kinds if f"{kind}(" in written} == kinds


@pytest.mark.parametrize(("syntax", "text", "tree"), EXAMPLES)
def test_examples_are_read_as_the_page_says(syntax: str, text: str, tree: str) -> None:
    found = parse(text, syntax=syntax)
    assert found.tree == eval(tree, {"__builtins__": {}}, NODES)
    assert {note.kind for note in found.notes} <= {"heading", "untagged"}


@pytest.mark.parametrize(
    "number",
    [
        limits.MAX_CHARACTERS,
        limits.MAX_STRATEGY_CHARACTERS,
        limits.MAX_CLAUSES,
        limits.MAX_STRATEGY_CLAUSES,
        limits.MAX_NESTING,
    ],
)
def test_limits_stand_on_the_page(number: int) -> None:
    assert f"{number:,}" in PAGE.partition("## Limits")[2]
