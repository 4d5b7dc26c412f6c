"""What would become of the first records of some files, field by field, with nothing touched."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bookwheel.formats.columns import Columns
from bookwheel.jobs.taking import read_safely, reader_of
from bookwheel.records.raw import RawRecord, Reading, Rejected
from bookwheel.sources.base import Source

SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """A payload and what its format makes of it; or bytes no record can be cut from, and why."""

    raw: RawRecord | Rejected
    reading: Reading


def preview(
    source: Source, *, id_prefix: str = "", columns: Columns | None = None, sample: int = SAMPLE
) -> Iterator[Preview]:
    """The first records of a source and what comes out of them. Raises SourceError as reading the source does."""
    for raw in islice(_pieces(source), sample):
        if isinstance(raw, Rejected):
            yield Preview(raw, Reading(None))
        elif not raw.deleted:
            reader, prefix = reader_of(raw, id_prefix, columns)
            yield Preview(raw, read_safely(reader, raw, prefix))


def _pieces(source: Source) -> Iterator[RawRecord | Rejected]:
    for page in source.pages():
        yield from page.records
        yield from page.rejected
