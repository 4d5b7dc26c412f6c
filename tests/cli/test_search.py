"""`bookwheel search`."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import SEED_ID, Typed


@pytest.mark.parametrize(
    "arguments",
    [
        ["lenalidomide in the treatment"],
        ["10.1155/2012/393864"],
        ["Sciume", "--type", "Author"],
        ["--filter", 'container_title_str:"Advances in Hematology"'],
        ["lenalidomide", "--filter", 'publisherStr:"Wiley"', "--sort", "title"],
    ],
    ids=str,
)
def test_the_real_record_is_found(arguments: list[str], typed: Typed, filled: Path) -> None:
    outcome = typed("search", *arguments, "--json", "--catalogue", filled)
    assert SEED_ID in [hit["id"] for hit in json.loads(outcome.out)["hits"]]


def test_pages_and_their_numbers(typed: Typed, filled: Path) -> None:
    first = typed("search", "--limit", 10, "--sort", "title", "--catalogue", filled).out
    second = typed("search", "--limit", 10, "--page", 2, "--sort", "title", "--catalogue", filled).out
    assert " 10. " in first
    assert " 11. " in second
    assert first != second


def test_no_hit_is_no_error(typed: Typed, filled: Path) -> None:
    outcome = typed("search", "xyzzyx", "--catalogue", filled)
    assert (outcome.code, outcome.out) == (0, "0 records\n")
