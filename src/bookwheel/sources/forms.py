"""How is a file written? Each form is known by a file's first bytes and knows how to cut it into records.

A form says where a record begins and ends, a format what stands in it: one form may hold records of several formats
(JSON lines), one format may come in several forms. To add a form: a module with a `FORM`, and a line in `FORMS`.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bookwheel.records.raw import RawRecord, Rejected

SAMPLE_BYTES = 65_536
"""How much of a file a form may look at to know it, unpacked and without a byte order mark."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file or member of an archive while it is cut: unpacked, from its first byte, a byte order mark included.

    `as_format` is the reader that was asked for, "" where content decides. `max_bytes` caps what a form may hold in
    memory at once. What is put into `notes` reaches the operator.
    """

    stream: io.BufferedReader
    source: str
    fetched: str
    as_format: str = ""
    format_of_deleted: str = ""
    max_bytes: int = 100_000_000
    notes: list[str] = field(default_factory=list)

    def record(self, payload: bytes, format_: str, identifier: str = "", datestamp: str = "") -> RawRecord:
        """A payload for its reader. Without an identifier the reader finds one in the payload."""
        name = self.as_format or format_
        return RawRecord(self.source, identifier, datestamp, name, payload, fetched=self.fetched)

    def rejected(self, payload: bytes, offset: int, reason: str, identifier: str = "") -> Rejected:
        """Bytes no record can be cut from; `offset` counts from the first byte of the stream."""
        return Rejected(self.source, identifier, reason, payload, offset, self.fetched)


@dataclass(frozen=True, slots=True)
class Form:
    """A way files of records are written. `name` is for people, `formats` are those its records may have.

    `recognise` gets up to SAMPLE_BYTES of a file. None: not this form. Otherwise the format of the records, as far as
    the sample shows; "" for this form with records nobody reads.
    `cut` gives the records in order, and what is none as Rejected, one by one, in sync with the rest. Payloads are the
    bytes as received; what a record needs from elsewhere in the file to stand alone (a namespace, the header of its
    columns) is put before it. Constant memory, or at most `max_bytes`. Raises TransportError for a file that was cut
    off, behind its last whole record, and SourceError for one that must not be read.
    """

    name: str
    formats: Sequence[str]
    recognise: Callable[[bytes], str | None]
    cut: Callable[[OpenFile], Iterator[RawRecord | Rejected]]


def recognised(sample: bytes, forms: Sequence[Form], as_format: str = "") -> tuple[Form, str] | None:
    """The form of a file that begins with `sample`, and its format; None where nobody knows it.

    With `as_format`: a form known by content that may hold it, else any known by content, else the one made
    for it.
    """
    sample = sample.removeprefix(b"\xef\xbb\xbf")
    known = [(form, found) for form in forms if (found := form.recognise(sample)) is not None]
    if not as_format:
        return next(((form, found) for form, found in known if found), None) or next(iter(known), None)
    known.sort(key=lambda pair: as_format not in pair[0].formats)
    by_name = sorted((form for form in forms if as_format in form.formats), key=lambda form: len(form.formats))
    return next(((form, as_format) for form in (*(form for form, _ in known), *by_name)), None)
