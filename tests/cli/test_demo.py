"""`bookwheel demo`, end to end: provider, harvest, index, server, pages."""

import json
import socket
from pathlib import Path

import pytest
from tests.cli.conftest import Typed

from bookwheel.demo import catalogue as demo_catalogue


def test_the_check_passes_twice(typed: Typed, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = typed("demo", "--check", "--records", 30, "--json", "--catalogue", folder)
    assert {finding["passed"] for finding in json.loads(first.out)} == {True}
    assert first.code == 0
    status = json.loads(typed("status", "--json", "--catalogue", folder).out)["status"]
    assert [(source["source"], source["live"]) for source in status["sources"]] == [("doaj", 1), ("samples", 30)]
    second = typed("demo", "--check", "--records", 30, "--catalogue", folder)
    assert second.code == 0
    assert second.out.count("ok ") == 4


def test_live_says_when_there_is_no_network(typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*arguments: object, **named: object) -> None:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr("socket.create_connection", unreachable)
    outcome = typed("demo", "--live", "--port", 0, "--catalogue", tmp_path / "live")
    assert outcome.code == 5
    assert "doaj.org cannot be reached: Network is unreachable" in outcome.err
    assert not (tmp_path / "live").exists()


def test_another_catalogue_is_left_alone(typed: Typed, empty: Path) -> None:
    outcome = typed("demo", "--port", 0, "--catalogue", empty)
    assert outcome.code == 3
    assert "is a catalogue, but not the demo's" in outcome.err


def test_a_second_demo_of_the_same_folder(typed: Typed, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (tmp_path / "bookwheel.toml").write_text(demo_catalogue.SETTINGS.format(port=port))
        outcome = typed("demo", "--port", 0, "--catalogue", tmp_path)
    assert outcome.code == 3
    assert f"port {port}, which is in use" in outcome.err
