"""Tables and JSON."""

import json
from pathlib import Path
from types import MappingProxyType

import pytest

from bookwheel.cli.output import text_of, write_json, write_table
from bookwheel.store.model import Counts


def test_numbers_stand_right_and_words_left(capsys: pytest.CaptureFixture[str]) -> None:
    write_table(("SOURCE", "N"), [("doaj", "1,200"), ("a", "7")])
    assert capsys.readouterr().out == "SOURCE      N\ndoaj    1,200\na           7\n"


def test_no_row_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    write_table(("SOURCE", "N"), [])
    assert capsys.readouterr().out == ""


def test_our_values_become_objects(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"counts": Counts(1, 1), "fields": MappingProxyType({"a": ("é",)}), "path": Path("x")})
    assert json.loads(capsys.readouterr().out) == {
        "counts": {"fetched": 1, "stored": 1, "unchanged": 0, "deleted": 0, "rejected": 0},
        "fields": {"a": ["é"]},
        "path": "x",
    }


def test_a_payload_that_is_no_text_is_base64() -> None:
    assert text_of("é".encode()) == "é"
    assert text_of(b"\xff\xfe") == "//4="
