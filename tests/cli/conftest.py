"""Commands as an operator types them, and a small catalogue to type them in."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest

from bookwheel.cli.main import run
from bookwheel.demo import oai_doaj
from bookwheel.demo.generate import record

SEED = Path(str(files("bookwheel.demo") / "data" / "seed.oai_doaj.xml"))
SEED_ID = "doaj-art-a34e60229e934aac998908d0fd28b026"


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str


Typed = Callable[..., Outcome]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Runs a command line: `typed("search", "leukemia", "--catalogue", folder)`."""
    monkeypatch.delenv("BOOKWHEEL_CATALOGUE", raising=False)

    def typed(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return typed


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue with the real record and forty invented ones; not to be changed."""
    folder = tmp_path_factory.mktemp("catalogue")
    page = folder / "page.xml"
    page.write_bytes(oai_doaj.page([record(number) for number in range(40)], "http://127.0.0.1/oai"))
    assert run(["init", str(folder)]) == 0
    assert run(["import", str(SEED), "--catalogue", str(folder)]) == 0
    assert run(["import", str(page), "--source", "samples", "--catalogue", str(folder)]) == 0
    return folder


@pytest.fixture
def catalogue(filled: Path, tmp_path: Path) -> Path:
    """A copy of `filled` that may be changed."""
    return shutil.copytree(filled, tmp_path / "catalogue")


@pytest.fixture
def empty(tmp_path: Path, typed: Typed) -> Path:
    folder = tmp_path / "empty"
    typed("init", folder)
    return folder
