"""A folder that others put files into: each new or changed file is read once, when it is whole."""

import os
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from bookwheel.config import SourceConfig
from bookwheel.errors import ConfigError, ProtocolError, TransportError
from bookwheel.sources.base import Clock
from bookwheel.sources.delivery import Delivery, cutter, known

SETTLE_SECONDS = 10.0
"""A file changed more recently may still be written: no protocol says when a writer is done."""

UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".tmp", ".temp", ".swp")
"""Ends of names that browsers, copiers and editors give what they still write."""


class FolderSource:
    """The files below a folder, in the order of their names. A file taken away takes no record with it."""

    def __init__(self, name: str, config: SourceConfig, folder: Path = Path(), *, clock: Clock | None = None) -> None:
        if not config.path:
            raise ConfigError(f'[sources.{name}]: type "folder" needs the setting path, the folder to watch.')
        self.name = name
        self.format = "folder"
        self._config = config
        self._catalogue = folder
        self._folder = folder / config.path
        self._clock = clock or Clock()

    def names(self, notes: list[str]) -> Iterator[str]:
        """Paths within the folder, "2025/a.xml". Hidden files are others' own affairs and left alone."""
        if not self._folder.is_dir():
            raise ProtocolError(f"{self._folder}: no such folder. Has it moved, or is its disk not there?")
        found = (path.relative_to(self._folder) for path in self._folder.rglob("*") if path.is_file())
        for name in sorted(path.as_posix() for path in found if not any(part[0] == "." for part in path.parts)):
            if not _is_text(name):
                notes.append(f"{name!r}: left out, its name is not in UTF-8. Rename it.")
            elif name.lower().endswith(UNFINISHED):
                notes.append(f"{name}: waits for its final name")
            else:
                yield name

    def get(self, name: str, mark: str, notes: list[str]) -> Delivery | None:
        path = self._folder / name
        try:
            before = _stamp(path.stat())
            if before == known(mark)[1]:
                return None
            if 0 <= self._clock.now().timestamp() - path.stat().st_mtime < SETTLE_SECONDS:
                notes.append(f"{name}: waits, it was written to within the last {SETTLE_SECONDS:g} seconds")
                return None
            source = cutter(self.name, self._config, self._catalogue, path, self._clock)
            try:
                source.formats()
            except ProtocolError as error:
                notes.append(f"left out {error}")
                return None
            with path.open("rb") as file:
                content = file_digest(file, "sha256").hexdigest()
            if _stamp(path.stat()) != before:
                notes.append(f"{name}: waits, it changed while it was looked at")
                return None
        except OSError as error:
            raise TransportError(f"{path}: {error.strerror or error}. The next harvest tries again.") from error
        return Delivery(content, before, source)

    def done(self, name: str) -> None:
        """Nothing: the folder is not ours to tidy."""


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns}"


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
