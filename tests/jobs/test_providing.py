"""What a catalogue gives away, page by page."""

from collections.abc import Iterator

import pytest
from tests.contracts.store import received

from bookwheel.engines.memory import MemoryEngine
from bookwheel.jobs.index import Placement, index
from bookwheel.jobs.progress import SILENT
from bookwheel.jobs.providing import BATCH, Provider
from bookwheel.search.url import from_url
from bookwheel.store import Store
from bookwheel.store.provision import Place, Span

COUNT = 3 * BATCH
BEES = from_url([("lookfor", "bees"), ("type", "Title")])


def placement(source: str) -> Placement:
    return Placement("Here", source)


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Three hundred records, every hundredth on bees, the last of those deleted."""
    engine = MemoryEngine()
    with Store.open("sqlite://") as store:
        store.migrate()
        run = store.start_run("x", "harvest")
        titles = ["Bees" if number % BATCH == 0 else "Wasps" for number in range(COUNT)]
        store.save_page(run, [received(f"{number:03}", title) for number, title in enumerate(titles)])
        store.save_page(run, [received("200", deleted=True, day=2)])
        index(store, engine, placement, progress=SILENT)
        yield Provider(store, engine, placement)


@pytest.mark.parametrize("size", [1, 7, BATCH, COUNT])
def test_pages_of_any_size_make_the_whole_list(provider: Provider, size: int) -> None:
    found: list[str] = []
    place, more = Place(), True
    while more:
        headers, more = provider.headers(Span(), None, place, size)
        found += [header.id for header in headers]
        place = headers[-1].place
    assert len(found) == len(set(found)) == COUNT
    assert found[-1] == "x-200"


def test_a_search_is_looked_for_through_the_whole_list(provider: Provider) -> None:
    first, more = provider.headers(Span(), BEES, Place(), 2)
    assert ([header.id for header in first], more) == (["x-000", "x-100"], True)
    rest, more = provider.headers(Span(), BEES, first[-1].place, 2)
    assert ([(header.id, header.deleted) for header in rest], more) == ([("x-200", True)], False)


def test_a_record_comes_with_its_payload_and_a_deleted_one_without(provider: Provider) -> None:
    found = provider.record("x-100")
    assert found is not None
    assert found.record is not None
    assert found.raw is not None
    assert found.raw.payload == b"<title>Bees</title>"
    gone = provider.record("x-200")
    assert gone is not None
    assert (gone.header.deleted, gone.record, gone.raw) == (True, None, None)
    assert provider.record("nobody") is None


def test_parts_name_live_records_once(provider: Provider) -> None:
    parts = provider.parts(BATCH)
    found = [record_id for part in parts for record_id, _ in provider.part(part.number, BATCH)]
    assert len(found) == len(set(found)) == COUNT - 1
    assert "x-200" not in found
