"""`bookwheel vocabulary` as an operator types it."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Typed


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.txt"
    path.write_text("leukemia, blood cancer\nwidget => gadget\n")
    return path


def test_there_are_none_at_first(typed: Typed, empty: Path) -> None:
    assert typed("vocabulary", "list", "--catalogue", empty).out.startswith("There are none")
    assert json.loads(typed("vocabulary", "list", "--json", "--catalogue", empty).out) == []


def test_a_vocabulary_is_loaded_shown_and_taken_back(typed: Typed, empty: Path, own: Path) -> None:
    outcome = typed("vocabulary", "load", own, "--catalogue", empty)
    assert outcome.out.startswith("own: 4 terms of 2 concepts.\n")
    assert "'synonyms = true'" in outcome.out
    assert typed("vocabulary", "load", own, "--catalogue", empty).out.startswith("Nothing has changed")
    assert typed("vocabulary", "show", "Leukemias", "--catalogue", empty).out == (
        "leukemia (own, version 1)\n  blood cancer\n"
    )
    own.write_text("leukemia, leukaemia\n")
    preview = typed("vocabulary", "preview", own, "--search", "leukemia", "--catalogue", empty).out
    assert "1 term added: leukaemia" in preview
    assert "3 terms removed: blood cancer, gadget, widget" in preview
    assert "leukemia: 0 → 0 records with synonyms\n  newly also: leukaemia\n  no longer: blood cancer" in preview
    typed("vocabulary", "load", own, "--catalogue", empty)
    history = typed("vocabulary", "history", "own", "--catalogue", empty).out.splitlines()
    assert [line.split()[1:3] for line in history[1:]] == [["2", "yes"], ["1", "own"]]
    assert "own, version 1 is in use" in typed("vocabulary", "rollback", "own", "1", "--catalogue", empty).out
    assert "used no more" in typed("vocabulary", "remove", "own", "--catalogue", empty).out
    assert typed("vocabulary", "show", "leukemia", "--catalogue", empty).out.startswith("No vocabulary has this")


def test_a_heading_shows_how_far_it_reaches(typed: Typed, empty: Path, tmp_path: Path) -> None:
    table = tmp_path / "tree.csv"
    table.write_text("id,name,trees\n1,Neoplasms,C04\n2,Leukemia,C04.1\n")
    typed("vocabulary", "load", table, "--name", "mesh", "--label", "MeSH 2026", "--catalogue", empty)
    shown = typed("vocabulary", "show", "neoplasms", "--catalogue", empty).out
    assert shown.endswith("As a heading: 2 headings, 2 subjects (MeSH 2026, version 1)\n")


def test_a_program_gets_json(typed: Typed, empty: Path, own: Path) -> None:
    loaded = json.loads(typed("vocabulary", "load", own, "--json", "--catalogue", empty).out)
    assert (loaded["version"]["number"], loaded["version"]["terms"]) == (1, 4)
    shown = json.loads(typed("vocabulary", "show", "leukemia", "--json", "--catalogue", empty).out)
    assert shown["senses"][0]["terms"] == ["leukemia", "blood cancer"]
    preview = json.loads(typed("vocabulary", "preview", own, "--json", "--catalogue", empty).out)
    assert preview["terms_added"] == 0
    for command in (("history", "own"), ("rollback", "own", "1"), ("remove", "own")):
        assert json.loads(typed("vocabulary", *command, "--json", "--catalogue", empty).out)


def test_what_is_wrong_is_said_in_a_line(typed: Typed, empty: Path, own: Path, tmp_path: Path) -> None:
    own.write_text("a => b => c\n")
    outcome = typed("vocabulary", "load", own, "--catalogue", empty)
    assert (outcome.code, "line 1: 'a => b => c' is no rule" in outcome.err) == (5, True)
    assert typed("vocabulary", "history", "nope", "--catalogue", empty).code == 4
    assert typed("vocabulary", "load", tmp_path / "missing.txt", "--catalogue", empty).code == 2
