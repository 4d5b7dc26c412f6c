"""Finds the real collections that may stand beside the project; tests on them skip where they are missing."""

from pathlib import Path

import pytest

_FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def collection(name: str) -> Path:
    """The folder of a collection; skips the calling test, with the reason, where it is not there."""
    folder = _FOLDER / name
    if not folder.exists():
        pytest.skip(f"the collection {name!r} is not beside the project")
    return folder
