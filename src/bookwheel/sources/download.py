"""One file fetched over HTTP to the disk: a broken download goes on where it was, a file had already is not sent again.

Beside the file lies what the server said of it, so that a process that was killed can go on too.
"""

import os
import re
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

import msgspec

from bookwheel.errors import ProtocolError, StoreError, TooLargeError, TransportError
from bookwheel.sources.http import Answer, Client

_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_CHECKSUM = re.compile(rb"\A\s*([0-9a-fA-F]{64})(?:\s|\Z)")
_MAX_CHECKSUM_BYTES = 10_000


DOWNLOADS = "downloads"
"""Folder within the catalogue's for files until they are read."""


class Version(msgspec.Struct, frozen=True):
    """What a server says to tell one version of a file from another; both "" when it says nothing."""

    etag: str = ""
    modified: str = ""

    @property
    def condition(self) -> dict[str, str]:
        """The headers that ask for another version only."""
        found = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in found.items() if value}

    @property
    def validator(self) -> str:
        """What may stand in If-Range: a weak ETag must not (RFC 9110, 13.1.5)."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


@dataclass(frozen=True, slots=True)
class Download:
    """A file on its way: `whole` when it is all there, `part` and `told` (the version of either) while it comes."""

    client: Client
    url: str
    whole: Path
    max_bytes: int

    @property
    def part(self) -> Path:
        return self.whole.with_suffix(".part")

    @property
    def told(self) -> Path:
        return self.whole.with_suffix(".json")

    def fetch(self, had: Version, expected: str, notes: list[str]) -> tuple[str, Version] | None:
        """The SHA-256 and version of the file, now on the disk; None when it is still the version that was had.

        A download that was cut off, by whatever, goes on. `expected` is the SHA-256 the file must have, "" to look for
        one beside it (".sha256"). Raises TransportError for a file with another one, which is thrown away;
        TooLargeError beyond `max_bytes`; StoreError when the disk refuses; else what the client raises.
        """
        self.whole.parent.mkdir(parents=True, exist_ok=True)
        # A file fetched by a run that was killed before it was read has its version beside it.
        is_here = self.whole.is_file()
        version = self.client.fetch(
            self.url,
            lambda: self._headers(self._version() if is_here else had),
            lambda answer: self._take(answer, notes),
            notes,
            self._size,
        )
        if version is None and not is_here:
            return None
        path = self.whole if version is None else self.part
        with path.open("rb") as file:
            content = file_digest(file, "sha256").hexdigest()
        expected = expected.lower() or self._beside(notes)
        if expected and content != expected:
            self.discard()
            raise TransportError(
                f"{self.url}: the file has the checksum {content}, not {expected}: thrown away. Damaged on its way, or"
                " replaced while it was fetched? The next harvest fetches it again."
            )
        if path == self.part:
            os.replace(self.part, self.whole)
        return content, self._version()

    def discard(self) -> None:
        for path in (self.whole, self.part, self.told):
            path.unlink(missing_ok=True)

    def _headers(self, had: Version) -> dict[str, str]:
        # A packed answer to a range would be a range of another file.
        headers = {"Accept-Encoding": "identity"}
        if self._size() and (validator := self._version().validator):
            return {**headers, "Range": f"bytes={self._size()}-", "If-Range": validator}
        return headers | had.condition

    def _take(self, answer: Answer, notes: list[str]) -> Version | None:
        """What of the file this answer brings, written; None when there is nothing new."""
        if answer.status == 304:
            return None
        size = self._size()
        if answer.status == 416:
            self._begin(Version())
            raise TransportError(f"cannot go on behind byte {size:,}: the file is begun again")
        found = _CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        if answer.status == 206:
            if not found or int(found[1]) != size:
                self._begin(Version())
                raise ProtocolError("an answer to another range than was asked for")
            notes.append(f"{self.url}: went on behind byte {size:,}")
        else:
            size = 0
            self._begin(Version(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")))
        self._write(answer, size)
        if found and found[2].isdecimal() and self._size() != int(found[2]):
            raise TransportError(f"{self._size():,} of {int(found[2]):,} bytes came")
        return self._version()

    def _write(self, answer: Answer, size: int) -> None:
        announced = answer.headers.get("Content-Length", "")
        if announced.isdecimal() and size + int(announced[:15]) > self.max_bytes:
            raise TooLargeError(self._too_large(size + int(announced[:15])))
        with self.part.open("ab") as file:
            for chunk in answer.chunks:
                size += len(chunk)
                if size > self.max_bytes:
                    raise TooLargeError(self._too_large(size))
                try:
                    file.write(chunk)
                    file.flush()
                except OSError as error:
                    # Told apart from a broken connection, which is an OSError as well and would be tried again.
                    raise _refused(self.part, error) from error

    def _too_large(self, size: int) -> str:
        return f"{self.url}: {size:,} bytes or more, but max_download_bytes is {self.max_bytes:,}: refused"

    def _begin(self, version: Version) -> None:
        """An empty file of that version, alone: what lies here is never told to be another's version."""
        try:
            self.discard()
            self.told.write_bytes(msgspec.json.encode(version))
            self.part.touch()
        except OSError as error:
            raise _refused(self.part, error) from error

    def _version(self) -> Version:
        try:
            return msgspec.json.decode(self.told.read_bytes(), type=Version)
        except (OSError, msgspec.DecodeError):
            return Version()

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.is_file() else 0

    def _beside(self, notes: list[str]) -> str:
        """The checksum in the file beside this one, in the form sha256sum writes; "" when there is none."""

        def read(body: bytes) -> str:
            found = _CHECKSUM.match(body[:_MAX_CHECKSUM_BYTES])
            return found[1].decode().lower() if found else ""

        path, mark, query = self.url.partition("?")
        try:
            return self.client.get(f"{path}.sha256{mark}{query}", read, notes)
        except ProtocolError:
            return ""


def key_of(url: str) -> str:
    """A file name for an address."""
    return sha256(url.encode()).hexdigest()[:20]


def _refused(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{path}: {error.strerror or error}. With room and rights mended, the download goes on from there."
    )
