"""RIS, NBIB and Web of Science cut into references, whatever their exporter thought of lines."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.records.raw import RawRecord
from bookwheel.sources import tagged_forms
from bookwheel.sources.forms import Form, OpenFile
from bookwheel.sources.tagged_forms import FORMS

RIS, NBIB, WOS = FORMS


def opened(data: bytes) -> OpenFile:
    return OpenFile(io.BufferedReader(io.BytesIO(data), 65_536), "x", "now")


def cut(data: bytes, form: Form = RIS) -> list[bytes]:
    return [piece.payload for piece in form.cut(opened(data))]


LAYOUTS = {
    "by the book": b"TY  - JOUR\r\nTI  - A\r\nER  - \r\n\r\nTY  - JOUR\r\nTI  - B\r\nER  - \r\n",
    "numbered": b"1.\nTY  - JOUR\nTI  - A\nER  - \n\n2.\nTY  - JOUR\nTI  - B\nER  -\n",
    "without ends": b"TY  - JOUR\nTI  - A\n\nTY  - JOUR\nTI  - B",
    "byte order mark": b"\xef\xbb\xbfTY  - JOUR\nTI  - A\nER  -\nTY  - JOUR\nTI  - B\nER  -",
    "carriage returns": b"TY  - JOUR\rTI  - A\rER  -\rTY  - JOUR\rTI  - B\rER  -",
    "one blank, tabulators": b"TY - JOUR\nTI - A\nER -\nTY\t- JOUR\nTI\t- B\nER\t-",
    "a greeting": b"Exported today\n\n  TY  - JOUR\n  TI  - A\n  ER  -\n  TY  - JOUR\n  TI  - B\n  ER  -\n",
    "UTF-16": "TY  - JOUR\nTI  - A\nER  -\nTY  - JOUR\nTI  - B\nER  -\n".encode("utf-16"),
}


@pytest.mark.parametrize("data", LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_gives_both_references(data: bytes) -> None:
    assert RIS.recognise(data) == "ris"
    first, second = cut(data)
    assert (b"A" in first, b"B" in second) == (True, True)
    assert first.startswith(b"TY")


def test_payloads_are_the_bytes_as_they_came() -> None:
    data = LAYOUTS["by the book"]
    assert all(payload in data for payload in cut(data))


def test_an_abstract_that_quotes_tags_stays_whole() -> None:
    data = b"TY  - JOUR\nAB  - We searched\n  for ER and TY - tags\nTI  - A\nER  -\n"
    assert len(cut(data)) == 1


def test_nbib_goes_from_pmid_to_pmid() -> None:
    data = b"\nPMID- 1\nTI  - A\n      PMID- quoted\n\nPMID- 2\nTI  - B\n"
    assert NBIB.recognise(data) == "nbib"
    assert [payload[:7] for payload in cut(data, NBIB)] == [b"PMID- 1", b"PMID- 2"]


def test_web_of_science_has_a_head_and_a_foot() -> None:
    data = b"\xef\xbb\xbfFN Clarivate\nVR 1.0\nPT J\nTI A\nER\n\nPT B\nTI B\nER\n\nEF"
    assert WOS.recognise(data[3:]) == "wos"
    assert cut(data, WOS) == [b"PT J\nTI A\nER", b"PT B\nTI B\nER"]


def test_a_piece_too_long_is_refused_and_the_next_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagged_forms, "MAX_RECORD_BYTES", 100)
    data = b"TY  - JOUR\n" + b"AB  - " + b"a" * 200 + b"\nER  -\nTY  - JOUR\nTI  - B\nER  -\n"
    refused, kept = RIS.cut(opened(data))
    assert not isinstance(refused, RawRecord)
    assert b"B" in kept.payload


@pytest.mark.parametrize("text", [b"", b"TYPE - x", b"<xml/>", b"@misc{a}", b"TI  - no beginning"])
def test_other_files_are_not_ris(text: bytes) -> None:
    assert RIS.recognise(text) is None


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    for form in FORMS:
        form.recognise(data)
        cut(data, form)
