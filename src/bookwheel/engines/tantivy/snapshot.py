"""One commit of the index, opened for reading, and the watch for the next one.

A snapshot never changes: a search sees one commit from its first count to its last hit. Looking whether there is a
newer one costs two `stat` calls, so every search does, and a server sees another process's harvest at its next search.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple, TypeAlias

import tantivy

from bookwheel.engines.tantivy import checksums, generations, schema
from bookwheel.engines.tantivy.caches import Bounded
from bookwheel.engines.tantivy.dictionary import Dictionary
from bookwheel.engines.tantivy.failures import is_from_engine
from bookwheel.engines.tantivy.sorting import quoted
from bookwheel.errors import EngineError
from bookwheel.search.results import Document, Facet
from bookwheel.search.spelling import Vocabulary

State: TypeAlias = tuple[int, ...]
"""What tells two commits apart: numbers, times and sizes of the pointer file and of the engine's list of segments."""

_TRIES = 5
"""A generation may be swapped and removed between finding and opening it; so often in a row it is not."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A commit and what was worked out about it. `problem` says why it is not the live one's, or is empty."""

    generation: Path | None
    index: tantivy.Index
    searcher: tantivy.Searcher
    dictionary: Dictionary
    watermark: int
    count: int
    state: State
    problem: str = ""
    facets: dict[object, Facet] = field(default_factory=lambda: Bounded(1_000))
    vocabularies: dict[str, Vocabulary] = field(default_factory=lambda: Bounded(40))
    expansions: dict[tuple[str, str], Expansion] = field(default_factory=lambda: Bounded(2_000))
    words: dict[tuple[str, str], CommonWords] = field(default_factory=lambda: Bounded(1_000))
    _read: dict[tuple[int, int], Document] = field(default_factory=lambda: Bounded(1_000))

    def document(self, address: tantivy.DocAddress) -> Document:
        """The Document at an address of this snapshot; some are kept, since each costs unpacking a block of them."""
        key = (address.segment_ord, address.doc)
        if (document := self._read.get(key)) is None:
            document = self._read[key] = schema.decode(self.searcher.doc(address))
        return document

    def documents(self, record_ids: Iterable[str]) -> dict[str, Document]:
        """Documents by id, without copies; unknown ids are absent."""
        wanted = [quoted(record_id) for record_id in record_ids]
        if not wanted:
            return {}
        query = tantivy.Query.term_set_query(schema.SCHEMA, schema.ID, wanted)
        hits = self.searcher.search(query, len(wanted), count=False).hits
        documents = (self.document(address) for _, address in hits)
        return {document["id"][0]: document for document in documents}

    def total(self, query: tantivy.Query) -> int:
        return schema.count(self.searcher, query)


class Expansion(NamedTuple):
    """`words` by falling frequency; `documents` is the sum of how many have each; `is_cut` when there are more."""

    words: tuple[str, ...]
    documents: int
    is_cut: bool = False


class CommonWords(NamedTuple):
    """Words of a column with their counts, and as the lines of one text; `is_cut` when there are more."""

    counts: dict[str, int]
    lines: str
    is_cut: bool


class Reader:
    """Gives the newest snapshot of an index folder. Creates nothing, and is safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._dictionaries: list[Dictionary] = []
        self._snapshot: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """The newest commit. When the index is missing or damaged, the last good one seen, or an empty one."""
        if (snapshot := self._fresh()) is not None:
            return snapshot
        with self._lock:
            if (snapshot := self._fresh()) is None:
                snapshot = self._snapshot = self._open()
            return snapshot

    def live_generation(self) -> Path | None:
        """The generation that may be written to; None when there is none or it is lost."""
        snapshot = self.snapshot()
        return None if snapshot.problem else snapshot.generation

    def close(self) -> None:
        with self._lock:
            for dictionary in self._dictionaries:
                dictionary.close()

    def _fresh(self) -> Snapshot | None:
        snapshot = self._snapshot
        if snapshot is None or self._state(snapshot.generation) != snapshot.state:
            return None
        return snapshot

    def _open(self) -> Snapshot:
        """The newest commit there is; a generation swapped away while it was opened is let go."""
        for _ in range(_TRIES):
            generation = generations.current(self._folder)
            state = self._state(generation)
            try:
                return self._opened(generation, state)
            except BaseException as error:  # A panic of the engine is no Exception.
                if not is_from_engine(error):
                    raise
                problem = str(error)
            if self._state(generations.current(self._folder)) == state:
                break
        return self._fallback(state, problem)

    def _opened(self, generation: Path | None, state: State) -> Snapshot:
        """Raises EngineError, or whatever the engine raises, when the generation cannot be used."""
        if generation is None:
            raise EngineError(f"{self._folder} holds no index; 'bookwheel index' makes one.")
        last = self._snapshot
        if last is not None and last.generation == generation and last.state[:3] == state[:3] and not last.problem:
            last.index.reload()
            index, dictionary = last.index, last.dictionary
        else:
            if not generations.matches(generation, schema.manifest()):
                raise EngineError(
                    f"{generation} is missing or was made by another version; 'bookwheel index' fills a new one."
                )
            index = tantivy.Index.open(str(generation / generations.SEGMENTS))
            # We look for new commits ourselves, so that no search runs behind.
            index.config_reader("manual")
            dictionary = self._keep(Dictionary(generation / generations.VALUES, schema.FACET_COLUMNS))
        searcher = index.searcher()
        watermark = schema.read_watermark(searcher)
        # The reserved row of the watermark comes with the first commit.
        reserved = searcher.doc_freq(schema.SYSTEM, schema.WATERMARK) > 0
        return Snapshot(generation, index, searcher, dictionary, watermark, searcher.num_docs - reserved, state)

    def _fallback(self, state: State, problem: str) -> Snapshot:
        """What answers while there is no usable index: the last commit seen, whose files are still open, or nothing."""
        if self._snapshot is not None:
            return replace(self._snapshot, watermark=0, state=state, problem=problem)
        index = tantivy.Index(schema.SCHEMA)
        dictionary = self._keep(Dictionary(":memory:", schema.FACET_COLUMNS))
        return Snapshot(None, index, index.searcher(), dictionary, 0, 0, state, problem)

    def _keep(self, dictionary: Dictionary) -> Dictionary:
        """Remember a dictionary to close it: searches may still use one of an older generation."""
        self._dictionaries.append(dictionary)
        return dictionary

    def _state(self, generation: Path | None) -> State:
        paths = [self._folder / generations.POINTER]
        if generation is not None:
            paths.append(generation / generations.SEGMENTS / checksums.META)
        return tuple(number for path in paths for number in _identity(path))


def _identity(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_ino, found.st_mtime_ns, found.st_size)
