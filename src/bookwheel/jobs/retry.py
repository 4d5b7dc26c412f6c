"""Reads what lies in quarantine again, after a format was mended; no network is needed."""

from bookwheel.formats.columns import Columns
from bookwheel.jobs.harvest import closed_on_failure
from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.jobs.taking import Taking, checksum
from bookwheel.records.raw import Page, RawRecord
from bookwheel.store import Store
from bookwheel.store.model import Quarantined, Run

BATCH = 200


def retry_quarantined(
    store: Store, source: str, *, id_prefix: str = "", columns: Columns | None = None, progress: Progress = SILENT
) -> Run:
    """Try every whole payload of the source in quarantine; what can be read now leaves it as a record.

    Bytes no record could be cut from stay: only the source can mend those. Raises StoreError while another
    run writes this source.
    """
    taking = Taking(store, store.start_run(source, "retry"), id_prefix, columns)
    with closed_on_failure(taking):
        after = 0
        while pieces := store.quarantined(source, BATCH, after):
            whole = [piece for piece in pieces if piece.format]
            if whole:
                taking.take(Page(tuple(map(_raw, whole))))
            # Once read, a payload bears an identifier of its own, so that the piece does not leave by itself.
            nameless = [
                piece.id for piece in whole if not _raw(piece).identifier and taking.read(_raw(piece)).reading.record
            ]
            store.drop_quarantined(taking.run, nameless)
            progress.advance(len(pieces))
            after = pieces[-1].id
    return taking.finish("complete")


def _raw(piece: Quarantined) -> RawRecord:
    return RawRecord(
        piece.source,
        "" if piece.identifier == checksum(piece.payload) else piece.identifier,
        piece.datestamp,
        piece.format,
        piece.payload,
        sets=piece.sets,
        fetched=piece.fetched,
    )
