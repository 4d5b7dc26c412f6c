"""Reads what lies in quarantine again, after a format was mended; no network is needed."""

from bookwheel.jobs.harvest import closed_on_failure
from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.jobs.taking import Taking
from bookwheel.records.raw import Page, RawRecord
from bookwheel.store import Store
from bookwheel.store.model import Quarantined, Run

BATCH = 200


def retry_quarantined(store: Store, source: str, *, id_prefix: str = "", progress: Progress = SILENT) -> Run:
    """Try every whole payload of the source in quarantine; what can be read now leaves it as a record.

    Bytes no record could be cut from stay: only the source can mend those. Raises StoreError while another
    run writes this source.
    """
    taking = Taking(store, store.start_run(source, "retry"), id_prefix)
    with closed_on_failure(taking):
        after = 0
        while pieces := store.quarantined(source, BATCH, after):
            whole = [piece for piece in pieces if piece.format]
            if whole:
                taking.take(Page(tuple(map(_raw, whole))))
            progress.advance(len(pieces))
            after = pieces[-1].id
    return taking.finish("complete")


def _raw(piece: Quarantined) -> RawRecord:
    return RawRecord(
        piece.source,
        piece.identifier,
        piece.datestamp,
        piece.format,
        piece.payload,
        sets=piece.sets,
        fetched=piece.fetched,
    )
