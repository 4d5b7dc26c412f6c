"""The embedded search engine: tantivy, with a dictionary of facet values in SQLite beside it.

`docs/decisions/0003-embedded-engine.md` says why. One process writes at a time, any number read; a commit is seen by
all of them at their next search. The index may be deleted any day: an engine opened on a missing or damaged index
answers from nothing, gives watermark 0, and its next update fills a new generation.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from shutil import rmtree

from bookwheel.engines.tantivy import checksums, generations, schema
from bookwheel.engines.tantivy.compile import Compiler, restricted
from bookwheel.engines.tantivy.cost import admit
from bookwheel.engines.tantivy.explain import explain
from bookwheel.engines.tantivy.facets import count_facets
from bookwheel.engines.tantivy.failures import is_from_engine
from bookwheel.engines.tantivy.paging import Found, Window, all_ids, is_by_relevance, page, passes
from bookwheel.engines.tantivy.similar import similar_question
from bookwheel.engines.tantivy.snapshot import Reader, Snapshot
from bookwheel.engines.tantivy.titles import browse_titles, suggest_titles
from bookwheel.engines.tantivy.values import browse, suggest
from bookwheel.engines.tantivy.words import frequency, spellings, words_of
from bookwheel.engines.tantivy.writer import GenerationWriter
from bookwheel.errors import EngineError
from bookwheel.records.raw import Problem
from bookwheel.search.deadline import now, passed
from bookwheel.search.engine import MAX_OFFSET, TITLES, Features, Stretch, Writer
from bookwheel.search.fields import with_copies
from bookwheel.search.notes import remark
from bookwheel.search.query import Query
from bookwheel.search.results import Document, FacetValue, Hit, Pattern, SearchResult, WordList, one_of_each_work
from bookwheel.search.scoring import Explanation


class TantivyEngine:
    """The index in a folder. Searches may come from any thread; updates from one at a time.

    The first update takes the index for writing and `close` lets it go: merges run on between updates.
    """

    features = Features(persistent=True, similar=True, cursor=True)

    def __init__(self, folder: Path, memory_mb: int = 512, threads: int = 2) -> None:
        """`memory_mb` and `threads` are those of the index writer. Opening creates nothing and never fails."""
        self._folder = folder
        self._memory_mb = memory_mb
        self._threads = threads
        self._reader = Reader(folder)
        self._writing = threading.Lock()
        self._held = ExitStack()
        self._writer: GenerationWriter | None = None
        self._written: Path | None = None

    def search(self, query: Query) -> SearchResult:
        with _reporting(self._folder):
            return _search(self._reader.snapshot(), query)

    def ids(self, query: Query) -> Iterator[str]:
        with _reporting(self._folder):
            snapshot = self._reader.snapshot()
            compiler = Compiler(snapshot)
            restrictions = compiler.restrictions(query.filters, query.years)
            yield from all_ids(snapshot, restricted(compiler.matching(query), restrictions))

    def get(self, record_ids: Iterable[str]) -> Mapping[str, Document]:
        with _reporting(self._folder):
            found = self._reader.snapshot().documents(record_ids)
        return {record_id: with_copies(document) for record_id, document in found.items()}

    def suggest(self, field: str, prefix: str, limit: int = 10) -> tuple[str, ...]:
        if passed():
            return ()
        with _reporting(self._folder):
            snapshot = self._reader.snapshot()
            if field == TITLES:
                return suggest_titles(snapshot, prefix, limit)
            return suggest(snapshot, field, prefix, limit)

    def browse(
        self, field: str, stretch: Stretch, within: Query | None = None, containing: str = ""
    ) -> tuple[FacetValue, ...]:
        with _reporting(self._folder):
            snapshot = self._reader.snapshot()
            if field == TITLES:
                return browse_titles(snapshot, stretch)
            return browse(snapshot, field, stretch, within, containing)

    def frequency(self, word: str) -> int:
        with _reporting(self._folder):
            return frequency(self._reader.snapshot(), word)

    def spellings(self, word: str, limit: int = 3) -> tuple[FacetValue, ...]:
        with _reporting(self._folder):
            return spellings(self._reader.snapshot(), word, limit)

    def words_of(self, pattern: Pattern, limit: int = 10) -> WordList:
        with _reporting(self._folder):
            return words_of(self._reader.snapshot(), pattern, limit)

    def similar(self, record_id: str, size: int = 5) -> tuple[Hit, ...]:
        with _reporting(self._folder):
            snapshot = self._reader.snapshot()
            document = snapshot.documents([record_id]).get(record_id)
            question = similar_question(snapshot, document) if document else None
            if document is None or question is None or size <= 0:
                return ()
            # More than asked for: the record itself is among them, and several may be versions of one work.
            found = snapshot.searcher.search(question, min(2 * size + 10, MAX_OFFSET), count=False).hits
            hits = (_hit(snapshot, Found(address, float(score))) for score, address in found)
            others = (hit for hit in hits if hit.id != record_id)
            return tuple(islice(one_of_each_work(others, document), size))

    def explain(self, query: Query, record_id: str) -> Explanation | None:
        with _reporting(self._folder):
            return explain(self._reader.snapshot(), query, record_id)

    @contextmanager
    def update(self, watermark: int) -> Iterator[Writer]:
        with self._writing:
            writer = self._live_writer()
            try:
                yield writer
                writer.commit(watermark)
            except BaseException:
                self._let_go()
                raise

    @contextmanager
    def rebuild(self, watermark: int) -> Iterator[Writer]:
        with self._writing:
            self._finish()
            with generations.locked(self._folder):
                generations.remove_orphans(self._folder)
                generation = generations.create(self._folder, schema.manifest())
                writer = self._open_writer(generation, live=False)
                try:
                    yield writer
                    writer.commit(watermark)
                    writer.finish()
                except BaseException:
                    writer.discard()
                    rmtree(generation, ignore_errors=True)
                    raise
                generations.make_live(generation)
                generations.remove_orphans(self._folder)

    def watermark(self) -> int:
        return self._reader.snapshot().watermark

    def count(self) -> int:
        return self._reader.snapshot().count

    def check(self) -> tuple[Problem, ...]:
        snapshot = self._reader.snapshot()
        if snapshot.generation is None and not generations.exist(self._folder):
            return ()  # Nothing was indexed yet.
        if snapshot.problem or snapshot.generation is None:
            return (Problem("index", snapshot.problem, "error"),)
        found = list(checksums.verify(snapshot.generation))
        names = snapshot.generation / generations.VALUES
        found += [
            Problem("index", f"{names}: {text}. Rebuild the index.", "error") for text in snapshot.dictionary.problems()
        ]
        return tuple(found)

    def close(self) -> None:
        with self._writing:
            self._finish()
        self._reader.close()

    def _live_writer(self) -> GenerationWriter:
        """The open writer of the live generation; a lost or missing one is replaced by an empty one."""
        live = self._reader.live_generation()
        if self._writer is not None and live is not None and live == self._written:
            return self._writer
        self._let_go()
        self._held.enter_context(generations.locked(self._folder))
        try:
            # Another process may have swapped generations until we held the lock.
            live = self._reader.live_generation()
            if live is None:
                live = generations.create(self._folder, schema.manifest())
                self._writer = self._open_writer(live, live=True)
                generations.make_live(live)
            else:
                self._writer = self._open_writer(live, live=True)
            generations.remove_orphans(self._folder)
        except BaseException:
            self._let_go()
            raise
        self._written = live
        return self._writer

    def _open_writer(self, generation: Path, *, live: bool) -> GenerationWriter:
        return GenerationWriter(generation, memory_mb=self._memory_mb, threads=self._threads, live=live)

    def _finish(self) -> None:
        """Close the open writer in good order."""
        writer, self._writer = self._writer, None
        try:
            if writer is not None:
                writer.finish()
        finally:
            self._held.close()

    def _let_go(self) -> None:
        """Abandon the open writer and the lock; what it had not committed is gone."""
        writer, self._writer = self._writer, None
        try:
            if writer is not None:
                writer.discard()
        finally:
            self._held.close()


def _search(snapshot: Snapshot, query: Query) -> SearchResult:
    compiler = Compiler(snapshot)
    matching = compiler.matching(query)
    size = max(0, min(query.size, MAX_OFFSET))
    if not query.after and not 0 <= query.offset <= MAX_OFFSET - size:
        compiler.notes.append(
            remark("too-deep", "Pages go up to hit %(most)s; a cursor or a narrower question goes on.", most=MAX_OFFSET)
        )
        size = 0
    # Boosts are looked up for the order alone: they can take longer than all the rest.
    is_ranked = size > 0 and is_by_relevance(query.sort)
    question = restricted(
        compiler.ranked(matching, query) if is_ranked else matching,
        compiler.restrictions(query.filters, query.years),
    )
    rounds = passes(query.sort) if size else 1
    admit(snapshot, query, rounds, ranked=is_ranked)
    started = now()
    found = page(snapshot, question, query.tree, query.sort, Window(max(0, query.offset), size, query.after))
    counted = count_facets(compiler, query, matching, found.total, (now() - started) / rounds)
    hits = tuple(_hit(snapshot, hit) for hit in found.hits)
    return SearchResult(found.total, hits, counted, (*query.notes, *compiler.notes), found.next_after)


def _hit(snapshot: Snapshot, found: Found) -> Hit:
    document = snapshot.document(found.address)
    return Hit(document["id"][0], found.score, with_copies(document))


@contextmanager
def _reporting(folder: Path) -> Iterator[None]:
    """Turn what the engine raises while reading into an EngineError that says what to do."""
    try:
        yield
    except EngineError:
        raise
    except BaseException as error:  # A panic of the engine is no Exception.
        if not is_from_engine(error):
            raise
        raise EngineError(
            f"{folder}: the index cannot be read ({error}). 'bookwheel check' says what is damaged."
        ) from error
