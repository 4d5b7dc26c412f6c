"""Files read as an import reads them, without a store: what came out, counted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bookwheel.config import SourceConfig
from bookwheel.jobs.taking import read_safely, reader_of
from bookwheel.records.raw import RawRecord, Reading
from bookwheel.sources.files import FilesSource


@dataclass(frozen=True)
class Loaded:
    """`formats` counts payloads; `rejected` pieces no payload could be cut from; `unreadable` payloads without record;
    `troubled` records with a problem that is more than a note."""

    formats: Counter[str]
    rejected: int
    unreadable: int
    troubled: int


def readings(paths: Iterable[Path]) -> Iterator[tuple[RawRecord, Reading]]:
    """Every payload of the files with its reading."""
    for page in FilesSource("import", SourceConfig(), paths=list(paths)).pages():
        for raw in page.records:
            reader, prefix = reader_of(raw, "")
            yield raw, Reading(None) if raw.deleted else read_safely(reader, raw, prefix)


def load(paths: Iterable[Path]) -> Loaded:
    listed = list(paths)
    formats: Counter[str] = Counter()
    unreadable = troubled = 0
    for raw, reading in readings(listed):
        formats[raw.format] += 1
        unreadable += reading.record is None and not raw.deleted
        troubled += reading.record is not None and any(found.severity != "note" for found in reading.problems)
    rejected = sum(len(page.rejected) for page in FilesSource("import", SourceConfig(), paths=listed).pages())
    return Loaded(formats, rejected, unreadable, troubled)
