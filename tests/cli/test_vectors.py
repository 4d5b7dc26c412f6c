"""`bookwheel vectors`, with a model of three groups of words in place of the real one."""

import json
import os
from pathlib import Path

import pytest
from tests.cli.conftest import Typed
from tests.fakes.encoder import FakeEncoder

from bookwheel import library


@pytest.fixture(autouse=True)
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "load", lambda folder, threads, *, make: FakeEncoder())
    monkeypatch.setattr(os, "nice", lambda increment: increment)


def test_vectors_are_made_once(typed: Typed, catalogue: Path) -> None:
    first = typed("vectors", "--catalogue", catalogue)
    assert first.out.startswith("41 vectors made in ")
    assert "41 records with a vector in " in first.out
    assert "They are not used: 'semantic = true'" in first.out
    assert typed("vectors", "--catalogue", catalogue).out.startswith("0 vectors made in ")


def test_status_changes_nothing(typed: Typed, catalogue: Path) -> None:
    outcome = typed("vectors", "--status", "--catalogue", catalogue)
    assert outcome.out.startswith("0 records with a vector in 0.0 MB; 41 changes not yet looked at.")
    assert not (catalogue / "semantic").exists()


def test_a_program_gets_the_numbers(typed: Typed, catalogue: Path) -> None:
    made = json.loads(typed("vectors", "--json", "--catalogue", catalogue).out)
    assert (made["made"], made["status"]["vectors"], made["status"]["waiting"]) == (41, 41, 0)
    stands = json.loads(typed("vectors", "--status", "--json", "--catalogue", catalogue).out)
    assert (stands["vectors"], stands["waiting"]) == (41, 0)
    assert stands["bytes"] > 41 * 3


def test_nothing_is_said_where_they_are_used(typed: Typed, catalogue: Path) -> None:
    (catalogue / "bookwheel.toml").write_text("semantic = true\n")
    assert "not used" not in typed("vectors", "--catalogue", catalogue).out


def test_without_the_extra_the_command_says_so(typed: Typed, catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(os, "nice", lambda increment: increment)
    monkeypatch.setattr("bookwheel.semantic.encoder.find_spec", lambda name: None)
    outcome = typed("vectors", "--catalogue", catalogue)
    assert outcome.code == 3
    assert "the extra 'semantic' is not installed (numpy, onnx, onnxruntime missing)" in outcome.err
    (catalogue / "bookwheel.toml").write_text("semantic = true\n")
    assert typed("search", "lenalidomide", "--catalogue", catalogue).code == 0
    assert "searches go by words alone" in typed("check", "--catalogue", catalogue).out
