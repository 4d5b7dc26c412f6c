"""Folders of `tests/cases/`: a payload with its header, and what is expected to become of it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from bookwheel.formats import FORMATS
from bookwheel.records.raw import RawRecord, Reading
from bookwheel.search.document import to_document
from bookwheel.search.fields import with_copies

FOLDER = Path(__file__).resolve().parent.parent / "cases"
INDEXED = datetime(2025, 11, 29, 23, 44, 3, 906_000, UTC)


@dataclass(frozen=True)
class Case:
    """`header.json` holds the RawRecord without its payload; `payload.xml` or `payload.json` the payload."""

    folder: Path

    @property
    def raw(self) -> RawRecord:
        header = json.loads((self.folder / "header.json").read_text(encoding="utf-8"))
        payload = next(self.folder.glob("payload.*")).read_bytes()
        return RawRecord(**{**header, "sets": tuple(header["sets"])}, payload=payload)

    @property
    def reading(self) -> Reading:
        raw = self.raw
        return FORMATS[raw.format].read(raw)

    @property
    def document(self) -> dict[str, tuple[str, ...]]:
        """As an engine shows it: copies made."""
        record = self.reading.record
        assert record is not None
        collection = FORMATS[self.raw.format].collection
        return dict(with_copies(to_document(record, institution="OA Journals", collection=collection, indexed=INDEXED)))


def cases() -> list[Case]:
    return [Case(folder) for folder in sorted(FOLDER.iterdir()) if (folder / "header.json").is_file()]


def case(record_id: str) -> Case:
    return Case(FOLDER / record_id)


def as_json(value: object) -> str:
    """Indented, in the order of the fields, with every script readable."""
    builtins: Any = msgspec.to_builtins(value)
    return json.dumps(builtins, indent=2, ensure_ascii=False) + "\n"
