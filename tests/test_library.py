"""The front door: what goes in through it comes out, whole, by every way in."""

import gzip
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import httpx2
import pytest
from tests.fakes.oai_server import URL
from tests.realdata import collection

from bookwheel.config import FILE_NAME, SourceConfig
from bookwheel.errors import ConfigError, UnknownNameError
from bookwheel.jobs.harvest import harvest
from bookwheel.library import Library
from bookwheel.records import codec
from bookwheel.search.deadline import left
from bookwheel.search.url import from_url
from bookwheel.sources.oai import OaiSource

SEED = "doaj-art-a34e60229e934aac998908d0fd28b026"
CASE = Path(__file__).parent / "cases" / SEED
RESPONSE = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2025-11-29T23:00:00Z</responseDate>
<request/><ListRecords>{}</ListRecords></OAI-PMH>"""
RECORD = "<record><header><identifier>{}</identifier><datestamp>{}</datestamp></header><metadata>{}</metadata></record>"


def response(*records: str) -> bytes:
    return RESPONSE.format("".join(records)).encode()


def seed_record() -> str:
    payload = re.sub(r"<\?xml.*?\?>", "", (CASE / "payload.xml").read_text(encoding="utf-8"))
    identifier = "oai:doaj.org/article:a34e60229e934aac998908d0fd28b026"
    return RECORD.format(identifier, "2025-08-20T02:20:32Z", payload)


def catalogue(folder: Path, settings: str = "index_memory_mb = 64\nindex_threads = 1\n") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / FILE_NAME).write_text(settings, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(catalogue(tmp_path / "catalogue")) as library:
        yield library


@pytest.fixture
def seeded(library: Library, tmp_path: Path) -> Library:
    file = tmp_path / "seed.xml"
    file.write_bytes(response(seed_record()))
    library.import_files([file])
    library.index()
    return library


def test_suggestions_take_no_longer_than_a_search(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[float] = []

    def suggest(field: str, prefix: str, limit: int) -> tuple[str, ...]:
        times.append(left())
        return ()

    monkeypatch.setattr(library.engine, "suggest", suggest)
    assert library.suggest("author_facet", "some") == ()
    assert 0 < times[0] <= library.config.search_deadline_seconds


@pytest.mark.parametrize(
    "text",
    [
        "lenalidomide leukemia",
        "10.1155/2012/393864",
        "https://doi.org/10.1155/2012/393864",
        "Mariarita Sciume",
        "AT mariaritasciume lenalidomideinthetreatmentofchroniclymphocyticleukemia",
        "1687-9104",
        SEED,
        '"chronic lymphocytic leukemia"',
        "subject:blood OR author:reda",
    ],
)
def test_the_seed_is_found(seeded: Library, text: str) -> None:
    result = seeded.search(from_url([("lookfor", text)]))
    assert [hit.id for hit in result.hits] == [SEED]


def test_a_search_is_understood_with_the_count_of_each_part(seeded: Library) -> None:
    query = from_url([("lookfor", "lenalidomide[tiab] AND (mice[ti] OR leukemia[ti])"), ("syntax", "pubmed")])
    found = seeded.understand(query)
    assert [(part.text, part.count) for part in found.parts] == [
        ("lenalidomide[tiab]", 1),
        ("(mice[ti] OR leukemia[ti])", 1),
    ]
    assert [(part.text, part.count) for part in found.parts[1].parts] == [("mice[ti]", 0), ("leukemia[ti]", 1)]
    assert (found.syntax, found.is_chosen, found.reproducible) == ("pubmed", True, True)


def test_a_record_is_known_whole(seeded: Library) -> None:
    found = seeded.record(SEED)
    assert found is not None
    assert found.record.container.title == "Advances in Hematology"
    assert found.document["collection"] == ("DOAJ",)
    assert (found.deleted, found.source, found.has_payload) == (False, "doaj", True)
    raw, reading = seeded.reading(SEED) or pytest.fail("no payload")
    assert raw.payload in response(seed_record())
    assert reading.record == found.record
    assert {row.field for row in reading.provenance} >= {"title", "identifiers.doi", "container.volume"}


def test_an_unknown_record_is_none(seeded: Library) -> None:
    assert seeded.record("nobody") is None
    assert seeded.reading("nobody") is None
    assert seeded.versions("nobody") == ()


def test_a_deleted_record_keeps_what_was_known_of_it(seeded: Library, tmp_path: Path) -> None:
    deleted = re.sub("<header>", '<header status="deleted">', seed_record()).replace("2025-08-20", "2025-09-20")
    (tmp_path / "later.xml").write_bytes(response(re.sub("<metadata>.*</metadata>", "", deleted, flags=re.DOTALL)))
    assert seeded.import_files([tmp_path / "later.xml"]).counts.deleted == 1
    seeded.index()
    found = seeded.record(SEED)
    assert found is not None
    assert found.deleted
    assert found.document["title"] == ("Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia",)
    assert seeded.search(from_url([("lookfor", "lenalidomide")])).total == 0
    assert seeded.reading(SEED) is not None


def test_a_record_not_yet_indexed_can_be_shown(library: Library, tmp_path: Path) -> None:
    (tmp_path / "seed.xml").write_bytes(response(seed_record()))
    library.import_files([tmp_path / "seed.xml"])
    found = library.record(SEED)
    assert found is not None
    assert found.document["spellingShingle"][-1] == "Advances in Hematology"


def test_an_index_somebody_else_filled_needs_no_store(seeded: Library, tmp_path: Path) -> None:
    document = seeded.engine.get([SEED])[SEED]
    with Library.open(catalogue(tmp_path / "other")) as other:
        with other.engine.update(0) as writer:
            writer.add({name: values for name, values in document.items() if name != "spelling"})
        found = other.record(SEED)
        assert found is not None
        assert found.record.title.value == "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"
        assert found.record.doi == "10.1155/2012/393864"
        assert not found.has_payload


def test_a_rebuilt_index_answers_the_same(seeded: Library) -> None:
    before = seeded.search(from_url([("lookfor", "lenalidomide")]))
    seeded.index(rebuild=True)
    after = seeded.search(from_url([("lookfor", "lenalidomide")]))
    assert [hit.id for hit in after.hits] == [hit.id for hit in before.hits]
    assert seeded.check() == ()
    assert seeded.status().waiting == 0


def test_versions_share_a_work_key(seeded: Library, tmp_path: Path) -> None:
    twin = seed_record().replace("a34e60229e934aac998908d0fd28b026", "ffff").replace("Advances in", "Studies in")
    (tmp_path / "twin.xml").write_bytes(response(twin))
    seeded.import_files([tmp_path / "twin.xml"])
    seeded.index()
    assert [hit.id for hit in seeded.versions(SEED)] == ["doaj-art-ffff"]


def test_what_is_unknown_is_answered_with_what_is_known(library: Library, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="unknown source 'doja'; known: none"):
        library.harvest("doja")
    with pytest.raises(UnknownNameError, match="unknown format 'mark'; known: bibtex, bookwheel_json, crossref"):
        library.import_files([tmp_path], as_format="mark")


def test_files_cannot_be_reconciled(tmp_path: Path) -> None:
    settings = '[sources.folder]\ntype = "files"\npath = "."\n'
    with (
        Library.open(catalogue(tmp_path / "catalogue", settings)) as library,
        pytest.raises(ConfigError, match=r"\[sources.folder\]: type 'files' cannot list identifiers"),
    ):
        library.reconcile("folder")


def test_quarantine_is_emptied_once_it_can_be_read(library: Library, tmp_path: Path) -> None:
    """A payload of a format nobody reads is kept; when the format can be read, a retry makes the record."""
    file = tmp_path / "later.jsonl"
    file.write_text('{"id": "x1", "bibjson": {}}\n{"id": "x2", "bibjson": {"title": "Kept"}}\n', encoding="utf-8")
    run = library.import_files([file])
    assert (run.counts.stored, run.counts.rejected) == (1, 1)
    (piece,) = library.quarantined()
    assert piece.payload == b'{"id": "x1", "bibjson": {}}'
    assert library.retry().rejected == 1
    assert len(library.quarantined()) == 1


def replayed(pages: list[bytes]) -> httpx2.MockTransport:
    """A repository that serves saved pages by their resumption tokens."""
    by_token = {"": pages[0]}
    for page, following in pairwise(pages):
        found = re.search(rb"<resumptionToken[^>]*>([^<]+)<", page)
        assert found
        by_token[found[1].decode()] = following

    def answer(request: httpx2.Request) -> httpx2.Response:
        page = by_token[request.url.params.get("resumptionToken", "")]
        return httpx2.Response(200, stream=httpx2.ByteStream(page))

    return httpx2.MockTransport(answer)


@pytest.mark.realdata
def test_a_collection_is_the_same_by_every_way_in(tmp_path: Path) -> None:
    folder = collection("doaj-like")
    files = sorted(folder.glob("ListRecords-*.xml.gz"))
    live: dict[str, dict[str, bytes]] = {}
    known: dict[str, set[str]] = {}
    for way in ("files", "json", "provider"):
        with Library.open(catalogue(tmp_path / way)) as library:
            if way == "provider":
                transport = replayed([gzip.decompress(file.read_bytes()) for file in files])
                source = OaiSource("doaj", SourceConfig(url=URL), transport=transport)
                run = harvest(source, library.store)
            else:
                run = library.import_files(files if way == "files" else [folder / "articles.jsonl.gz"])
            assert run.state == "complete"
            assert run.counts.rejected == 0
            assert run.counts.deleted == (0 if way == "json" else 13)
            library.index()
            assert library.count() == library.store.live_count()
            assert library.check() == ()
            stored = library.store.changes(0, 5000)
            known[way] = {row.id for row in stored}
            live[way] = {row.id: codec.encode(row.record) for row in stored if row.record and not row.deleted}
    assert live["files"] == live["provider"]
    assert len(live["files"]) == 1190
    # The JSON form tells nothing of deletions, so there the thirteen are alive.
    assert known["files"] == known["provider"] == known["json"] == live["json"].keys()
    assert len(known["json"]) == 1203


@pytest.mark.realdata
def test_a_dump_and_a_harvest_of_one_repository_meet(library: Library) -> None:
    folder = collection("doaj-like")
    library.import_files(sorted(folder.glob("ListRecords-*.xml.gz")))
    run = library.import_files([folder / "articles.jsonl.gz"])
    assert run.counts.rejected == 0
    assert len(library.store.changes(0, 5000)) == 1203
