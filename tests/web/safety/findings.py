"""Fails a test with everything that was found, a line each: of a crawl one wants to see all of it."""

from collections.abc import Iterable

import pytest

MOST = 60
"""Lines that are shown; the rest is counted."""


def assert_none(found: Iterable[object]) -> None:
    lines = [str(each) for each in found]
    if lines:
        more = [f"… and {len(lines) - MOST} more"] if len(lines) > MOST else []
        pytest.fail("\n".join([f"{len(lines)} found:", *lines[:MOST], *more]), pytrace=False)
