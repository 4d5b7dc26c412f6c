"""The staff view as a value: the Document field by field, how each field was made, and the payload as it came."""

from collections.abc import Sequence
from dataclasses import dataclass

from bookwheel.records.raw import Problem, Provenance, RawRecord, Reading
from bookwheel.search.results import Document
from bookwheel.web.catalog.markup import without_emails

PAYLOAD_CHARACTERS = 200_000
"""More of a payload than this helps nobody on a page."""


@dataclass(frozen=True, slots=True)
class PayloadView:
    """One version of the payload. `text` is masked; `is_cut` says that its end is not shown."""

    fetched: str
    datestamp: str
    format: str
    deleted: bool
    size: int
    text: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class StaffView:
    """`fields` are key-sorted as VuFind prints them, one value a line."""

    fields: tuple[tuple[str, tuple[str, ...]], ...]
    provenance: tuple[Provenance, ...]
    unused: tuple[str, ...]
    problems: tuple[Problem, ...]
    payloads: tuple[PayloadView, ...]
    has_reading: bool


def staff_view(document: Document, reading: Reading | None, payloads: Sequence[RawRecord]) -> StaffView:
    return StaffView(
        fields=tuple(sorted(document.items())),
        provenance=reading.provenance if reading else (),
        unused=reading.unused if reading else (),
        problems=reading.problems if reading else (),
        payloads=tuple(_payload(raw) for raw in payloads),
        has_reading=reading is not None,
    )


def _payload(raw: RawRecord) -> PayloadView:
    text = without_emails(raw.payload.decode("utf-8", errors="replace"))
    return PayloadView(
        raw.fetched,
        raw.datestamp,
        raw.format,
        raw.deleted,
        len(raw.payload),
        text[:PAYLOAD_CHARACTERS],
        len(text) > PAYLOAD_CHARACTERS,
    )
