"""Files at fixed addresses come whole or not at all, and only when they changed."""

import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from tests.fakes import faults
from tests.fakes.file_server import BASE, Files
from tests.fakes.oai_server import Answer, Fault, serve

from bookwheel.config import SourceConfig
from bookwheel.errors import ConfigError, ProtocolError, TooLargeError, TransportError
from bookwheel.jobs.delivering import harvest_files
from bookwheel.sources.web_files import WebFilesSource
from bookwheel.store import Store
from bookwheel.store.model import Counts, Run

DUMP = "/dump.json"


def articles(*ids: str, title: str = "A title") -> bytes:
    return json.dumps([{"id": id_, "bibjson": {"title": title}} for id_ in ids]).encode()


class World:
    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self.store = store
        self.files = Files({DUMP: articles("1", "2")})

    def source(self, url: str = BASE + DUMP, **settings: object) -> WebFilesSource:
        config = SourceConfig(type="http", url=url, **settings)  # type: ignore[arg-type]
        return WebFilesSource("x", config, self.folder, transport=self.files.transport(), clock=self.files.feed.clock)

    def harvest(self, **settings: object) -> Run:
        with self.source(**settings) as source:  # type: ignore[arg-type]
            return harvest_files(source, self.store)

    def left(self) -> list[str]:
        """What lies in the folder for downloads."""
        return [path.suffix for path in (self.folder / "downloads").rglob("*") if path.is_file()]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(Store.open("sqlite://")) as store:
        store.migrate()
        yield World(tmp_path, store)


def test_file_is_read_and_asked_for_again_by_its_etag(world: World) -> None:
    assert world.harvest().counts == Counts(2, stored=2)
    assert world.left() == []
    assert world.harvest().counts == Counts()
    assert "if-none-match" in world.files.asked(DUMP)[-1]
    world.files.content[DUMP] = articles("1", "3")
    assert world.harvest().counts == Counts(2, stored=1, unchanged=1)


def test_server_that_tells_no_version_sends_again_but_nothing_is_read(world: World) -> None:
    world.files.tags = False
    assert world.harvest().counts == Counts(2, stored=2)
    assert world.harvest().counts == Counts()
    assert len(world.files.asked(DUMP)) == 2


BROKEN: dict[str, Fault] = {
    "reset": faults.cut("reset"),
    "behind a length": faults.cut("length"),
    "within a chunk": faults.cut("chunk"),
}


@pytest.mark.parametrize("fault", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("on_loopback", [False, True])
def test_cut_download_goes_on_where_it_was(world: World, fault: Fault, on_loopback: bool) -> None:
    world.files.faults = {1: fault}
    if on_loopback:
        with serve(world.files) as url:
            config = SourceConfig(type="http", url=url.removesuffix("/oai") + DUMP)
            with WebFilesSource("x", config, world.folder, clock=world.files.feed.clock) as source:
                run = harvest_files(source, world.store)
    else:
        run = world.harvest()
    assert run.counts == Counts(2, stored=2)
    assert world.files.asked(DUMP)[1]["range"].startswith("bytes=")
    assert "went on behind byte" in "".join(run.notes)


def test_killed_download_goes_on_in_the_next_harvest(world: World) -> None:
    world.files.fault = lambda answer: (
        faults.cut("reset")(answer) if len(world.files.requests) == 1 else faults.status(503)(answer)
    )
    with pytest.raises(TransportError):
        world.harvest()
    assert sorted(world.left()) == [".json", ".part"]
    world.files.fault = None
    assert world.harvest().counts == Counts(2, stored=2)
    assert "range" in world.files.asked(DUMP)[-1]


@pytest.mark.parametrize("fault", [None, faults.cut("reset")], ids=["whole", "cut"])
def test_file_changed_meanwhile_is_never_joined_to_its_older_part(world: World, fault: Fault | None) -> None:
    newer = articles("8", "9", "10")

    def replaced(answer: Answer) -> Answer:
        world.files.content[DUMP] = newer
        return faults.cut("reset")(answer)

    world.files.faults = {1: replaced} | ({2: fault} if fault else {})
    assert world.harvest().counts == Counts(3, stored=3)


def test_server_without_ranges_sends_the_whole_file_again(world: World) -> None:
    world.files.ranges = False
    world.files.faults = {1: faults.cut("reset")}
    assert world.harvest().counts == Counts(2, stored=2)


def test_range_nobody_asked_for_is_not_joined(world: World) -> None:
    world.files.faults = {
        1: faults.cut("reset"),
        2: lambda answer: faults.header(answer, "Content-Range", "bytes 0-9/10"),
    }
    assert world.harvest().counts == Counts(2, stored=2)


CHECKSUMS = {
    "setting, right": (sha256, True, False),
    "setting, wrong": (None, True, True),
    "beside it, right": (sha256, False, False),
    "beside it, wrong": (None, False, True),
}


@pytest.mark.parametrize(("digest", "by_setting", "is_refused"), CHECKSUMS.values(), ids=CHECKSUMS)
def test_checksum(world: World, digest: object, by_setting: bool, is_refused: bool) -> None:
    told = sha256(world.files.content[DUMP]).hexdigest() if digest else "0" * 64
    if not by_setting:
        world.files.content[DUMP + ".sha256"] = f"{told.upper()}  dump.json\n".encode()
    settings = {"sha256": told} if by_setting else {}
    if not is_refused:
        assert world.harvest(**settings).counts == Counts(2, stored=2)
        return
    with pytest.raises(TransportError, match="checksum"):
        world.harvest(**settings)
    assert world.store.live_count() == 0
    assert world.left() == []


def test_file_with_the_checksum_that_was_read_is_not_asked_for(world: World) -> None:
    told = sha256(world.files.content[DUMP]).hexdigest()
    world.harvest(sha256=told)
    count = len(world.files.requests)
    world.harvest(sha256=told)
    assert len(world.files.requests) == count


def test_page_in_place_of_a_checksum_is_none(world: World) -> None:
    world.files.content[DUMP + ".sha256"] = b"<html>Welcome</html>"
    assert world.harvest().counts == Counts(2, stored=2)


@pytest.mark.parametrize("is_announced", [True, False])
def test_file_beyond_the_cap_is_refused(world: World, is_announced: bool) -> None:
    size = len(world.files.content[DUMP])
    if is_announced:
        world.files.fault = lambda answer: faults.header(answer, "Content-Length", str(size))
    with pytest.raises(TooLargeError, match="max_download_bytes"):
        world.harvest(max_download_bytes=size - 1)
    assert world.harvest(max_download_bytes=size).counts == Counts(2, stored=2)


def test_one_file_that_is_gone_stops_no_other(world: World) -> None:
    world.files.content["/b.json.gz"] = gzip.compress(articles("3"))
    run = world.harvest(urls=(BASE + "/gone.json", BASE + "/b.json.gz"))
    assert (run.state, run.counts) == ("incomplete", Counts(3, stored=3))
    [alarm] = [note for note in run.notes if note.startswith("alarm")]
    assert "gone.json: HTTP 404" in alarm


def test_drip_is_given_up(world: World) -> None:
    """A byte every ten seconds would take a year for a dump, and never break."""
    world.files.content[DUMP] = articles(*map(str, range(100)))
    world.files.fault = faults.drip(10)
    with pytest.raises(TransportError, match="bytes in"):
        world.harvest()


def test_file_fetched_but_not_read_is_not_fetched_again(world: World) -> None:
    with world.source() as source:
        assert source.get(BASE + DUMP, "", []) is not None
    assert world.harvest().counts == Counts(2, stored=2)
    assert "if-none-match" in world.files.asked(DUMP)[-1]


def test_credentials_stay_with_their_host(world: World) -> None:
    urls = ("http://8.8.8.8/dump.json", "http://127.0.0.1:1/dump.json")
    run = world.harvest(urls=urls, user="u", password="s3cret")
    assert "no public address" in run.notes[-1]
    hosts = {asked.headers["host"]: "authorization" in asked.headers for asked in world.files.requests}
    assert hosts == {"files.test": True, "8.8.8.8": False}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"url": ""}, "needs the setting url"),
        ({"url": "ftp://files.test/a"}, "no http or https"),
        ({"url": "http://u:p@files.test/a"}, "credentials"),
        ({"sha256": "abc"}, "no SHA-256"),
        ({"sha256": "0" * 64, "urls": ("http://files.test/b",)}, "belongs to one file"),
    ],
)
def test_settings_that_cannot_be_meant(world: World, settings: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        world.source(**settings)  # type: ignore[arg-type]


def test_page_in_place_of_the_file_is_told(world: World) -> None:
    world.files.content[DUMP] = b"<!DOCTYPE html><html><body>Sorry</body></html>"
    with pytest.raises(ProtocolError, match="begins with"):
        world.harvest()
