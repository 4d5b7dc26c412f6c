"""Packed streams under caps."""

import gzip
import io
import zlib

import pytest
import zstandard

from bookwheel.errors import TooLargeError
from bookwheel.sources.unpack import from_chunks, unpacked

TEXT = b"".join(f"line {number * number}\n".encode() for number in range(50_000))


def read(data: bytes, max_bytes: int = 10_000_000) -> bytes:
    return unpacked(io.BufferedReader(io.BytesIO(data)), "a.gz", max_bytes).read()


@pytest.mark.parametrize(
    "packed",
    [
        TEXT,
        gzip.compress(TEXT),
        gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:]),
        zstandard.compress(TEXT),
        zstandard.compress(TEXT[:1000]) + zstandard.compress(TEXT[1000:]),
    ],
    ids=["plain", "gzip", "two gzip members", "zstd", "two zstd frames"],
)
def test_content_comes_out_whole(packed: bytes) -> None:
    assert read(packed) == TEXT


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress], ids=["plain", "gzip", "zstd"])
def test_more_than_the_cap_is_refused(pack: type[bytes]) -> None:
    assert len(read(pack(TEXT), len(TEXT))) == len(TEXT)
    with pytest.raises(TooLargeError, match=r"a\.gz: more than 600,000 bytes"):
        read(pack(TEXT), 600_000)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_bomb_is_refused_by_its_ratio(pack: type[bytes]) -> None:
    with pytest.raises(TooLargeError, match="more than 200 times its size"):
        read(pack(bytes(30_000_000)), 100_000_000)


@pytest.mark.parametrize("keep", [20, 1000, -4])
def test_a_cut_gzip_stream_is_noticed(keep: int) -> None:
    with pytest.raises((EOFError, zlib.error)):
        read(gzip.compress(TEXT)[:keep])


def test_chunks_of_any_size_make_one_stream() -> None:
    chunks = [b"", TEXT[:1], TEXT[1:200_000], b"", TEXT[200_000:]]
    assert from_chunks(iter(chunks)).read() == TEXT
