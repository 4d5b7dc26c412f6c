"""Changes to one generation: batches of documents in, one verified commit out.

The engine's writer can lose documents and still say "committed" after a full disk, and can block for ever when used on
after an error (reliability 0, fact 3). So each commit is verified by looking for what it should hold, and a writer that
failed once is never used again: its changes are abandoned and the caller's next update starts from the last commit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from bookwheel.engines.tantivy import checksums, schema
from bookwheel.engines.tantivy.dictionary import Dictionary
from bookwheel.engines.tantivy.failures import is_from_engine
from bookwheel.engines.tantivy.generations import SEGMENTS, VALUES, sync_folder
from bookwheel.engines.tantivy.sorting import quoted
from bookwheel.errors import EngineError
from bookwheel.search.results import Document

BATCH = 1_000
"""Documents whose facet values are numbered at once."""

COMMIT_EVERY = 50_000
"""Documents after which a long transaction of a new generation is committed and verified in between."""


class GenerationWriter:
    """The one writer of a generation. After an EngineError it is good for `discard` alone."""

    def __init__(self, generation: Path, *, memory_mb: int, threads: int, live: bool) -> None:
        """`live` says that readers see the generation, so that nothing may be committed before the end."""
        self._generation = generation
        self._live = live
        self._pending: dict[str, Document | None] = {}
        self._added: dict[str, bool] = {}
        with self._reporting():
            self._dictionary = Dictionary(generation / VALUES, schema.FACET_COLUMNS, write=True)
            self._index = tantivy.Index(schema.SCHEMA, path=str(generation / SEGMENTS))
            self._index.config_reader("manual")
            # The engine wants at least 15 MB for each thread.
            heap_bytes = max(memory_mb, 16 * threads) * 1_000_000
            self._writer: tantivy.IndexWriter | None = self._index.writer(heap_bytes, threads)

    def add(self, document: Document) -> None:
        self._put(document["id"][0], document)

    def delete(self, record_id: str) -> None:
        self._put(record_id, None)

    def commit(self, watermark: int) -> None:
        """Make the changes and the watermark visible together, and look whether they are there."""
        with self._reporting():
            self._flush()
            writer = self._open_writer()
            writer.delete_documents_by_term(schema.SYSTEM, schema.WATERMARK)
            writer.add_document(schema.watermark_document(watermark))
            self._dictionary.commit()
            writer.commit()
            sync_folder(self._generation / SEGMENTS)
            self._verify(watermark)
            checksums.record(self._generation)
        self._added.clear()

    def finish(self) -> None:
        """Let merges end, then close. A generation deleted under us is let go without a word."""
        if not self._generation.is_dir():
            self.discard()
            return
        with self._reporting():
            writer = self._open_writer()
            self._writer = None
            writer.wait_merging_threads()
            self._dictionary.settle()
            self._dictionary.close()
            checksums.record(self._generation)

    def discard(self) -> None:
        """Abandon what is not committed and let go of the files; never raises."""
        writer, self._writer = self._writer, None
        if writer is not None:
            try:
                writer.rollback()
            except BaseException as error:  # A panic of the engine is no Exception.
                if not is_from_engine(error):
                    raise
            del writer
        self._dictionary.close()

    def _put(self, record_id: str, document: Document | None) -> None:
        self._pending.pop(record_id, None)
        self._pending[record_id] = document
        if len(self._pending) >= BATCH:
            with self._reporting():
                self._flush()

    def _flush(self) -> None:
        """Hand the pending changes to the engine: what they replace is deleted first, so a replay is harmless."""
        pending, self._pending = self._pending, {}
        writer = self._open_writer()
        facets = {record_id: schema.facet_values(document) for record_id, document in pending.items() if document}
        numbers = self._dictionary.number(_by_field(facets.values()))
        for record_id, document in pending.items():
            writer.delete_documents_by_term(schema.ID, quoted(record_id))
            if document:
                writer.add_document(schema.encode(document, facets[record_id], numbers))
            self._added[record_id] = document is not None
        if not self._live and len(self._added) >= COMMIT_EVERY:
            self._dictionary.commit()
            writer.commit()
            self._verify(None)
            self._added.clear()

    def _verify(self, watermark: int | None) -> None:
        """Raise EngineError unless the commit holds just what was put into it."""
        self._index.reload()
        searcher = self._index.searcher()
        for wanted in True, False:
            ids = [record_id for record_id, present in self._added.items() if present is wanted]
            found = _count(searcher, ids)
            if found != (len(ids) if wanted else 0):
                raise EngineError(
                    f"{self._generation}: {len(ids)} documents were {'added' if wanted else 'deleted'}, "
                    f"the commit shows {found}. "
                    "Is the disk full? The next run repeats them."
                )
        if watermark is not None and schema.read_watermark(searcher) != watermark:
            raise EngineError(f"{self._generation}: the commit does not show watermark {watermark}. Is the disk full?")

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise EngineError(f"{self._generation}: this writer failed or was closed; start a new update.")
        return self._writer

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        """Turn whatever the engine or the dictionary raise into an EngineError that says where."""
        try:
            yield
        except EngineError:
            raise
        except BaseException as error:
            if not is_from_engine(error):
                raise
            raise EngineError(
                f"{self._generation}: the index could not be written ({error}). Nothing committed before is lost; "
                "check the free space, then run 'bookwheel index' again."
            ) from error


def _count(searcher: tantivy.Searcher, ids: Sequence[str]) -> int:
    if not ids:
        return 0
    return schema.count(
        searcher, tantivy.Query.term_set_query(schema.SCHEMA, schema.ID, [quoted(record_id) for record_id in ids])
    )


def _by_field(facets: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, set[str]]:
    """The values of a batch by field, each once."""
    wanted: dict[str, set[str]] = {}
    for one in facets:
        for field, values in one.items():
            wanted.setdefault(field, set()).update(values)
    return wanted
