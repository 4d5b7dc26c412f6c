"""The front door: one catalogue folder, its store and its engine, opened together.

Web pages, commands and notebooks all go through a Library; none of them opens a store or an engine itself.

    with Library.open(Path("catalogue")) as library:
        result = library.search(from_url([("lookfor", "lenalidomide")]))
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from bookwheel import plugins
from bookwheel.config import Config, SourceConfig, read_config
from bookwheel.errors import ConfigError, UnknownNameError
from bookwheel.formats import FORMATS
from bookwheel.jobs.check import check
from bookwheel.jobs.harvest import harvest
from bookwheel.jobs.importing import import_files
from bookwheel.jobs.index import IndexReport, Placement, index
from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.jobs.reconcile import Reconciled, reconcile
from bookwheel.jobs.retry import retry_quarantined
from bookwheel.jobs.taking import read_safely
from bookwheel.jobs.vectors import VectorReport, VectorStatus, build_vectors, check_vectors, vector_status
from bookwheel.jobs.why import why
from bookwheel.records.model import Record
from bookwheel.records.raw import Problem, RawRecord, Reading
from bookwheel.search.document import from_document, to_document
from bookwheel.search.engine import Engine, Stretch
from bookwheel.search.explain import Understanding, describe
from bookwheel.search.fields import DEFAULT_FACETS, with_copies
from bookwheel.search.offers import Offer, counted, offers, unfiltered
from bookwheel.search.query import And, Exact, Node, Not, Or, Query
from bookwheel.search.relax import FEW, relaxed
from bookwheel.search.results import Document, FacetValue, Hit, SearchResult
from bookwheel.search.scoring import Explanation
from bookwheel.search.suggestions import Suggestion, suggestions
from bookwheel.search.why import Inquiry
from bookwheel.semantic.encoder import load
from bookwheel.semantic.files import VECTORS
from bookwheel.semantic.meaning import Meaning, is_plain
from bookwheel.semantic.vectors import Vectors
from bookwheel.sources.base import Lister, Source
from bookwheel.sources.files import FilesSource
from bookwheel.store import Store
from bookwheel.store.model import Counts, Quarantined, Run, SourceCounts, StoredRecord

IMPORTED = "import"
"""Source of files whose format belongs to no repository."""


@dataclass(frozen=True, slots=True)
class Found:
    """One record with all that is known of it.

    `document` is the indexed one, or made from the record while the index lacks it.
    `has_payload` tells whether `Library.reading` can say where its fields came from.
    """

    id: str
    record: Record
    document: Document
    deleted: bool
    source: str
    first_indexed: str
    last_indexed: str
    has_payload: bool


@dataclass(frozen=True, slots=True)
class Status:
    """How a catalogue stands. `waiting` counts changes the index still lacks."""

    sources: tuple[SourceCounts, ...]
    runs: tuple[Run, ...]
    stored: int
    indexed: int
    waiting: int


class Library:
    """An open catalogue. Safe to share between threads for reading; close it, or use it as a context."""

    def __init__(self, config: Config, store: Store, engine: Engine) -> None:
        self.config = config
        self.store = store
        self.engine = engine
        self._meaning = Meaning(config.semantic_folder) if config.semantic else None

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the catalogue in `folder`, bringing its tables up to date.

        Raises CatalogueError when it is none, ConfigError for unusable settings, StoreError and EngineError when
        the files refuse.
        """
        config = read_config(folder)
        open_engine = plugins.load("engine", config.engine)
        store = Store.open(config.store_url)
        store.migrate()
        engine: Engine = open_engine(
            config.index_folder, memory_mb=config.index_memory_mb, threads=config.index_threads
        )
        return cls(config, store, engine)

    def close(self) -> None:
        if self._meaning:
            self._meaning.close()
        self.engine.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Reading

    @property
    def facets(self) -> tuple[str, ...]:
        """Index fields shown as facets, in order."""
        return self.config.facets or DEFAULT_FACETS

    def count(self) -> int:
        """Records that readers can find."""
        return self.engine.count()

    def search(self, query: Query) -> SearchResult:
        asked = self.understood(query)
        if self._meaning and is_plain(query):
            return self._meaning.search(self.engine, asked)
        return self.engine.search(asked)

    def understood(self, query: Query) -> Query:
        """The query as it is asked: a long one in plain words relaxed where too few records have them all (`relax`)."""
        looser = relaxed(query)
        if looser is None or counted(self.engine, unfiltered(query)) >= FEW:
            return query
        return looser

    def understand(self, query: Query) -> Understanding:
        """How the text of a query was read, with the number of records each part of it finds by itself.

        Counts within the search's filters and years; one question to the engine for each part, at most 60.
        """
        found = describe(query)
        counts = self.clause_counts(query, [part.tree for part in found.parts])
        parts = tuple(replace(part, count=count) for part, count in zip(found.parts, counts, strict=True))
        return replace(found, parts=parts)

    def suggestions(self, query: Query, result: SearchResult) -> tuple[Suggestion, ...]:
        """Other spellings of a search's words that find more than it did; () where its words are all known."""
        return suggestions(self.engine, query, result.total)

    def offers(self, query: Query) -> tuple[Offer, ...]:
        """Ways on from a search that found nothing, each with its number of hits, which is never 0."""
        return offers(self.engine, query)

    def record(self, record_id: str) -> Found | None:
        """A record by its id, deleted ones too; None for an id nobody knows.

        Works on an index somebody else filled, with an empty store: the record is then read from its document.
        """
        document = self.engine.get([record_id]).get(record_id)
        stored = self.store.record(record_id)
        if stored is None:
            if document is None:
                return None
            first, last = (document.get(name, ("",))[0] for name in ("first_indexed", "last_indexed"))
            return Found(record_id, from_document(document), document, False, "", first, last, has_payload=False)
        record = stored.record or Record(record_id, stored.source, stored.identifier, "", "", "")
        return Found(
            record_id,
            record,
            document or self._document(stored, record),
            stored.deleted,
            stored.source,
            stored.first_indexed,
            stored.last_indexed,
            has_payload=True,
        )

    def reading(self, record_id: str) -> tuple[RawRecord, Reading] | None:
        """The newest payload that was not a deletion, and what its format makes of it today; None without one."""
        raw = next((raw for raw in self.store.versions(record_id) if not raw.deleted), None)
        return (raw, self._read(raw)) if raw else None

    def payloads(self, record_id: str) -> Sequence[RawRecord]:
        """Every version of a record's payload, newest first."""
        return self.store.versions(record_id)

    def similar(self, record_id: str, size: int = 5) -> tuple[Hit, ...]:
        return self.engine.similar(record_id, size)

    def versions(self, record_id: str, size: int = 20) -> tuple[Hit, ...]:
        """Other records of the same work: those that share one of its work keys, newest first."""
        document = self.engine.get([record_id]).get(record_id, {})
        keys = [
            Exact(field, key) for field in ("work_ids_str_mv", "work_keys_str_mv") for key in document.get(field, ())
        ]
        if not keys:
            return ()
        tree = And((Or(tuple(keys)), Not(Exact("id", record_id))))
        return self.engine.search(Query(tree=tree, sort="newest", size=size)).hits

    def suggest(self, field: str, prefix: str, limit: int = 10) -> tuple[str, ...]:
        return self.engine.suggest(field, prefix, limit)

    def browse(
        self, field: str, stretch: Stretch, within: Query | None = None, containing: str = ""
    ) -> tuple[FacetValue, ...]:
        """Values of a facet field, or titles, in alphabetical order with counts: see `search.engine.Engine.browse`."""
        return self.engine.browse(field, stretch, within, containing)

    def clause_counts(self, query: Query, clauses: Sequence[Node]) -> tuple[int, ...]:
        """How many records each part of a search finds by itself, within the search's filters and years."""
        return tuple(counted(self.engine, replace(query, tree=clause)) for clause in clauses)

    def explain(self, query: Query, record_id: str) -> Explanation | None:
        """Why the query gives a record the score it does; None when it does not find it."""
        return self.engine.explain(self.understood(query), record_id)

    def why(self, query: Query, papers: str) -> Inquiry:
        """For each paper of a pasted list or file: whether the query finds it, and if not the first reason why."""
        return why(self.engine, self.store, self.understood(query), papers)

    # Filling

    def harvest(self, name: str, progress: Progress = SILENT) -> Run:
        """Harvest a configured source from where it stands. Raises UnknownNameError, SourceError, StoreError."""
        config = self._source_config(name)
        with self._source(name, config) as source:
            return harvest(
                source,
                self.store,
                sets=config.sets,
                overlap_hours=config.overlap_hours,
                id_prefix=config.id_prefix,
                progress=progress,
            )

    def reconcile(self, name: str, accept_loss: bool = False, progress: Progress = SILENT) -> Reconciled:
        """Compare a source's own list of identifiers with the store's, and mend what differs.

        `accept_loss` deletes even when more than a twentieth of the records are gone. Raises ConfigError for a source
        that cannot list identifiers.
        """
        config = self._source_config(name)
        with self._source(name, config) as source:
            if not isinstance(source, Lister):
                message = f"type {config.type!r} cannot list identifiers; 'harvest' takes all."
                raise ConfigError(f"[sources.{name}]: {message}")
            return reconcile(
                source,
                self.store,
                sets=config.sets,
                id_prefix=config.id_prefix,
                accept_loss=accept_loss,
                progress=progress,
            )

    def import_files(
        self, paths: Iterable[Path], source: str = "", as_format: str = "", progress: Progress = SILENT
    ) -> Run:
        """Take in files or folders of any known form, as a source of the given name.

        Without a name records belong to the repository their format comes from, so that a dump and a harvest of the
        same repository meet. Without a format each file is recognised by its content.
        Raises UnknownNameError for an unknown format, SourceError for a file that cannot be read.
        """
        if as_format and as_format not in FORMATS:
            raise UnknownNameError("format", as_format, FORMATS)
        files = tuple(paths)
        name = source or _repository(FilesSource("", SourceConfig(), paths=files, as_format=as_format))
        config = self.config.sources.get(name, SourceConfig())
        return import_files(
            FilesSource(name, config, paths=files, as_format=as_format),
            files,
            self.store,
            id_prefix=config.id_prefix,
            progress=progress,
        )

    def retry(self, source: str = "", progress: Progress = SILENT) -> Counts:
        """Read what lies in quarantine again, of one source or of all, after a mapping was mended."""
        names = [source] if source else [row.source for row in self.store.counts() if row.quarantined]
        total = Counts()
        for name in names:
            prefix = self.config.sources.get(name, SourceConfig()).id_prefix
            total += retry_quarantined(self.store, name, id_prefix=prefix, progress=progress).counts
        return total

    def index(self, rebuild: bool = False, progress: Progress = SILENT) -> IndexReport:
        """Bring the index up to the store. Raises EngineError."""
        return index(self.store, self.engine, self._placement, rebuild=rebuild, progress=progress)

    def build_vectors(self, threads: int = 1, progress: Progress = SILENT) -> VectorReport:
        """Bring the vectors up to the store. Raises ConfigError without the extra or the model, EngineError."""
        encoder = load(self.config.semantic_folder, threads, make=True)
        with closing(Vectors(self.config.semantic_folder / VECTORS)) as vectors:
            return build_vectors(self.store, vectors, encoder, progress)

    # Operating

    def status(self, runs: int = 5) -> Status:
        return Status(
            sources=tuple(self.store.counts()),
            runs=tuple(self.store.runs(runs)),
            stored=self.store.live_count(),
            indexed=self.engine.count(),
            waiting=self.store.count_changes(self.engine.watermark()),
        )

    def check(self) -> tuple[Problem, ...]:
        """What is wrong with the catalogue, worst first."""
        found = check(self.store, self.engine, self.config.folder)
        return (*found, *check_vectors(self.store, self.config.semantic_folder)) if self.config.semantic else found

    def vector_status(self) -> VectorStatus:
        """How the vectors stand, whether or not searches use them."""
        path = self.config.semantic_folder / VECTORS
        if not path.is_file():
            return VectorStatus(0, self.store.count_changes(0), 0)
        with closing(Vectors(path)) as vectors:
            return vector_status(self.store, vectors)

    def quarantined(self, source: str = "", limit: int = 100) -> Sequence[Quarantined]:
        return self.store.quarantined(source, limit)

    def _read(self, raw: RawRecord) -> Reading:
        prefix = self.config.sources.get(raw.source, SourceConfig()).id_prefix
        return read_safely(FORMATS[raw.format], raw, prefix)

    def _document(self, stored: StoredRecord, record: Record) -> Document:
        place = self._placement(stored.source)
        indexed = datetime.fromisoformat(stored.last_indexed)
        return with_copies(
            to_document(
                record,
                institution=place.institution,
                collection=place.collection,
                indexed=indexed,
                first_indexed=stored.first_indexed,
                last_indexed=stored.last_indexed,
            )
        )

    def _placement(self, source: str) -> Placement:
        config = self.config.sources.get(source)
        if config is None:
            known = (reader.collection for reader in FORMATS.values() if reader.repository == source)
            return Placement(self.config.institution, next(known, source))
        known_format = FORMATS.get(config.format)
        collection = config.collection or (known_format.collection if known_format else "")
        return Placement(config.institution or self.config.institution, collection or source)

    def _source_config(self, name: str) -> SourceConfig:
        if name not in self.config.sources:
            raise UnknownNameError("source", name, self.config.sources)
        return self.config.sources[name]

    @contextmanager
    def _source(self, name: str, config: SourceConfig) -> Iterator[Source]:
        """A configured source; its connections, where it holds any, are closed when the context ends."""
        source: Source = plugins.load("source", config.type)(name, config, self.config.folder)
        try:
            yield source
        finally:
            if close := getattr(source, "close", None):
                close()


def _repository(source: Source) -> str:
    """The name under which the records of a source nobody named are kept: that of the first one's repository."""
    first = next((raw for page in source.pages() for raw in page.records), None)
    return (first and FORMATS[first.format].repository) or IMPORTED
