"""Files and folders as a source: whatever form they are in, packed or not.

What a file is shows in its first bytes; its name says nothing. A tar archive is read as it streams by, and
the names of its members are never used to write anything.
"""

import io
import tarfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import zstandard

from bookwheel.config import SourceConfig
from bookwheel.errors import ProtocolError, ResumptionError, SourceError, TooLargeError, TransportError
from bookwheel.records.raw import Page, RawRecord, Rejected
from bookwheel.sources import bibtex_form, dumps, marc_form, response, table_form, tagged_forms, xml_forms
from bookwheel.sources.base import BEGINNING, Clock, Start
from bookwheel.sources.forms import SAMPLE_BYTES, Form, OpenFile, recognised
from bookwheel.sources.unpack import unpacked

PAGE_RECORDS = 500
"""Records stored in one transaction of an import."""
MAX_DUMP_BYTES = 2_000_000_000
"""One JSON document unpacked: 100,000 articles of a dump's part are near 400 MB."""
MAX_ARCHIVE_BYTES = 200_000_000_000
"""A whole archive unpacked: DOAJ's 12 million articles are near 50 GB."""
MAX_ARCHIVE_FILES = 10_000
FORMS: tuple[Form, ...] = (
    response.FORM,
    *xml_forms.FORMS,
    marc_form.FORM,
    dumps.FORM,
    *tagged_forms.FORMS,
    bibtex_form.FORM,
    table_form.FORM,
)
"""Every form, the surest first: what is known by a sure mark comes before what merely looks alike."""

_HINT = f"; known are {'; '.join(form.name for form in FORMS)}; each plain, .gz, .zst or .tar.gz."
_DAMAGED = (OSError, EOFError, zlib.error, zstandard.ZstdError, tarfile.TarError)


class FilesSource:
    """Files, or folders with all files in them, in the order of their names.

    `paths` takes the place of the source's `path` setting. `as_format` gives every record to that reader,
    whatever its content shows. A checkpoint is the number of records done in a file and its name:
    "1500 pages/a.xml". Pages tell no newest datestamp: files have no bound to go on from.
    """

    def __init__(
        self,
        name: str,
        config: SourceConfig,
        folder: Path = Path(),
        *,
        paths: Sequence[Path] = (),
        as_format: str = "",
        clock: Clock | None = None,
    ) -> None:
        self.name = name
        # Not the format of a repository of the same name: an import never counts as that list's progress.
        self.format = "files"
        self._format_of_deleted = as_format or config.format
        self._as_format = as_format
        self._max_page_bytes = config.max_page_bytes
        self._paths = tuple(paths) or (folder / config.path,)
        self._clock = clock or Clock()

    def pages(self, start: Start = BEGINNING) -> Iterator[Page]:
        """Pages of up to PAGE_RECORDS records over all files.

        Files named themselves must be readable; in a folder those of another kind are left out with a note.
        Raises SourceError naming the file, what was seen and the known kinds, before the first page if
        nothing can be read.
        """
        notes: list[str] = []
        files = self._readable(notes)
        items = self._items(*_behind(start.checkpoint, files), notes)
        batch = list(islice(items, PAGE_RECORDS))
        while True:
            following = list(islice(items, PAGE_RECORDS))
            last = batch[-1] if batch and following else None
            yield _page(batch, f"{last.number} {last.file}" if last else "", notes)
            notes.clear()
            if not following:
                return
            batch = following

    def formats(self) -> set[str]:
        """The formats the files show at their beginnings. Raises what `pages` raises before its first page."""
        found = set()
        for file in self._readable([]):
            with _telling(file), closing(self._documents(file, [])) as documents:
                found |= {document.format for document in islice(documents, 1)}
        return found

    def _readable(self, notes: list[str]) -> list[Path]:
        """The files to read, each looked into."""
        files: list[Path] = []
        for path in self._paths:
            for file in _files(path):
                try:
                    with _telling(file), closing(self._documents(file, [])) as documents:
                        files += [file for _ in islice(documents, 1)]
                except SourceError as error:
                    if file == path:
                        raise
                    notes.append(f"left out {error}".removesuffix(_HINT))
        if not files:
            raise ProtocolError(f"{self._paths[0]}: nothing in it to read{_HINT}")
        return files

    def _items(self, files: Sequence[Path], done: int, notes: list[str]) -> Iterator["_Item"]:
        for file in files:
            number = 0
            with _telling(file):
                for document in self._documents(file, notes):
                    for record in self._records(document, notes):
                        number += 1
                        if number > done:
                            yield _Item(file, number, record)
            done = 0

    def _documents(self, file: Path, notes: list[str]) -> Generator["_Document", None, None]:
        """The documents in a file: itself, or the members of an archive."""
        with file.open("rb") as opened:
            stream = unpacked(opened, str(file), MAX_ARCHIVE_BYTES)
            if stream.peek(512)[257:262] != b"ustar":
                yield self._known(str(file), stream)
                return
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                for number, member in enumerate(archive, 1):
                    if number > MAX_ARCHIVE_FILES:
                        raise TooLargeError(f"{file}: more than {MAX_ARCHIVE_FILES:,} files in one archive: refused")
                    content = archive.extractfile(member) if member.isfile() else None
                    if not isinstance(content, io.BufferedReader):
                        continue
                    where = f"{file} (file {number} in it)"
                    try:
                        document = self._known(where, unpacked(content, where, MAX_DUMP_BYTES))
                    except ProtocolError as error:
                        notes.append(f"left out {error}".removesuffix(_HINT))
                    else:
                        yield document

    def _known(self, where: str, stream: io.BufferedReader) -> "_Document":
        """The document with its form by its first bytes. Raises ProtocolError for one nobody here reads."""
        sample = stream.peek(SAMPLE_BYTES)
        known = recognised(sample, FORMS, self._as_format)
        if known and known[1]:
            return _Document(where, stream, *known)
        if known:
            seen = f"{known[0].name}, but no records of a known format in it"
        else:
            text = sample.removeprefix(b"\xef\xbb\xbf").lstrip()
            seen = f"a file that begins with {text[:40]!r}" if text else "an empty file"
        raise ProtocolError(f"{where}: {seen}{_HINT}")

    def _records(self, document: "_Document", notes: list[str]) -> Iterator[RawRecord | Rejected]:
        file = OpenFile(
            document.stream,
            self.name,
            f"{self._clock.now():%Y-%m-%dT%H:%M:%SZ}",
            self._as_format,
            self._format_of_deleted,
            self._max_page_bytes,
        )
        try:
            yield from document.form.cut(file)
        except SourceError as error:
            raise type(error)(f"{document.where}: {error}") from error
        finally:
            notes.extend(f"{document.where}: {note}" for note in file.notes)


@dataclass(frozen=True, slots=True)
class _Document:
    where: str
    stream: io.BufferedReader
    form: Form
    format: str


@dataclass(frozen=True, slots=True)
class _Item:
    """A record and its number in its file, from 1."""

    file: Path
    number: int
    record: RawRecord | Rejected


def _page(batch: Sequence[_Item], checkpoint: str, notes: Sequence[str]) -> Page:
    found = [item.record for item in batch]
    records = tuple(record for record in found if isinstance(record, RawRecord))
    rejected = tuple(record for record in found if isinstance(record, Rejected))
    return Page(records, rejected, checkpoint, notes=tuple(notes))


@contextmanager
def _telling(file: Path) -> Iterator[None]:
    """Damage found while reading, told as ours."""
    try:
        yield
    except _DAMAGED as error:
        told = f"{file}: {error or type(error).__name__}: damaged, cut off or unreadable."
        raise TransportError(f"{told} Fetch it again; the import goes on from there.") from error


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise ProtocolError(f"{path}: no such file or folder.")
    return [path] if path.is_file() else sorted(found for found in path.rglob("*") if found.is_file())


def _behind(checkpoint: str, files: Sequence[Path]) -> tuple[Sequence[Path], int]:
    """The files still to read, and how many records of the first of them are done."""
    if not checkpoint:
        return files, 0
    number, _, name = checkpoint.partition(" ")
    names = [str(file) for file in files]
    if name not in names or not number.isdecimal():
        raise ResumptionError(f"the import stopped in {name}, which is no longer there. It must begin again.")
    return files[names.index(name) :], int(number)
