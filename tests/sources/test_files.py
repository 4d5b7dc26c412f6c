"""Files and folders as a source."""

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest
import zstandard
from tests.fakes.feed import Feed, SimulatedClock
from tests.fakes.oai_server import Asked, Repository
from tests.realdata import collection

from bookwheel.config import SourceConfig
from bookwheel.errors import ProtocolError, ResumptionError, TooLargeError, TransportError
from bookwheel.records.raw import Page
from bookwheel.sources import Start, files
from bookwheel.sources.files import FilesSource


def response(first: int, count: int) -> bytes:
    feed = Feed()
    for number in range(first, first + count):
        feed.put(f"oai:x:{number}")
    feed.delete(f"oai:x:{first}")
    parameters = {"verb": "ListRecords", "metadataPrefix": "oai_doaj"}
    body = Repository(feed, page_size=1000).answer(Asked("GET", parameters, {}, "")).body
    assert isinstance(body, bytes)
    return body


def articles(first: int, count: int) -> bytes:
    found = [{"id": f"a{number}", "bibjson": {}} for number in range(first, first + count)]
    return ("[" + ",\n".join(map(json.dumps, found)) + "]").encode()


def archive(*members: bytes, packed: bool = True) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz" if packed else "w") as tar:
        tar.addfile(_member("folder", kind=tarfile.DIRTYPE))
        tar.addfile(_member("link", kind=tarfile.SYMTYPE, target="/etc/passwd"))
        for number, member in enumerate(members):
            info = _member(f"../../../../tmp/article_batch_{number}.json", size=len(member))
            tar.addfile(info, io.BytesIO(member))
    return file.getvalue()


def _member(name: str, *, kind: bytes = tarfile.REGTYPE, size: int = 0, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, size, target
    return info


def source(*paths: Path, as_format: str = "", **settings: object) -> FilesSource:
    config = SourceConfig(type="files", **settings)  # type: ignore[arg-type]
    return FilesSource("files", config, paths=paths, as_format=as_format, clock=SimulatedClock())


def identifiers(pages: list[Page]) -> list[str]:
    return [record.identifier for page in pages for record in page.records]


OAI, JSON = response(0, 3), articles(0, 3)
KINDS = {
    "OAI-PMH": (OAI, "oai_doaj"),
    "OAI-PMH, gzip": (gzip.compress(OAI), "oai_doaj"),
    "OAI-PMH, zstd": (zstandard.compress(OAI), "oai_doaj"),
    "OAI-PMH behind a byte order mark": (b"\xef\xbb\xbf" + OAI, "oai_doaj"),
    "OAI-PMH in UTF-16": (OAI.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "oai_doaj"),
    "OAI-PMH in tar.gz": (archive(OAI), "oai_doaj"),
    "OAI-PMH, gzip within tar.gz": (archive(gzip.compress(OAI)), "oai_doaj"),
    "JSON list": (JSON, "doaj_json"),
    "JSON lines, gzip": (gzip.compress(JSON.strip(b"[]").replace(b",\n", b"\n")), "doaj_json"),
    "JSON in tar": (archive(JSON, packed=False), "doaj_json"),
    "JSON and a read-me in tar.gz": (archive(b"Read me\n", JSON), "doaj_json"),
}


@pytest.mark.parametrize(("content", "format_"), KINDS.values(), ids=KINDS)
def test_a_file_is_known_by_its_content(content: bytes, format_: str, tmp_path: Path) -> None:
    file = tmp_path / "misleading.pdf"
    file.write_bytes(content)
    (page,) = source(file).pages()
    assert len(page.records) == 3
    assert {record.format for record in page.records} == {format_}
    assert (page.rejected, page.checkpoint) == ((), "")


UNKNOWN = {
    "text": (b"Hello", "a file that begins with b'Hello'"),
    "nothing": (b"", "an empty file"),
    "another XML": (b"<?xml version='1.0'?><rdf:RDF/>", 'a file that begins with b"<?xml'),
    "a text about OAI-PMH": (b"# OAI-PMH responses", "a file that begins with"),
    "another JSON": (
        b'[{"colour": "red"}]',
        "JSON: a list, one object a line, or the answer of an API, but no records",
    ),
    "another metadata format": (
        OAI.replace(b"oai_doaj:doajArticle", b"oai_doaj:thesis"),
        "OAI-PMH responses, but no records of a known format in it",
    ),
}


@pytest.mark.parametrize(("content", "seen"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_file_is_refused_with_what_was_seen_and_what_is_known(
    content: bytes, seen: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(content)
    with pytest.raises(ProtocolError) as raised:
        list(source(file).pages())
    assert str(raised.value).startswith(f"{file}: {seen}")
    assert "; known are OAI-PMH responses; " in str(raised.value)


DAMAGED = {
    "cut gzip": gzip.compress(JSON * 500)[:-100],
    "no gzip behind the first bytes": b"\x1f\x8b" + b"x" * 100,
    "cut tar.gz": archive(articles(0, 20_000))[:-2000],
    "cut zstd": zstandard.compress(articles(0, 5000))[:-100],
    "cut list": JSON[:-1],
    "cut response": OAI[:-20],
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_never_looks_complete(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(content)
    with pytest.raises(TransportError) as raised:
        assert all(page.checkpoint for page in source(file).pages())
    assert str(raised.value).startswith(str(file))
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProtocolError, match="nowhere: no such file or folder"):
        list(source(tmp_path / "nowhere").pages())


def test_a_folder_is_read_in_the_order_of_names_and_says_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "2.json").write_bytes(articles(0, 2))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "1.json").write_bytes(articles(2, 1))
    (tmp_path / "1.xml").write_bytes(response(5, 2))
    (tmp_path / "README").write_text("Read me")
    (page,) = source(tmp_path).pages()
    assert identifiers([page]) == ["oai:x:6", "oai:x:5", *(f"oai:doaj.org/article:a{n}" for n in range(3))]
    (note,) = page.notes
    assert note == f"left out {tmp_path / 'README'}: a file that begins with b'Read me'"


def test_an_import_goes_on_behind_each_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PAGE_RECORDS", 4)
    (tmp_path / "1.json").write_bytes(articles(0, 6))
    (tmp_path / "2.tar.gz").write_bytes(archive(articles(6, 3), articles(9, 4)))
    (tmp_path / "3.xml").write_bytes(response(0, 3))
    whole = list(source(tmp_path).pages())
    assert [len(page.records) for page in whole] == [4, 4, 4, 4]
    for number, page in enumerate(whole[:-1], 1):
        rest = list(source(tmp_path).pages(Start(checkpoint=page.checkpoint)))
        assert identifiers(rest) == identifiers(whole[number:])


def test_an_import_never_passes_for_progress_of_a_harvest_of_the_same_name(tmp_path: Path) -> None:
    """Else a dump's newest record would become the bound behind which the repository is asked."""
    (tmp_path / "1.xml").write_bytes(OAI)
    reader = source(tmp_path, as_format="oai_doaj")
    assert reader.format != SourceConfig().format
    assert [page.newest for page in reader.pages()] == [""]


def test_a_checkpoint_in_a_file_that_is_gone_begins_again(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_bytes(articles(0, 6))
    with pytest.raises(ResumptionError, match="begin again"):
        list(source(tmp_path).pages(Start(checkpoint="4 /gone/0.json")))


def test_a_reader_can_be_chosen_for_what_shows_no_known_format(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(OAI.replace(b"oai_doaj:doajArticle", b"oai_doaj:thesis"))
    (page,) = source(tmp_path, as_format="thesis").pages()
    assert [record.format for record in page.records] == ["thesis"] * 3


def test_caps_refuse_bombs_and_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b"<OAI-PMH>" + bytes(30_000_000)))
    with pytest.raises(TooLargeError, match=r"bomb\.gz.*200 times"):
        list(source(bomb).pages())
    nested = tmp_path / "nested.tar"
    nested.write_bytes(archive(gzip.compress(b"<OAI-PMH>" + bytes(30_000_000)), packed=False))
    with pytest.raises(TooLargeError, match=r"file 3 in it.*200 times"):
        list(source(nested).pages())
    large = tmp_path / "large.xml"
    large.write_bytes(response(0, 50))
    with pytest.raises(TooLargeError, match=r"large\.xml: more than 2,000 bytes"):
        list(source(large, max_page_bytes=2000).pages())
    monkeypatch.setattr(files, "MAX_ARCHIVE_FILES", 5)
    many = tmp_path / "many.tar.gz"
    many.write_bytes(archive(*[JSON] * 10))
    with pytest.raises(TooLargeError, match="more than 5 files"):
        list(source(many).pages())


def test_nothing_is_written_whatever_an_archive_names(tmp_path: Path) -> None:
    file = tmp_path / "in" / "a.tar.gz"
    file.parent.mkdir()
    file.write_bytes(archive(JSON))
    before = sorted(tmp_path.rglob("*"))
    list(source(file).pages())
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.realdata
def test_thirteen_pages_and_their_json_form_hold_the_same_records() -> None:
    folder = collection("doaj-like")
    pages = list(source(*sorted(folder.glob("*.xml.gz"))).pages())
    records = [record for page in pages for record in page.records]
    assert (len(records), sum(record.deleted for record in records)) == (1203, 13)
    assert not any(page.rejected for page in pages)
    lines = list(source(folder / "articles.jsonl.gz").pages())
    assert sorted(identifiers(lines)) == sorted(identifiers(pages))
