"""The store follows a site that tells its changes, whatever becomes of one resource."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.fakes import faults
from tests.fakes.oai_server import Answer
from tests.fakes.resourcesync_site import Site

from bookwheel.config import SourceConfig
from bookwheel.errors import ProtocolError, TransportError
from bookwheel.jobs.synchronizing import synchronize
from bookwheel.sources.resourcesync import ResourceSyncSource
from bookwheel.store import Store
from bookwheel.store.model import Counts, ListKey, Run


def articles(*ids: str, title: str = "A title") -> bytes:
    return json.dumps([{"id": id_, "bibjson": {"title": title}} for id_ in ids]).encode()


class World:
    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self.store = store
        self.site = Site()
        for name in "abc":
            self.site.put(f"/{name}", articles(name))

    def harvest(self, *, with_changes: bool = True, **settings: object) -> Run:
        url = self.site.publish(with_changes=with_changes)
        config = SourceConfig(type="resourcesync", url=url, **settings)  # type: ignore[arg-type]
        clock = self.site.files.feed.clock
        self.site.asked()
        with ResourceSyncSource("x", config, self.folder, transport=self.site.files.transport(), clock=clock) as source:
            return synchronize(source, self.store)

    def ids(self) -> str:
        live = (stored.identifier for stored in self.store.changes(0, 1000) if not stored.deleted)
        return "".join(sorted(identifier[-1] for identifier in live))

    def fault_of(self, path: str, fault: Callable[[Answer], Answer]) -> None:
        requests = self.site.files.requests
        self.site.files.fault = lambda answer: fault(answer) if requests[-1].path == path else answer

    def reached(self) -> str:
        return self.store.list_state(ListKey("x", "changes", "", "resourcesync")).completed


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(Store.open("sqlite://")) as store:
        store.migrate()
        yield World(tmp_path, store)


@pytest.mark.parametrize("list_size", [1000, 2])
def test_baseline_then_changes_alone(world: World, list_size: int) -> None:
    world.site.list_size = list_size
    assert world.harvest().counts == Counts(3, stored=3)
    assert world.site.asked() == ["/a", "/b", "/c"]
    world.site.put("/d", articles("d"))
    world.site.put("/a", articles("a", title="Mended"))
    world.site.put("/a", articles("a", title="Mended twice"))
    world.site.delete("/b")
    assert world.harvest().counts == Counts(3, stored=2, deleted=1)
    assert world.site.asked() == ["/d", "/a"], "each once, as it is now"
    assert world.ids() == "acd"
    assert world.reached() == world.site.changes[-1][1]
    assert world.harvest().counts == Counts()
    assert world.site.asked() == []
    assert not list((world.folder / "downloads").rglob("*.data"))


def test_changes_since_the_list_was_made_are_taken_in_the_same_run(world: World) -> None:
    world.site.publish()
    listed = world.site.files.content["/list.xml"]
    world.site.delete("/b")
    world.site.put("/d", articles("d"))
    world.site.files.fault = lambda answer: (
        Answer(listed) if world.site.files.requests[-1].path == "/list.xml" else answer
    )
    run = world.harvest()
    assert world.ids() == "acd"
    assert [note for note in run.notes if note.startswith("alarm")] != [], "the list named what was gone"
    world.site.files.fault = None
    assert world.harvest().state == "complete"


BAD: dict[str, tuple[Callable[[Answer], Answer], str]] = {
    "gone": (faults.status(404), "HTTP 404"),
    "refused": (faults.status(403), "HTTP 403"),
    "another of the same length": (faults.body(lambda body: body.replace(b"title", b"tilte")), "another md5"),
    "longer": (faults.body(lambda body: body + b"\n"), "its list says"),
    "broken": (faults.cut("reset"), "broken: reset"),
}


@pytest.mark.parametrize(("fault", "told"), BAD.values(), ids=BAD)
def test_bad_resource_is_told_stops_no_other_and_is_tried_again(
    world: World, fault: Callable[[Answer], Answer], told: str
) -> None:
    world.fault_of("/b", fault)
    run = world.harvest()
    assert run.state == "incomplete"
    [alarm] = [note for note in run.notes if note.startswith("alarm")]
    assert told in alarm
    assert "/b" in alarm
    assert world.ids() == "ac"
    world.site.files.fault = None
    assert world.harvest().counts == Counts(1, stored=1)
    assert world.site.asked() == ["/b"]
    assert world.ids() == "abc"


def test_damaged_record_goes_to_quarantine(world: World) -> None:
    world.site.put("/d", b'{"id": "d", "bibjson": {"title": "D"}}\n{"id": "e", "bibjs\n')
    run = world.harvest()
    assert run.counts == Counts(5, stored=4, rejected=1)
    assert len(world.store.quarantined()) == 1


def test_site_that_goes_down_is_not_asked_for_every_resource(world: World) -> None:
    for number in range(20):
        world.site.put(f"/r{number}", articles(f"r{number}"))
    requests = world.site.files.requests
    down = faults.status(503)
    world.site.files.fault = lambda answer: answer if requests[-1].path.endswith(".xml") else down(answer)
    with pytest.raises(TransportError, match="503"):
        world.harvest()
    assert len(world.site.asked()) == 3 * 8
    world.site.files.fault = None
    assert world.harvest().counts == Counts(23, stored=23)


class Stopped(BaseException):
    pass


def test_killed_baseline_fetches_nothing_twice(world: World) -> None:
    def kill(_: Answer) -> Answer:
        raise Stopped

    world.fault_of("/c", kill)
    with pytest.raises(Stopped):
        world.harvest()
    assert world.ids() == "ab"
    world.site.files.fault = None
    assert world.harvest().counts == Counts(1, stored=1)
    assert world.site.asked() == ["/c"]


def test_resource_beyond_the_cap_is_refused(world: World) -> None:
    world.site.put("/d", articles(*map(str, range(2000))))
    run = world.harvest(max_page_bytes=10_000)
    assert "max_page_bytes" in run.notes[0]
    assert world.ids() == "abc"


def test_resource_that_holds_no_records_is_left_out(world: World) -> None:
    world.site.put("/page", b"<!DOCTYPE html><html><body>Welcome</body></html>")
    run = world.harvest()
    assert (run.state, run.counts) == ("complete", Counts(3, stored=3))
    assert "left out" in run.notes[0]
    assert "/page" in run.notes[0]


@pytest.mark.parametrize("type_", ["text/html; charset=utf-8", "application/pdf", "image/png"])
def test_resource_of_a_type_without_records_is_not_fetched(world: World, type_: str) -> None:
    world.site.types["/page"] = type_
    world.site.put("/page", b"Welcome")
    assert world.harvest().state == "complete"
    assert world.site.asked() == ["/a", "/b", "/c"]


def test_record_that_left_its_resource_is_deleted(world: World) -> None:
    world.site.put("/d", articles("d", "e"))
    world.harvest()
    assert world.ids() == "abcde"
    world.site.put("/d", articles("d"))
    assert world.harvest().counts == Counts(2, unchanged=1, deleted=1)
    assert world.ids() == "abcd"


def test_resource_that_moved_keeps_its_records(world: World) -> None:
    world.harvest()
    world.site.put("/moved", articles("a"))
    world.site.delete("/a")
    world.harvest()
    assert world.ids() == "abc"


@pytest.mark.parametrize("with_changes", [True, False])
def test_change_list_that_does_not_reach_back_means_to_compare_all(world: World, with_changes: bool) -> None:
    world.harvest()
    world.site.put("/d", articles("d"))
    world.site.changes_from = "2025-06-01T00:00:00Z"
    world.site.changes.clear()
    run = world.harvest(with_changes=with_changes)
    assert run.counts == Counts(1, stored=1)
    assert world.site.asked() == ["/d"], "what is listed as it was read is not fetched"


def test_address_of_the_capability_list_will_do(world: World) -> None:
    world.site.publish()
    content = world.site.files.content
    publish = world.site.publish
    world.site.publish = lambda **options: publish(**options).replace("source", "capabilities")  # type: ignore[method-assign]
    assert world.harvest().counts == Counts(3, stored=3)
    assert "/capabilities.xml" in content


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("/source.xml", b"<html/>", "no document of ResourceSync"),
        ("/source.xml", b"<urlset/>", "without the capability"),
        ("/capabilities.xml", b"<urlset", "line 1"),
        ("/list.xml", b"", "no XML|line 1|empty"),
    ],
)
def test_list_that_cannot_be_read_is_a_failure(world: World, path: str, body: bytes, told: str) -> None:
    world.fault_of(path, lambda _: Answer(body))
    with pytest.raises(ProtocolError, match=told):
        world.harvest()
    assert world.reached() == ""


def test_list_in_our_own_network_is_not_asked_for(world: World) -> None:
    world.fault_of("/source.xml", faults.swap(b"http://files.test/capabilities.xml", b"http://127.0.0.1/secret"))
    with pytest.raises(ProtocolError, match="no public address"):
        world.harvest()
