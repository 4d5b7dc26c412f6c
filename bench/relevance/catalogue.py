"""A catalogue made of a collection by the ways anybody would use, and asked as its result page is asked."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

import httpx2
from bench.relevance.collections import ID_PREFIX, Collection, Json

from bookwheel.library import Library
from bookwheel.search.results import Document
from bookwheel.search.url import MAX_PAGE_SIZE, from_url


class Asked(Protocol):
    def rank(self, text: str, depth: int) -> list[str]:
        """Ids of the collection, best first, at most `depth`."""


class LibraryAsked:
    """Each page of results as `Library.search` gives it for the page's address."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def rank(self, text: str, depth: int) -> list[str]:
        found: list[str] = []
        for parameters in _pages(text, depth):
            hits = self._library.search(from_url(parameters)).hits
            found += [hit.id.removeprefix(ID_PREFIX) for hit in hits]
            if len(hits) < MAX_PAGE_SIZE:
                break
        return found[:depth]


class HttpAsked:
    """Each page of results as the JSON API of a served catalogue gives it."""

    def __init__(self, address: str) -> None:
        self._client = httpx2.Client(base_url=address, timeout=60)

    def rank(self, text: str, depth: int) -> list[str]:
        found: list[str] = []
        for parameters in _pages(text, depth):
            answer = self._client.get(f"/api/v1/search?{urlencode([*parameters, ('field[]', 'id')])}")
            records = answer.raise_for_status().json().get("records", [])
            found += [record["id"].removeprefix(ID_PREFIX) for record in records]
            if len(records) < MAX_PAGE_SIZE:
                break
        return found[:depth]


def _pages(text: str, depth: int) -> Iterator[list[tuple[str, str]]]:
    """The addresses of the pages that hold the first `depth` hits."""
    size = min(depth, MAX_PAGE_SIZE)
    for page in range(1, -(-depth // size) + 1):
        yield [("lookfor", text), ("type", "AllFields"), ("limit", str(size)), ("page", str(page))]


def fill(folder: Path, collection: Collection) -> None:
    """Make a catalogue of the collection in `folder`, unless it stands there already."""
    if (folder / "bookwheel.toml").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    dump = folder / "articles.jsonl"
    dump.write_text("".join(f"{json.dumps(article)}\n" for article in collection.articles), encoding="utf-8")
    (folder / "bookwheel.toml").write_text("", encoding="utf-8")
    with Library.open(folder) as library:
        library.import_files([dump], as_format="doaj_json")
        library.index()
    dump.unlink()


def documents(library: Library, articles: Iterable[Json]) -> Iterator[Document]:
    """The collection's documents as the index holds them, under the collection's ids."""
    ids = [f"{ID_PREFIX}{article['id']}" for article in articles]
    for start in range(0, len(ids), 1_000):
        for record_id, document in library.engine.get(ids[start : start + 1_000]).items():
            yield {**document, "id": (record_id.removeprefix(ID_PREFIX),)}
