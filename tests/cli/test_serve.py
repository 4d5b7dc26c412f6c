"""`bookwheel serve`: what keeps it from starting. That it serves is seen in test_demo.py."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import click
import pytest
from tests.cli.conftest import SEED_ID, Typed

from bookwheel.cli.serve import free_port


def test_a_port_in_use(typed: Typed, filled: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = typed("serve", "--port", port, "--catalogue", filled)
    assert outcome.code == 1
    assert outcome.out == ""
    assert outcome.err.startswith(f"bookwheel: cannot listen on 127.0.0.1 port {port}: ")
    assert outcome.err.count("\n") == 1


def test_a_lost_index_heals_itself_while_pages_are_served(catalogue: Path) -> None:
    shutil.rmtree(catalogue / "index")
    port = free_port("127.0.0.1", 0)
    command = [sys.executable, "-m", "bookwheel", "serve", "--port", str(port), "--catalogue", str(catalogue)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            assert b"0 records at" in server.stdout.readline()
            assert b"changes are being indexed" in server.stdout.readline()
            assert _found(f"http://127.0.0.1:{port}/api/v1/search?lookfor=lenalidomide", SEED_ID)
        finally:
            server.terminate()


def _found(url: str, text: str) -> bool:
    """Whether the answer holds the text within half a minute."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(url, timeout=30) as answer:
            if text in answer.read().decode():
                return True
        time.sleep(0.05)
    return False


def test_port_0_is_a_free_one() -> None:
    assert free_port("127.0.0.1", 0) > 1023


def test_an_address_of_another_machine() -> None:
    with pytest.raises(click.ClickException, match=r"cannot listen on 192\.0\.2\.1"):
        free_port("192.0.2.1", 0)
