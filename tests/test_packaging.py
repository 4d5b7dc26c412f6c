"""What is installed: locks with hashes and without addresses, dependencies that are declared, data that travels."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lock: Path) -> dict[str, str]:
    """Package name to version."""
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?:|--index|--find-links|--extra-index", text)


def test_tests_run_on_the_versions_that_are_installed() -> None:
    runs, tests = pins(ROOT / "requirements" / "main.lock"), pins(ROOT / "requirements" / "dev.lock")
    assert {name: tests.get(name) for name in runs} == runs


def test_every_declared_dependency_is_locked() -> None:
    declared = {_name(dependency) for dependency in PROJECT["project"]["dependencies"]}
    assert declared <= set(pins(ROOT / "requirements" / "main.lock"))


def test_every_import_is_declared() -> None:
    declared = {_name(dependency) for dependency in PROJECT["project"]["dependencies"]}
    optional = {_name(d) for group in PROJECT["project"]["optional-dependencies"].values() for d in group}
    owners = packages_distributions()
    used = {
        _name(owners[module][0])
        for file in (ROOT / "src").rglob("*.py")
        for module in _imported(file)
        if module in owners and module not in sys.stdlib_module_names and module != "bookwheel"
    }
    assert used <= declared | optional


def test_the_wheel_holds_its_data(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _BUILD, str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    data = [
        file.relative_to(ROOT / "src").as_posix()
        for file in (ROOT / "src").rglob("*")
        if file.is_file() and file.suffix in (".toml", ".xml", ".html", ".css", ".js", ".mako", ".mo", ".svg")
    ]
    assert len(data) > 20
    assert [name for name in data if name not in packed] == []
    assert not [name for name in packed if "tests/" in name]


_BUILD = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"


def _name(dependency: str) -> str:
    return re.split(r"[<>=\[; ]", dependency)[0].lower().replace("_", "-")


def _imported(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return {module.partition(".")[0] for module in modules}
