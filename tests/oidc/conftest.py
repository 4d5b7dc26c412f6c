"""A catalogue and a provider whose people sign in there, both served on this machine."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bookwheel.cli.main import run
from bookwheel.cli.serve import free_port

PROVIDER = "oidc-provider@9.13.3"
SCRIPT = Path(__file__).with_name("provider.mjs")
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Servers:
    """Addresses of the catalogue and of the provider, and the command `bookwheel user`."""

    catalogue: str
    provider: str
    user: Callable[..., Any]


@pytest.fixture(scope="session")
def provider_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the provider's program. What npm fetches is its own cache's, where it has been fetched before."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip("no npm and node to run a provider of OpenID Connect with")
    folder = tmp_path_factory.mktemp("provider")
    (folder / "package.json").write_text('{"private": true, "type": "module"}')
    command = [npm, "install", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", PROVIDER]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        pytest.skip(f"npm could not install {PROVIDER}: {done.stderr.strip()[-300:]}")
    shutil.copy(SCRIPT, folder)
    return folder


@pytest.fixture(scope="session")
def servers(provider_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    folder = tmp_path_factory.mktemp("oidc") / "catalogue"
    assert run(["init", str(folder)]) == 0
    port, provider_port = free_port("127.0.0.1", 0), free_port("127.0.0.1", 0)
    address, provider = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{provider_port}"
    with (folder / "bookwheel.toml").open("a") as settings:
        settings.write(
            f'\nregistration_domains = ["example.org"]\n[login.uni]\nissuer = "{provider}"\n'
            'client_id = "bookwheel"\nclient_secret = "a secret of the two alone"\ntitle = "The university"\n'
            '[login.gone]\nissuer = "http://127.0.0.1:9"\nclient_id = "other"\ntitle = "Gone"\n'
        )

    def user(*arguments: str, typed: str = "") -> Any:
        command = [sys.executable, "-m", "bookwheel", "user", *arguments, "--json", "--catalogue", str(folder)]
        return json.loads(subprocess.run(command, input=typed, capture_output=True, check=True, text=True).stdout)

    redirect = f"{address}/account/oidc/uni/login/callback/"
    serve = [sys.executable, "-m", "bookwheel", "serve", "--port", str(port), "--catalogue", str(folder)]
    with ExitStack() as running:
        for command, at, where in (
            (["node", SCRIPT.name, str(provider_port), redirect], provider_port, provider_folder),
            (serve, port, folder),
        ):
            process = running.enter_context(
                subprocess.Popen(command, cwd=where, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            )
            running.callback(process.terminate)
            _await_answer(at, process)
        yield Servers(address, provider, user)


def _await_answer(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise AssertionError(f"{process.args!r} did not start")
