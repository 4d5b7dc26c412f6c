import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookwheel.errors import ProtocolError
from bookwheel.sources import cutting
from bookwheel.sources.unpack import from_chunks


def cut(document: bytes, *names: str) -> list[bytes]:
    stream = from_chunks(iter([document]))
    return [piece.payload for piece in cutting.elements(stream, names or ("record",))]


def cut_marc(document: bytes) -> list[tuple[int, bytes]]:
    stream = from_chunks(iter([document]))
    return [(piece.offset, piece.payload) for piece in cutting.marc(stream)]


@pytest.mark.parametrize(
    ("document", "pieces"),
    [
        (b"<records><record>a</record>\n<record>b</record></records>", [b"<record>a</record>", b"<record>b</record>"]),
        (b"<record>a</record><record>b</record>", [b"<record>a</record>", b"<record>b</record>"]),
        (b"<r><record/><record a='>'/></r>", [b"<record/>", b"<record a='>'/>"]),
        (b"<r><!-- <record> --><record>a</record></r>", [b"<record>a</record>"]),
        (b"<r><record><![CDATA[</record>]]></record></r>", [b"<record><![CDATA[</record>]]></record>"]),
        (b"<r><record>a<record>b</record></r>", [b"<record>a", b"<record>b</record>"]),
        (b"<r><record>a</record><record>cut", [b"<record>a</record>", b"<record>cut"]),
        (b"<r><record><!-- never ends</record><record>b</record></r>", None),
        (b"<r><records/><recording/></r>", []),
        (b"", []),
    ],
)
def test_elements_are_cut_byte_for_byte(document: bytes, pieces: list[bytes] | None) -> None:
    found = cut(document)
    if pieces is None:
        assert found[-1] == b"<record>b</record>"
    else:
        assert found == pieces


def test_namespaces_declared_outside_come_along_where_they_are_needed() -> None:
    document = b'<c xmlns="urn:a" xmlns:m="urn:m" xmlns:x="urn:x"><m:record x:y="1"/><record>b</record></c>'
    assert cut(document) == [
        b'<m:record xmlns:m="urn:m" xmlns:x="urn:x" x:y="1"/>',
        b'<record xmlns="urn:a">b</record>',
    ]


def test_a_declaration_of_its_own_is_kept() -> None:
    assert cut(b'<c xmlns="urn:a"><record xmlns="urn:b"/></c>') == [b'<record xmlns="urn:b"/>']


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16"])
def test_other_encodings_are_cut_in_utf8(encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?><c><record>é</record></c>'.encode(encoding)
    assert cut(document) == ["<record>é</record>".encode()]


@pytest.mark.parametrize("encoding", ["klingon", "ascii"])
def test_an_encoding_that_is_none_is_refused_where_it_matters(encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?><c><record>a</record></c>'.encode()
    if encoding == "ascii":
        assert cut(document) == [b"<record>a</record>"]
    else:
        with pytest.raises(ProtocolError):
            cut(document)


def test_records_longer_than_what_is_read_at_once() -> None:
    long = b"<record>" + b"x" * 300_000 + b"</record>"
    assert cut(b"<c>" + long * 5 + b"</c>") == [long] * 5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("<>/recod! -[]CDAT&;\n", max_size=30), max_size=20))
def test_every_whole_record_between_anything_is_found(junk: list[str]) -> None:
    """Whatever stands before it, a record behind a line of its own is the last one found, and time is bounded."""
    before = "".join(junk).replace("<!", "").encode()
    assert cut(before + b"</record>\n<record>good</record>")[-1] == b"<record>good</record>"


def marc(body: bytes, told: int | None = None) -> bytes:
    length = 24 + len(body) + 1 if told is None else told
    return b"%05dnam a2200025 a 4500" % length + body + b"\x1d"


@pytest.mark.parametrize("told", [None, 0, 99_999, 12])
def test_a_wrong_length_costs_no_other_record(told: int | None) -> None:
    first, second, third = marc(b"one"), marc(b"two", told), marc(b"three")
    found = cut_marc(first + second + b"\r\n" + third)
    assert [payload for _, payload in found] == [first, second, third]
    assert found[2][0] == len(first + second) + 2


def test_a_terminator_within_a_record_of_right_length_is_data() -> None:
    odd = marc(b"o\x1dne")
    assert [payload for _, payload in cut_marc(odd + marc(b"two"))] == [odd, marc(b"two")]


def test_what_is_cut_off_is_given_as_it_is() -> None:
    assert [payload for _, payload in cut_marc(marc(b"one") + b"00100nam")] == [marc(b"one"), b"00100nam"]
    assert cut_marc(b"\n\x00\x1a") == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=8))
def test_no_byte_of_damaged_marc_is_lost(pieces: list[bytes]) -> None:
    document = b"\x1d".join(pieces)
    found = b"".join(payload for _, payload in cut_marc(document))
    assert found.translate(None, b" \t\r\n\x00\x1a") == document.translate(None, b" \t\r\n\x00\x1a")
