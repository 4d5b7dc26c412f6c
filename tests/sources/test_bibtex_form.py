"""A BibTeX file cut into entries that stand alone."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.errors import TooLargeError
from bookwheel.records.raw import RawRecord, Rejected
from bookwheel.sources import bibtex_form
from bookwheel.sources.bibtex_form import FORM
from bookwheel.sources.forms import OpenFile


def cut(data: bytes) -> list[RawRecord | Rejected]:
    return list(FORM.cut(OpenFile(io.BufferedReader(io.BytesIO(data), 65_536), "x", "now")))


def test_entries_are_cut_as_they_came() -> None:
    data = b"% mine\n@comment{x}\n@article{a, title={A {b} c}}  @book(b, title={B}\n)\nwords @misc{c,\n title = {C}\n}"
    assert [piece.payload for piece in cut(data)] == [
        b"@article{a, title={A {b} c}}",
        b"@book(b, title={B}\n)",
        b"@misc{c,\n title = {C}\n}",
    ]


def test_what_an_entry_names_elsewhere_comes_along() -> None:
    data = (
        b"@string{p = {Press}}\n@string{j = p # { J}}\n@string{unused = {x}}\n"
        b"@inproceedings{a, journal = j, crossref = {P}}\n@misc{b, note={j}}\n@proceedings{p, title={P}}"
    )
    first, second, third = cut(data)
    assert first.payload == (
        b"@string{p = {Press}}\n@string{j = p # { J}}\n@inproceedings{a, journal = j, crossref = {P}}\n"
        b"@proceedings{p, title={P}}"
    )
    assert second.payload == b"@misc{b, note={j}}"
    assert third.payload == b"@proceedings{p, title={P}}"


def test_a_brace_too_few_costs_its_entry_alone() -> None:
    found = cut(b"@misc{a, title={A}\n\n@misc{b, title={B}}\n@misc{c, title={C")
    assert [isinstance(piece, Rejected) for piece in found] == [True, False, True]
    assert found[1].payload == b"@misc{b, title={B}}"


def test_an_at_sign_at_the_beginning_of_a_line_ends_no_abstract() -> None:
    (piece,) = cut(b"@misc{a, abstract={We wrote\n@home{and} so on}}")
    assert isinstance(piece, RawRecord)


@pytest.mark.parametrize(
    ("sample", "name"),
    [
        (b"\n@article{a,\n  title = {T}}", "bibtex"),
        (b"% words\n@STRING(j = {J})", "bibtex"),
        (b"write to me@example{x}", None),
        (b"@online shop", None),
        (b"", None),
    ],
)
def test_recognise(sample: bytes, name: str | None) -> None:
    assert FORM.recognise(sample) == name


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibtex_form, "MAX_FILE_BYTES", 10)
    with pytest.raises(TooLargeError, match="more than 10 bytes"):
        cut(b"@misc{a, title={A}}")


@given(st.text(alphabet='@{}()misc,= \n"#a\\', max_size=80))
def test_no_text_raises(text: str) -> None:
    cut(text.encode())
    FORM.recognise(text.encode())
