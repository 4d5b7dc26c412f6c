"""What the search library and SQLite raise, told apart from our own mistakes."""

import sqlite3

from bookwheel.errors import EngineError


def is_from_engine(error: BaseException) -> bool:
    """Whether the engine or the dictionary raised it; a panic of the engine descends from BaseException alone."""
    known = isinstance(error, EngineError | ValueError | RuntimeError | OSError | sqlite3.Error)
    return known or type(error).__name__ == "PanicException"
