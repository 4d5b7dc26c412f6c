"""The documentation is under test: nothing is undocumented, no link leads nowhere, examples are what happens."""

import re
import tomllib
from pathlib import Path

import pytest
from tools import reference

from bookwheel.cli.main import COMMANDS
from bookwheel.config import read_config

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("name", list(reference.pages()))
def test_pages_made_from_the_code_are_up_to_date(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == reference.pages()[name], "run 'make docs'"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_named_in_the_documentation_exist(page: Path) -> None:
    named = re.findall(r"(?:`|\$ |bin/)bookwheel ([a-z][a-z-]*)", page.read_text(encoding="utf-8"))
    assert [name for name in named if name not in COMMANDS] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_settings_shown_in_the_documentation_are_accepted(page: Path, tmp_path: Path) -> None:
    for example in re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        (tmp_path / "bookwheel.toml").write_text(example, encoding="utf-8")
        assert read_config(tmp_path, {})


def test_every_dependency_has_its_line_of_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [
        *project["project"]["dependencies"],
        *(d for group in project["project"]["optional-dependencies"].values() for d in group),
        *(d for group in project["dependency-groups"].values() for d in group),
    ]
    names = {re.split(r"[<>=\[ ]", dependency)[0] for dependency in declared}
    page = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([\w-]+) \|", page, re.MULTILINE)) - {"package", "---"}
    assert explained == names
