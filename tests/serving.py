"""Starts `bookwheel serve` on a catalogue, as an operator does, and waits until it answers."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit


def plain_environment() -> dict[str, str]:
    """Ours, without what would lead a process to another catalogue or database."""
    return {name: text for name, text in os.environ.items() if not name.startswith("BOOKWHEEL_")}


@contextmanager
def served(folder: Path, environment: Mapping[str, str] | None = None, port: int = 0) -> Iterator[str]:
    """The address at which the catalogue answers; port 0 takes a free one."""
    command = [sys.executable, "-m", "bookwheel", "serve", "--catalogue", str(folder), "--port", str(port), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment or os.environ) as server:
        try:
            assert server.stdout is not None
            address = str(_first_value(server.stdout)["address"])
            _await_answer(address, server)
            yield address
        finally:
            server.terminate()


def started_together(folder: Path, processes: int = 4) -> list[str]:
    """Sets the catalogue up in several processes at once; what each complained of, "" for nothing."""
    code = "import pathlib, sys; from bookwheel.web.people.setup import set_up; set_up(pathlib.Path(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(folder)]
    started = [
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=plain_environment()) for _ in range(processes)
    ]
    return [process.communicate()[1] for process in started]


def _first_value(lines: Iterator[str]) -> dict[str, object]:
    """The first JSON value of a stream that stays open after it."""
    text = ""
    for line in lines:
        text += line
        try:
            value: dict[str, object] = json.loads(text)
        except json.JSONDecodeError:
            continue
        return value
    raise AssertionError(f"the server said no address: {text!r}")


def _await_answer(address: str, server: "subprocess.Popen[str]") -> None:
    """The address is said before the server's worker listens to it."""
    host = urlsplit(address)
    while server.poll() is None:
        with suppress(ConnectionRefusedError), socket.create_connection((host.hostname or "", host.port or 0)):
            return
        time.sleep(0.05)
    raise AssertionError(f"the server ended with code {server.returncode}")
