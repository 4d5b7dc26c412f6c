"""Examples in docstrings are what happens."""

import doctest
import os
from importlib import import_module
from pathlib import Path

import pytest

# Modules of the pages read settings when they are imported.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookwheel.web.settings")

SOURCE = Path(__file__).resolve().parent.parent / "src"
MODULES = [
    ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    for file in sorted(SOURCE.rglob("*.py"))
    if ">>> " in file.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    found = doctest.testmod(import_module(name))
    assert found.attempted > 0
    assert found.failed == 0
