"""JSON dumps cut into articles, in whatever layout."""

import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.errors import TransportError
from bookwheel.records.raw import RawRecord, Rejected
from bookwheel.sources.dumps import Slice, read_object, recognise, slices
from bookwheel.sources.forms import OpenFile

DOAJ = "oai:doaj.org/article:"


def reader(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(data), 65_536)


def cut(data: bytes) -> list[Slice]:
    return list(slices(reader(data)))


def opened(source: str = "x", fetched: str = "now") -> OpenFile:
    return OpenFile(reader(b""), source, fetched)


def article(number: int, **more: object) -> dict[str, object]:
    return {"id": f"a{number}", "last_updated": "2025-01-01T00:00:00Z", "bibjson": {"title": '{["\\'}, **more}


LAYOUTS = {
    "the dump: one a line": lambda articles: "[" + ",\n".join(map(json.dumps, articles)) + "]",
    "the dump with its brackets alone": lambda articles: "[\n" + ",\n".join(map(json.dumps, articles)) + "\n]\n",
    "a comma before each": lambda articles: "[" + "\n,".join(map(json.dumps, articles)) + "]",
    "JSON lines": lambda articles: "".join(json.dumps(article) + "\n" for article in articles),
    "JSON lines, no end of line": lambda articles: "\n".join(map(json.dumps, articles)),
    "Windows lines and a byte order mark": lambda articles: "\ufeff" + "\r\n".join(map(json.dumps, articles)),
    "a list in one line": json.dumps,
    "a list spread out": lambda articles: json.dumps(articles, indent=2),
    "an answer of the API": lambda articles: json.dumps({"total": 9, "query": "a", "results": articles, "last": "x"}),
    "objects spread out": lambda articles: "\n".join(json.dumps(article, indent=1) for article in articles),
}


@pytest.mark.parametrize("write", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("count", [1, 3, 400])
def test_every_layout_gives_every_article_as_received(write: object, count: int) -> None:
    articles = [article(number, abstract="é" * 300) for number in range(count)]
    data = write(articles).encode()  # type: ignore[operator]
    found = cut(data)
    assert [json.loads(piece.payload) for piece in found] == articles
    assert all(data[piece.offset :].startswith(piece.payload) for piece in found)


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=9)), min_size=1, max_size=6), st.booleans())
def test_strings_full_of_braces_and_quotes_do_not_mislead(extra: list[dict[str, str]], spread: bool) -> None:
    articles = [article(number, more=more) for number, more in enumerate(extra)]
    data = json.dumps(articles, indent=1 if spread else None, ensure_ascii=False).encode()
    assert [json.loads(piece.payload) for piece in cut(data)] == articles


def test_one_bad_line_is_rejected_and_the_rest_goes_on() -> None:
    lines = [json.dumps(article(0)), '{"id": "bad", ', json.dumps(article(2)), "{}", json.dumps(article(4))]
    read = [read_object(piece, opened()) for piece in cut(("[" + ",\n".join(lines) + "]").encode())]
    assert [found.identifier for found in read if isinstance(found, RawRecord)] == [
        DOAJ + "a0",
        DOAJ + "a2",
        DOAJ + "a4",
    ]
    rejected = [found for found in read if isinstance(found, Rejected)]
    assert [found.payload for found in rejected] == [b'{"id": "bad"', b"{}"]
    assert "no JSON" in rejected[0].reason
    assert rejected[1].reason == "no object with fields"


def test_an_article_has_the_header_of_a_record() -> None:
    (piece,) = cut(json.dumps(article(1)).encode())
    found = read_object(piece, opened("doaj", "2025-01-02T00:00:00Z"))
    assert found == RawRecord(
        "doaj", DOAJ + "a1", "2025-01-01T00:00:00Z", "doaj_json", piece.payload, fetched="2025-01-02T00:00:00Z"
    )


@pytest.mark.parametrize(
    "payload", [b"\xff", b'{"id": "\xe9"}', b"[" * 100_000, b"[1]", b"null", b'{"id": 3}', b'{"bibjson": {}}']
)
def test_bytes_that_are_no_article_are_rejected(payload: bytes) -> None:
    assert isinstance(read_object(Slice(0, payload), opened()), Rejected)


@pytest.mark.parametrize("separator", [",\n", ", "])
def test_a_list_that_is_cut_off_is_told_behind_its_records(separator: str) -> None:
    data = ("[" + separator.join(json.dumps(article(number)) for number in range(3))).encode()
    pieces = slices(reader(data))
    assert [json.loads(next(pieces).payload)["id"] for _ in range(3)] == ["a0", "a1", "a2"]
    with pytest.raises(TransportError, match="cut off"):
        next(pieces)


@pytest.mark.parametrize("separator", [b",\n", b","])
def test_a_large_list_is_read_in_constant_memory(separator: bytes) -> None:
    piece = json.dumps(article(1, abstract="a" * 5000)).encode()
    stream = reader(b"[" + separator.join([piece] * 2000) + b"]")
    tracemalloc.start()
    assert len([piece.offset for piece in slices(stream)]) == 2000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


ENVELOPES = {
    "Crossref": '{"status": "ok", "message": {"facets": {}, "items": [%s], "total": 2}}',
    "DataCite": '{"data": [%s], "meta": {"states": [{"id": "a"}]}, "links": {}}',
    "OpenAlex": '{"meta": {"count": 2}, "results": [%s], "group_by": [{"key": "a"}]}',
    "Elasticsearch": '{"took": 1, "hits": {"total": 2, "hits": [%s]}}',
    "an array within the record": "[%s]",
}


@pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES)
@pytest.mark.parametrize("spread", [False, True], ids=["one line", "spread out"])
def test_records_in_an_answer_of_an_api_are_found_without_what_stands_beside_them(envelope: str, spread: bool) -> None:
    records = [{"DOI": f"10.1234/{n}", "items": [{"a": []}], "meta": {"data": [{}]}} for n in range(3)]
    data = (envelope % ",".join(map(json.dumps, records))).encode()
    if spread:
        data = json.dumps(json.loads(data), indent=2).encode()
    assert [json.loads(piece.payload) for piece in cut(data)] == records


KINDS = {
    "doaj_json": {"id": "a", "bibjson": {}},
    "bookwheel_json": {"version": 1, "record": {"id": "a", "source_identifier": "a"}},
    "crossref": {"DOI": "10.1234/a", "member": "1", "title": ["T"]},
    "datacite": {"id": "10.1234/a", "type": "dois", "attributes": {"doi": "10.1234/a", "creators": []}},
    "openalex": {"id": "https://openalex.org/W1"},
    "csl_json": {"id": "a", "type": "book", "title": "T"},
    "json": {"Title": "T", "year": 2012},
    "": {"colour": "red"},
}


@pytest.mark.parametrize(("name", "item"), KINDS.items())
@pytest.mark.parametrize("tail", ["", "x" * 100_000], ids=["short", "longer than the sample"])
def test_the_format_of_an_object_shows_in_its_keys(name: str, item: dict[str, object], tail: str) -> None:
    data = json.dumps([{**item, "tail": {"more": [tail, {"a": tail}]}}]).encode()
    assert recognise(data[:65_536]) == name
    assert {found.format for piece in cut(data) if isinstance(found := read_object(piece, opened()), RawRecord)} == (
        {name} if name else set()
    )


@given(st.binary(max_size=300))
def test_no_beginning_of_a_file_confuses(sample: bytes) -> None:
    assert recognise(sample) is None or sample.lstrip()[:1] in (b"[", b"{")
