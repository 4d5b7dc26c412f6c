"""Reads what a source gave and puts it into the store; harvest, reconcile and retry share it."""

import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from bookwheel.errors import BookwheelError
from bookwheel.formats import FORMATS, Format
from bookwheel.formats.columns import Columns
from bookwheel.formats.reading import record_id
from bookwheel.records.raw import Page, Problem, RawRecord, Reading
from bookwheel.store import Store
from bookwheel.store.model import Counts, ListKey, ListState, Received, Run

REJECTED_ALARM = 0.01
"""Share of pieces that became no record above which the operator is told to look (reliability F24)."""

MAX_NOTES = 200
"""A repository that stumbles on every page makes no book of it. Alarms are always kept."""

UNUSED_SHOWN = 50


class Taking:
    """One run's reading and counting. `id_prefix` is the source's own; empty takes each format's. `columns` is its
    mapping of tables, where it has one."""

    def __init__(self, store: Store, run: int, id_prefix: str = "", columns: Columns | None = None) -> None:
        self.store = store
        self.run = run
        self.notes: list[str] = []
        self.counts = Counts()
        self._id_prefix = id_prefix
        self._columns = columns
        self._unused: Counter[str] = Counter()

    def read(self, raw: RawRecord) -> Received:
        """The payload read, and the id it is kept under, which a deletion has too."""
        reader, prefix = reader_of(raw, self._id_prefix, self._columns)
        reading = Reading(None) if raw.deleted else read_safely(reader, raw, prefix)
        self._unused.update(reading.unused)
        if not raw.identifier:
            # Files have no headers: the payload's own identifier stands in; of bytes nobody could read, their checksum.
            own = reading.record.source_identifier if reading.record else checksum(raw.payload)
            raw = replace(raw, identifier=own)
        return Received(reading.record.id if reading.record else record_id(raw.identifier, prefix), raw, reading)

    def take(self, page: Page, progress: tuple[ListKey, ListState] | None = None) -> Counts:
        """Read and store a page, and with it how far the list was walked."""
        return self.keep([self.read(raw) for raw in page.records], page, progress)

    def keep(
        self, received: Sequence[Received], page: Page, progress: tuple[ListKey, ListState] | None = None
    ) -> Counts:
        """Store a page whose records were read."""
        counts = self.store.save_page(self.run, received, page.rejected, progress)
        self.counts += counts
        self.note(*page.notes)
        return counts

    def note(self, *notes: str) -> None:
        """Keep remarks for the operator, each once, and the first MAX_NOTES of them."""
        for note in notes:
            if note not in self.notes and (len(self.notes) < MAX_NOTES or note.startswith("alarm")):
                self.notes.append(note)

    def finish(self, state: str) -> Run:
        """Close the run with its notes and the payload elements that became no field."""
        if self.counts.rejected > REJECTED_ALARM * self.counts.fetched:
            self.note(
                f"alarm: {self.counts.rejected} of {self.counts.fetched} pieces became no record. "
                "Has the source changed its format? 'bookwheel status' shows the reasons."
            )
        return self.store.finish_run(self.run, state, self.notes, self._unused.most_common(UNUSED_SHOWN))


def reader_of(raw: RawRecord, id_prefix: str, columns: Columns | None = None) -> tuple[Format, str]:
    """The format of a payload, and what its id begins with: the source's prefix, the format's, or the source's name."""
    reader = FORMATS.get(raw.format) or Format(raw.format)
    if columns:
        reader = replace(reader, columns=columns)
    return reader, id_prefix or ("" if reader.has_ids else reader.id_prefix or f"{raw.source}-")


def checksum(payload: bytes) -> str:
    """What stands for the identifier of a payload that has none and cannot be read."""
    return sha256(payload).hexdigest()[:20]


def read_safely(reader: Format, raw: RawRecord, prefix: str) -> Reading:
    """What the format makes of a payload; a mistake in the format's own code becomes a problem with its place.

    Raises UnknownNameError and ConfigError for a format that cannot be had: that is no matter of one payload.
    """
    try:
        return reader.read(raw, prefix)
    except BookwheelError:
        raise
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{frame.filename.rpartition('/')[2]} line {frame.lineno}"
        message = f"format {raw.format} failed at {place}: {type(error).__name__}: {error}"
        return Reading(None, (Problem("payload", message, "error"),))
