"""What a conversing program gets, called as Python and through the protocol's own client."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.formats.cases import case

from bookwheel.config import Config
from bookwheel.engines.memory import MemoryEngine
from bookwheel.errors import UnknownNameError, UnknownRecordError
from bookwheel.library import Library
from bookwheel.mcp.server import server
from bookwheel.mcp.tools import MAX_HITS, Tools
from bookwheel.store import Store
from bookwheel.store.model import Received
from mcp import Client

SEED = "doaj-art-a34e60229e934aac998908d0fd28b026"
CITATION = (
    "Cortelezzi, A., Sciumè, M., & Reda, G. (2012). Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia. "
    "Advances in Hematology, 2012, Article 393864. https://doi.org/10.1155/2012/393864"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    store = Store.open(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    store.migrate()
    seed = case(SEED)
    run = store.start_run("doaj", "harvest")
    store.save_page(run, [Received(SEED, seed.raw, seed.reading)])
    with Library(Config(tmp_path, public_url="https://search.example.org"), store, MemoryEngine()) as library:
        library.index()
        yield library


def test_a_search_brings_citations_and_addresses(library: Library) -> None:
    answer = Tools(library).search("lenalidomide leukemia")
    assert (answer["total"], answer["notes"]) == (1, [])
    (record,) = answer["records"]
    assert record["citation"] == CITATION
    assert record["url"] == f"https://search.example.org/Record/{SEED}"
    assert len(record["abstract"]) <= 602


def test_a_record_comes_whole(library: Library) -> None:
    record = Tools(library).get_record(SEED)["record"]
    assert record["container"]["volume"] == "2012"
    assert record["contributors"][0]["name"] == "Agostino Cortelezzi"


def test_citations_know_every_style(library: Library) -> None:
    assert Tools(library).cite(SEED)["citation"] == CITATION
    assert Tools(library).cite(SEED, "vancouver")["citation"].startswith("Cortelezzi A, Sciumè M, Reda G.")
    with pytest.raises(UnknownNameError, match="apa"):
        Tools(library).cite(SEED, "oxford comma")


def test_mistakes_are_told(library: Library) -> None:
    with pytest.raises(UnknownRecordError):
        Tools(library).get_record("nobody")
    with pytest.raises(UnknownNameError, match="Title"):
        Tools(library).search("x", "Colour")


@pytest.mark.parametrize(("page", "size"), [(-1, -1), (10**9, 10**9)])
def test_numbers_out_of_range_become_the_nearest_that_are_not(library: Library, page: int, size: int) -> None:
    answer = Tools(library).search("leukemia", page=page, size=size)
    assert 1 <= answer["page"] * min(max(size, 1), MAX_HITS) <= 1_000


def test_a_client_of_the_protocol(library: Library) -> None:
    async def converse() -> tuple[list[str], Any, Any]:
        async with Client(server(library)) as client:
            tools = await client.list_tools()
            found = await client.call_tool("search", {"query": "lenalidomide"})
            unknown = await client.call_tool("cite", {"record_id": "nobody"})
            return [tool.name for tool in tools.tools], found, unknown

    # In a thread of its own: a browser that other tests drive keeps an event loop in this one.
    with ThreadPoolExecutor(1) as pool:
        names, found, unknown = pool.submit(lambda: asyncio.run(converse())).result()
    assert names == ["search", "get_record", "cite", "find_similar"]
    assert found.structured_content["records"][0]["id"] == SEED
    assert unknown.is_error
    assert "nobody" in unknown.content[0].text
