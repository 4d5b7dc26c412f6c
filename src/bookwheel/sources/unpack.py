"""Compressed bytes read under caps, so that a small file or answer cannot unfold into all memory or disk."""

import gzip
import io
from collections.abc import Iterator
from typing import Protocol

import zstandard

from bookwheel.errors import TooLargeError

MAX_RATIO = 200
"""Unpacked bytes per packed byte; metadata reaches 5 to 40, a bomb 1,000."""

_RATIO_FREE_BYTES = 1_000_000
"""The ratio counts from here on: a short answer of one repeated record may well be denser."""

_GZIP = b"\x1f\x8b"
_ZSTANDARD = b"\x28\xb5\x2f\xfd"


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def unpacked(stream: io.BufferedReader, where: str, max_bytes: int) -> io.BufferedReader:
    """The stream unpacked when it is gzip or Zstandard by its first bytes, and in each case capped.

    Reading raises TooLargeError, naming `where`, beyond `max_bytes` or MAX_RATIO; EOFError, gzip.BadGzipFile,
    zlib.error or zstandard.ZstdError for a damaged stream.
    """
    magic = stream.peek(4)[:4]
    counted = _Counted(stream)
    packed = io.BufferedReader(counted, 65_536)
    inner: _Readable = counted
    if magic.startswith(_GZIP):
        # GzipFile checks the length and checksum at the end, so that a cut stream is noticed.
        inner = gzip.GzipFile(fileobj=packed)
    elif magic == _ZSTANDARD:
        # A window of 128 MB is what `zstd --long` writes; more would be ours to hold in memory.
        inner = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(packed, read_across_frames=True)
    return io.BufferedReader(_Capped(inner, counted, where, max_bytes), 65_536)


def from_chunks(chunks: Iterator[bytes]) -> io.BufferedReader:
    """Chunks, as they come from a connection, to read from."""
    return io.BufferedReader(_Chunks(chunks), 65_536)


class _Chunks(io.RawIOBase):
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks
        self.rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        while not self.rest:
            chunk = next(self.chunks, None)
            if chunk is None:
                return 0
            self.rest = chunk
        count = min(len(buffer), len(self.rest))
        buffer[:count], self.rest = self.rest[:count], self.rest[count:]
        return count


class _Counted(io.RawIOBase):
    """Counts what is taken from a stream."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        data = self.stream.read1(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Capped(io.RawIOBase):
    """Refuses what grows beyond the caps, before it is handed on."""

    def __init__(self, inner: _Readable, packed: _Counted, where: str, max_bytes: int) -> None:
        self.inner = inner
        self.packed = packed
        self.where = where
        self.max_bytes = max_bytes
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        # Filled as far as possible, so that peek shows enough to tell what a file is.
        data = self.inner.read(len(buffer))
        while len(data) < len(buffer) and (more := self.inner.read(len(buffer) - len(data))):
            data += more
        self.count += len(data)
        if self.count > self.max_bytes:
            raise TooLargeError(f"{self.where}: more than {self.max_bytes:,} bytes unpacked: refused")
        if self.count > _RATIO_FREE_BYTES and self.count > MAX_RATIO * self.packed.count:
            raise TooLargeError(
                f"{self.where}: unpacks to more than {MAX_RATIO} times its size, as a bomb does: refused"
            )
        buffer[: len(data)] = data
        return len(data)
