"""`bookwheel serve`: what keeps it from starting. That it serves is seen in test_demo.py."""

import shutil
import socket
from pathlib import Path

import click
import pytest
from tests.cli.conftest import SEED, Typed

from bookwheel.cli.serve import free_port


def test_a_port_in_use(typed: Typed, filled: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = typed("serve", "--port", port, "--catalogue", filled)
    assert outcome.code == 1
    assert outcome.out == ""
    assert outcome.err.startswith(f"bookwheel: cannot listen on 127.0.0.1 port {port}: ")
    assert outcome.err.count("\n") == 1


def test_a_missing_index(typed: Typed, empty: Path) -> None:
    typed("import", SEED, "--no-index", "--catalogue", empty)
    shutil.rmtree(empty / "index", ignore_errors=True)
    outcome = typed("serve", "--port", 0, "--catalogue", empty)
    assert outcome.code == 7
    assert "has no index yet. 'bookwheel index" in outcome.err


def test_port_0_is_a_free_one() -> None:
    assert free_port("127.0.0.1", 0) > 1023


def test_an_address_of_another_machine() -> None:
    with pytest.raises(click.ClickException, match=r"cannot listen on 192\.0\.2\.1"):
        free_port("192.0.2.1", 0)
