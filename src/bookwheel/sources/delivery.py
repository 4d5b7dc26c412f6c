"""What a source of files promises: their names, and each as a source of its own once it is there and has changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from bookwheel.config import SourceConfig
from bookwheel.errors import ProtocolError
from bookwheel.sources.base import Clock, Source
from bookwheel.sources.files import FilesSource


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file ready to be read. `content` is equal for equal bytes; `stamp` is what shows at a glance that a file is
    the same (a size and time, an ETag). Neither is empty, and `content` holds no blank.
    """

    content: str
    stamp: str
    source: Source

    @property
    def mark(self) -> str:
        """Both as one text, which the store remembers once the file was read whole."""
        return f"{self.content} {self.stamp}"


@runtime_checkable
class Deliverer(Protocol):
    """A place files come from. `name` and `format` together name its files in the store."""

    name: str
    format: str

    def names(self, notes: list[str]) -> Iterator[str]:
        """What each file is called, for good, in the order they are to be read. Raises SourceError."""
        ...

    def get(self, name: str, mark: str, notes: list[str]) -> Delivery | None:
        """The file, None when nothing is to be done: unchanged since it was read whole with that mark ("" for never),
        or still being written. Raises SourceError: the file is told and tried again by the next harvest.
        """
        ...

    def done(self, name: str) -> None:
        """The file was read whole: what was kept of it to this end may go."""
        ...


def known(mark: str) -> tuple[str, str]:
    """Content and stamp of a mark.

    >>> known("ab12 1700 35")
    ('ab12', '1700 35')
    """
    content, _, stamp = mark.partition(" ")
    return content, stamp


def cutter(name: str, config: SourceConfig, folder: Path, path: Path, clock: Clock) -> FilesSource:
    """One file as a source: what a mapping is kept for is a table, if nothing else is seen in it."""
    source = FilesSource(name, config, paths=(path,), clock=clock)
    if not (folder / "mappings" / f"{name}.toml").is_file():
        return source
    try:
        source.formats()
    except ProtocolError:
        return FilesSource(name, config, paths=(path,), as_format="csv", clock=clock)
    return source
