"""`bookwheel harvest` and `reconcile`, from a repository on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.conftest import Typed

from bookwheel.demo.provider import Samples, serving


@pytest.fixture
def sourced(empty: Path) -> Iterator[Path]:
    """A catalogue whose source "samples" has 230 records, two of them deleted."""
    with serving({"/oai": Samples(230)}) as base:
        (empty / "bookwheel.toml").write_text(f'[sources.samples]\nurl = "{base}/oai"\nid_prefix = "sample-"\n')
        yield empty


def test_everything_then_nothing_new(typed: Typed, sourced: Path) -> None:
    first = json.loads(typed("harvest", "samples", "--json", "--catalogue", sourced).out)
    assert first["run"]["state"] == "complete"
    assert first["run"]["counts"]["fetched"] == 230
    assert first["run"]["counts"]["deleted"] == 2
    assert first["index"]["added"] == first["run"]["counts"]["stored"]
    again = json.loads(typed("harvest", "samples", "--json", "--catalogue", sourced).out)
    assert again["run"]["counts"]["stored"] == 0


def test_progress_is_plain_lines_on_standard_error(typed: Typed, sourced: Path) -> None:
    outcome = typed("harvest", "samples", "--no-index", "--catalogue", sourced)
    assert outcome.err.startswith("harvest samples: 230 of 230, ")
    assert outcome.out.startswith("samples: 230 records fetched: ")


def test_a_comparison_finds_what_is_missing(typed: Typed, sourced: Path) -> None:
    outcome = typed("reconcile", "samples", "--json", "--catalogue", sourced)
    found = json.loads(outcome.out)
    assert found["reconciled"]["listed"] == 230
    assert found["reconciled"]["differing"] > 200
    assert found["index"]["added"] > 200


def test_a_comparison_told_to_people(typed: Typed, sourced: Path) -> None:
    typed("harvest", "samples", "--catalogue", sourced)
    outcome = typed("reconcile", "samples", "--catalogue", sourced)
    assert outcome.code == 0
    assert outcome.out.startswith("samples lists 230 records; 0 differed from the store.\n")


@pytest.mark.parametrize("command", ["harvest", "reconcile"])
def test_an_unknown_source_is_answered_with_the_known_ones(command: str, typed: Typed, sourced: Path) -> None:
    outcome = typed(command, "sample", "--catalogue", sourced)
    assert outcome.code == 4
    assert "Did you mean 'samples'?" in outcome.err


def test_a_format_the_repository_does_not_have(typed: Typed, sourced: Path) -> None:
    settings = sourced / "bookwheel.toml"
    settings.write_text(settings.read_text().replace('"sample-"', '"s-"\nformat = "oai_dc"'))
    outcome = typed("harvest", "samples", "--catalogue", sourced)
    assert outcome.code == 5
    assert outcome.err.splitlines()[-1].startswith("bookwheel: ")
