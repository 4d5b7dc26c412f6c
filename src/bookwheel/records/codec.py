"""A Record as bytes and back: JSON with the version of its shape, for the store."""

import msgspec

from bookwheel.errors import StoreError
from bookwheel.records.model import Record

VERSION = 1
"""Grows when a stored Record could no longer be decoded into today's; new fields with defaults need no new number."""


class _Envelope(msgspec.Struct, frozen=True):
    version: int
    record: Record


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(_Envelope)


def encode(record: Record) -> bytes:
    """UTF-8 JSON, the same bytes for equal records."""
    return _ENCODER.encode(_Envelope(VERSION, record))


def decode(data: bytes) -> Record:
    """The record of `encode`. Raises StoreError for bytes that are none, or of a newer Bookwheel."""
    try:
        envelope = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise StoreError(f"a stored record cannot be decoded: {error}. Reading its payload anew mends it.") from error
    if envelope.version != VERSION:
        known = f"this Bookwheel knows {VERSION}"
        raise StoreError(f"a stored record has version {envelope.version}, {known}. Install the newer release.")
    return envelope.record
