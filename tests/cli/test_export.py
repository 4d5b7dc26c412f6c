"""`bookwheel export`."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import SEED_ID, Typed

from bookwheel.cli import export as module
from bookwheel.library import Library


def test_all_records_leave_in_a_file(typed: Typed, filled: Path, tmp_path: Path) -> None:
    output = tmp_path / "all.ris"
    outcome = typed("export", "--output", output, "--catalogue", filled)
    assert (outcome.code, outcome.out) == (0, f"41 records in {output}\n")
    assert output.read_text(encoding="utf-8").count("TY  - ") == 41
    assert sorted(file.name for file in tmp_path.iterdir()) == ["all.ris"]


def test_order_is_that_of_the_search(typed: Typed, filled: Path, tmp_path: Path) -> None:
    output = tmp_path / "all.jsonl"
    typed("export", "--format", "jsonl", "--sort", "title", "--output", output, "--catalogue", filled)
    exported = [json.loads(line)["record"]["id"] for line in output.read_text(encoding="utf-8").splitlines()]
    shown = typed("search", "--sort", "title", "--limit", 100, "--json", "--catalogue", filled)
    assert exported == [hit["id"] for hit in json.loads(shown.out)["hits"]]


def test_without_a_file_it_goes_to_standard_output(typed: Typed, filled: Path) -> None:
    assert "TI  - Lenalidomide" in typed("export", "lenalidomide treatment", "--catalogue", filled).out


def test_chosen_records_keep_their_order_and_unknown_ids_are_left_out(
    typed: Typed, filled: Path, tmp_path: Path
) -> None:
    ids = tmp_path / "ids.txt"
    first = json.loads(typed("search", "--json", "--limit", 1, "--catalogue", filled).out)["hits"][0]["id"]
    ids.write_text(f"{SEED_ID}\n\nnobody\n{first}\n", encoding="utf-8")
    out = typed("export", "--ids", ids, "--format", "jsonl", "--catalogue", filled).out
    assert [json.loads(line)["record"]["id"] for line in out.splitlines()] == [SEED_ID, first]


def test_bibliography_has_the_style_asked_for(typed: Typed, filled: Path) -> None:
    out = typed("export", "lenalidomide", "--format", "text", "--style", "vancouver", "--catalogue", filled).out
    assert out.startswith("1. Cortelezzi A, Sciumè M, Reda G.")


@pytest.mark.parametrize("name", ["csv", "marcxml", "ris", "turtle"])
def test_file_broken_off_is_gone_on_with(
    name: str, typed: Typed, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the middle of a record: what came behind the last place noted is cut and written again."""
    monkeypatch.setattr(module, "_NOTED_EVERY", 10)
    asked = ["export", "--format", name, "--catalogue", filled]
    whole, output = tmp_path / "whole", tmp_path / "broken"
    typed(*asked, "--output", whole)
    _break_off(monkeypatch, after=25)
    assert typed(*asked, "--output", output).code != 0
    assert not output.exists()
    monkeypatch.undo()
    outcome = typed(*asked, "--output", output, "--resume", "--json")
    assert json.loads(outcome.out)["records"] == 41
    assert output.read_bytes() == whole.read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["broken", "whole"]


def _break_off(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    write = Library.export

    def broken(*arguments: object, **named: object) -> object:
        for number, piece in enumerate(write(*arguments, **named)):  # type: ignore[arg-type]
            yield piece if number < after else piece[: len(piece) // 2]
            if number == after:
                raise OSError(28, "No space left on device")

    monkeypatch.setattr(Library, "export", broken)


def test_another_question_is_not_gone_on_with(
    typed: Typed, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "all.ris"
    _break_off(monkeypatch, after=5)
    typed("export", "--output", output, "--catalogue", filled)
    outcome = typed("export", "--sort", "title", "--output", output, "--resume", "--catalogue", filled)
    assert outcome.code == 1
    assert "another question" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--json"], "--output"),
        (["--resume"], "--resume"),
        (["--resume", "--format", "docx", "--output", "x.docx"], "docx"),
        (["--resume", "--output", "nothing.ris"], "nothing was broken off"),
        (["--format", "text", "--style", "appa"], "citation style"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: list[str], reason: str, typed: Typed, filled: Path) -> None:
    outcome = typed("export", *arguments, "--catalogue", filled)
    assert outcome.code != 0
    assert reason in outcome.err
