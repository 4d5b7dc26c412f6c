import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.errors import StoreError
from bookwheel.records.codec import VERSION, decode, encode
from bookwheel.records.model import Record


@given(st.from_type(Record))
def test_a_record_survives(record: Record) -> None:
    assert decode(encode(record)) == record


def test_fields_that_are_missing_take_their_defaults() -> None:
    record = b'{"id":"a","source":"s","source_identifier":"","datestamp":"","format":"","record_format":""}'
    data = b'{"version":1,"record":' + record + b"}"
    assert decode(data).title.value == ""


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"version":1,"record":{"id":5}}'])
def test_damaged_bytes_say_so(data: bytes) -> None:
    with pytest.raises(StoreError, match="cannot be decoded"):
        decode(data)


def test_a_newer_version_says_so() -> None:
    newer = encode(Record("a", "s", "", "", "", "")).replace(b'"version":%d' % VERSION, b'"version":99')
    with pytest.raises(StoreError, match="version 99"):
        decode(newer)
