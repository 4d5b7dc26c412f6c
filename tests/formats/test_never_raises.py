"""Reading never raises: payloads of the cases with bytes cut, changed, doubled and mixed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.formats.cases import Case, cases

from bookwheel.formats import FORMATS
from bookwheel.records import codec
from bookwheel.records.raw import RawRecord

NAMES = ("endnote_xml", "jats", "marc", "marcxml", "mods", "pubmed")
CASES = [case for case in cases() if case.raw.format in NAMES]
SIGNS = (
    b"<",
    b">",
    b"&",
    b'"',
    b"\x1d",
    b"\x1e",
    b"\x1f",
    b"\x1b(2",
    b"\xff",
    b"0",
    b"</a>",
    b"<!--",
    b"\x00",
    b"\xc3",
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_payloads_give_a_reading(case: Case, data: st.DataObject) -> None:
    raw = case.raw
    payload = raw.payload
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(payload)))
        length = data.draw(st.integers(0, 40))
        put = data.draw(st.sampled_from((*SIGNS, payload[place : place + length] * 2)))
        payload = payload[:place] + put + payload[place + length :]
    reading = FORMATS[raw.format].read(RawRecord(raw.source, raw.identifier, "", raw.format, payload))
    assert reading.record is not None or reading.problems
    if reading.record is not None:
        assert codec.decode(codec.encode(reading.record)) == reading.record


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_well_formed_payloads_with_other_texts_give_a_reading(case: Case, data: st.DataObject) -> None:
    """Values change places: every text of the payload may stand where another stood."""
    raw = case.raw
    divider = b"\x1f" if raw.format == "marc" else b">"
    pieces = raw.payload.split(divider)
    texts = [piece for piece in pieces if raw.format == "marc" or not piece.startswith(b"<")]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(1, len(pieces) - 1))
        other = data.draw(st.sampled_from(texts)).split(b"<")[0]
        _, bracket, tag = pieces[at].partition(b"<")
        pieces[at] = other if raw.format == "marc" else other + bracket + tag
    payload = divider.join(pieces)
    reading = FORMATS[raw.format].read(RawRecord(raw.source, raw.identifier, "", raw.format, payload))
    assert reading.record is not None or reading.problems
