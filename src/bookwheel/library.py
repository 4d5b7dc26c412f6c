"""The front door: one catalogue folder, its store and its engine, opened together.

Web pages, commands and notebooks all go through a Library; none of them opens a store or an engine itself.

    with Library.open(Path("catalogue")) as library:
        result = library.search(from_url([("lookfor", "lenalidomide")]))
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Self

from bookwheel import plugins
from bookwheel.config import Config, SourceConfig, read_config
from bookwheel.errors import ConfigError, ProtocolError, TooBroadError, UnknownNameError
from bookwheel.exports import EXPORTS, Export
from bookwheel.exports.citation import STYLES
from bookwheel.exports.shelf import Listed, Shelf, own_styles
from bookwheel.formats import FORMATS
from bookwheel.formats.columns import Columns, read_columns
from bookwheel.jobs.check import check
from bookwheel.jobs.delivering import harvest_files
from bookwheel.jobs.exporting import hits, items, listed_hits
from bookwheel.jobs.harvest import harvest
from bookwheel.jobs.importing import import_files
from bookwheel.jobs.index import IndexReport, Placement, index
from bookwheel.jobs.matching import Reached, matching, matching_among, reached
from bookwheel.jobs.previewing import Preview, preview
from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.jobs.providing import Provider
from bookwheel.jobs.recently import Recent, recently
from bookwheel.jobs.reconcile import Reconciled, reconcile
from bookwheel.jobs.remap import Reread, preview_remap, remap
from bookwheel.jobs.retry import retry_quarantined
from bookwheel.jobs.synchronizing import Synchronizer, synchronize
from bookwheel.jobs.taking import read_safely, reader_of
from bookwheel.jobs.vectors import VectorReport, VectorStatus, build_vectors, check_vectors, vector_status
from bookwheel.jobs.vocabulary import Changes, load_vocabulary, preview_vocabulary
from bookwheel.jobs.why import why
from bookwheel.records.model import Record
from bookwheel.records.raw import Problem, RawRecord, Reading
from bookwheel.search.deadline import deadline, passed
from bookwheel.search.document import from_document, to_document
from bookwheel.search.engine import Engine, Stretch
from bookwheel.search.explain import (
    MOST_WORDS,
    PatternWords,
    Understanding,
    as_typed,
    describe,
    patterns_of,
    with_counts,
)
from bookwheel.search.fields import DEFAULT_FACETS, with_copies
from bookwheel.search.headings import with_subjects
from bookwheel.search.offers import Offer, counted, offers
from bookwheel.search.query import And, Exact, Node, Not, Or, Query
from bookwheel.search.reading import Reading as QueryReading
from bookwheel.search.reading import read
from bookwheel.search.relax import FEW
from bookwheel.search.results import Document, FacetValue, Hit, SearchResult
from bookwheel.search.scoring import Explanation
from bookwheel.search.suggestions import Suggestion, suggestions
from bookwheel.search.synonyms import widened
from bookwheel.search.url import from_url
from bookwheel.search.why import Inquiry
from bookwheel.semantic.encoder import load
from bookwheel.semantic.files import VECTORS
from bookwheel.semantic.meaning import Meaning, is_plain
from bookwheel.semantic.vectors import Vectors
from bookwheel.sources.base import Lister, Source
from bookwheel.sources.delivery import Deliverer
from bookwheel.sources.files import FilesSource
from bookwheel.store import Store
from bookwheel.store.keys import Keys
from bookwheel.store.model import Counts, Quarantined, Run, SourceCounts, StoredRecord
from bookwheel.vocabulary.file import Version, VocabularyFile
from bookwheel.vocabulary.lookup import VocabularyLookup

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
        self.vocabulary = VocabularyFile(config.vocabulary_path)
        self.words = VocabularyLookup(self.vocabulary)
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
        self.vocabulary.close()
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

    @property
    def styles(self) -> Mapping[str, Listed]:
        """Citation styles by name: the built-in ones, then those of the folder `styles`."""
        return {**STYLES, **self._shelf.styles}

    @cached_property
    def _shelf(self) -> Shelf:
        return own_styles(self.config.folder / "styles")

    def count(self) -> int:
        """Records that readers can find."""
        return self.engine.count()

    @property
    def keys(self) -> Keys:
        """Keys of programs that ask the API."""
        return Keys(self.config.keys_path)

    @property
    def state(self) -> str:
        """What searches find depends on this alone, beside what they ask: another text after each change of the index.

        "" where it depends on more: on vectors, which have a life of their own.
        """
        if self._meaning:
            return ""
        # A rebuilt index may hold other documents of the same changes; its folder is written to when it is swapped in.
        folder = self.config.index_folder
        swapped = folder.stat().st_mtime_ns if folder.is_dir() else 0
        words = [(each.name, each.number) for each in self.vocabulary.current()]
        return repr((self.engine.watermark(), self.engine.count(), swapped, words, self.config))

    def in_time(self) -> AbstractContextManager[None]:
        """A block whose searches take no longer together than one request may."""
        return deadline(self.config.search_deadline_seconds)

    def search(self, query: Query) -> SearchResult:
        """Raises TooBroadError for a question that takes longer than one request may; its facets may be left out."""
        with self.in_time():
            asked = self.understood(query)
            if self._meaning and is_plain(query):
                return self._meaning.search(self.engine, asked)
            return self.engine.search(asked)

    def understood(self, query: Query) -> Query:
        """The query as it is asked: relaxed where too few records have all words, with synonyms and headings."""
        return self._asked(query).query

    def literally(self, query: Query) -> Query:
        """The query as it is asked of one record after the other: with synonyms and headings, and every word meant.

        Whether it finds a record depends on that record alone, not on how many others have all of its words.
        """
        return read(query, self.words, self.config.synonyms, lambda _: FEW).query

    def matching(self, query: Query, record_ids: Iterable[str]) -> frozenset[str]:
        """Those of the records that the query, taken `literally`, finds now."""
        return matching(self.engine, self.literally(query), record_ids)

    def all_matching(self, query: Query) -> Iterator[str]:
        """The ids of all records that the query, taken `literally`, finds now."""
        return self.engine.ids(self.literally(query))

    def matched(self, query: Query, record_ids: Iterable[str], moment: datetime) -> frozenset[str]:
        """Those of the records that the query, taken `literally`, would have found at a moment of the past.

        Each is read anew from the payload it had then, as its format reads it today.
        """
        documents = (self._document_at(record_id, moment) for record_id in record_ids)
        return matching_among(self.literally(query), {each["id"][0]: each for each in documents if each})

    def reached(self, now: datetime) -> Reached:
        """The change up to which searches find everything, and the moment up to which they do."""
        return reached(self.store, self.engine, now)

    def recently(self, query: Query, since: datetime) -> Recent:
        """What an alert on the query would have told since a moment; the work is capped, and says so."""
        return recently(self.store, self.matching, self.matched, query, since)

    def documents(self, record_ids: Iterable[str]) -> Mapping[str, Document]:
        """Documents of records that readers can find, by id; the others are absent."""
        return self.engine.get(record_ids)

    def understand(self, query: Query, result: SearchResult | None = None) -> Understanding:
        """How the text of a query was read, with the number of records each part of it finds by itself.

        Counts within the search's filters and years; one question to the engine for each part, at most 60. The
        `result` of the query, where it is at hand, gives its notes, and spares counting a search of one part.
        """
        try:
            asked = self._asked(query)
        except TooBroadError:
            asked = QueryReading(query)
        found = describe(query, asked, result.notes if result else ())
        found = with_counts(found, partial(self._count_part, asked), result.total if result else None)
        patterns = (
            PatternWords(as_typed(each), self.engine.words_of(each, MOST_WORDS))
            for each in patterns_of(query.tree)
            if not passed()
        )
        return replace(found, patterns=tuple(patterns))

    def _asked(self, query: Query) -> QueryReading:
        return read(query, self.words, self.config.synonyms, self._count)

    def _count(self, query: Query) -> int:
        return counted(self.engine, query)

    def _count_part(self, asked: QueryReading, part: Node) -> int | None:
        """The records a part of a search finds by itself, asked as the whole was; None where there is no time left."""
        tree = with_subjects(part, asked.explosions)
        if asked.has_synonyms:
            tree = widened(tree, asked.query.search_type, self.words).tree
        try:
            return self._count(replace(asked.query, tree=tree))
        except TooBroadError:
            return None

    def suggestions(self, query: Query, result: SearchResult) -> tuple[Suggestion, ...]:
        """Other spellings of a search's words that find more than it did; () where its words are all known, or where
        there is no time left."""
        try:
            return suggestions(self.engine, query, result.total)
        except TooBroadError:
            return ()

    def offers(self, query: Query) -> tuple[Offer, ...]:
        """Ways on from a search that found nothing, each with its number of hits, which is never 0; () where there is
        no time left."""
        try:
            return offers(self.engine, self.understood(query))
        except TooBroadError:
            return ()

    def record(self, record_id: str) -> Found | None:
        """A record by its id, deleted ones too; None for an id nobody knows.

        Works on an index somebody else filled, with an empty store: the record is then read from its document.
        """
        return self._known(record_id, self.engine.get([record_id]).get(record_id), self.store.record(record_id))

    def found(self, record_ids: Iterable[str]) -> Mapping[str, Found]:
        """Many records by their ids at once, in the order given; unknown and deleted ones are left out."""
        asked = list(dict.fromkeys(record_ids))
        documents, stored = self.engine.get(asked), self.store.records(asked)
        known = ((one, self._known(one, documents.get(one), stored.get(one))) for one in asked)
        return {one: found for one, found in known if found and not found.deleted}

    def _known(self, record_id: str, document: Document | None, stored: StoredRecord | None) -> Found | None:
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

    def has(self, record_id: str) -> bool:
        """Whether readers can open a record of this id."""
        found = self.record(record_id)
        return found is not None and not found.deleted

    def ids_of(self, source: str, identifiers: Iterable[str]) -> Mapping[str, str]:
        """The ids of records by what their source calls them, deleted ones too; unknown ones are absent."""
        return {identifier: known.id for identifier, known in self.store.known_headers(source, identifiers).items()}

    def reading(self, record_id: str) -> tuple[RawRecord, Reading] | None:
        """The newest payload that was not a deletion, and what its format makes of it today; None without one."""
        raw = next((raw for raw in self.store.versions(record_id) if not raw.deleted), None)
        return (raw, self._read(raw)) if raw else None

    def payloads(self, record_id: str) -> Sequence[RawRecord]:
        """Every version of a record's payload, newest first."""
        return self.store.versions(record_id)

    def export(
        self,
        query: Query,
        format_name: str,
        style: str = "",
        offset: int = 0,
        limit: int | None = None,
        progress: Progress = SILENT,
    ) -> Iterator[bytes]:
        """All that a search finds, in the order of its result pages, in an export format: see `exports.EXPORTS`.

        Comes in pieces (`exports.base.Writer`) and in constant memory, however much it is. The first `offset` hits are
        passed over: where the pieces of n records have come, `offset` n goes on behind them. `style` names the
        citation style of a bibliography. Raises UnknownNameError for an unknown format or style, before any search.
        """
        return self._written(hits(self.search, query, offset, limit), format_name, style, progress)

    def export_records(
        self, record_ids: Iterable[str], format_name: str, style: str = "", progress: Progress = SILENT
    ) -> Iterator[bytes]:
        """Records by their ids, in the order given, as `export` writes them; unknown and deleted ones are left out."""
        return self._written(listed_hits(self.engine, record_ids), format_name, style, progress)

    def _written(self, found: Iterable[Hit], format_name: str, style: str, progress: Progress) -> Iterator[bytes]:
        export: Export | None = EXPORTS.get(format_name)
        if export is None:
            raise UnknownNameError("export format", format_name, EXPORTS)
        if style and style not in self.styles:
            raise UnknownNameError("citation style", style, self.styles)
        return export.write(items(self.store, found, self.config.public_url, progress), self.styles.get(style))

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
        """See `search.engine.Engine.suggest`; what cannot be found in time is left out."""
        with self.in_time():
            return self.engine.suggest(field, prefix, limit)

    def browse(
        self, field: str, stretch: Stretch, within: Query | None = None, containing: str = ""
    ) -> tuple[FacetValue, ...]:
        """Values of a facet field, or titles, in alphabetical order with counts: see `search.engine.Engine.browse`."""
        with self.in_time():
            return self.engine.browse(field, stretch, within and self.understood(within), containing)

    def explain(self, query: Query, record_id: str) -> Explanation | None:
        """Why the query gives a record the score it does; None when it does not find it."""
        with self.in_time():
            return self.engine.explain(self.understood(query), record_id)

    def why(self, query: Query, papers: str) -> Inquiry:
        """For each paper of a pasted list or file: whether the query finds it, and if not the first reason why."""
        with self.in_time():
            return why(self.engine, self.store, self.understood(query), papers)

    @property
    def provider(self) -> Provider:
        """The records in the order of their last change, for others to harvest."""
        return Provider(self.store, self.engine, self._placement)

    # Filling

    def harvest(self, name: str, progress: Progress = SILENT) -> Run:
        """Harvest a configured source from where it stands. Raises UnknownNameError, SourceError, StoreError."""
        config = self._source_config(name)
        with self._source(name, config) as source:
            if isinstance(source, Deliverer):
                columns = self._columns(name)
                return harvest_files(source, self.store, id_prefix=config.id_prefix, columns=columns, progress=progress)
            if isinstance(source, Synchronizer):
                columns = self._columns(name)
                return synchronize(source, self.store, id_prefix=config.id_prefix, columns=columns, progress=progress)
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
            if isinstance(source, Deliverer | Synchronizer) or not isinstance(source, Lister):
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
        self,
        paths: Iterable[Path],
        source: str = "",
        as_format: str = "",
        mapping: Path | None = None,
        progress: Progress = SILENT,
    ) -> Run:
        """Take in files or folders of any known form, as a source of the given name.

        Without a name records belong to the repository their format comes from, so that a dump and a harvest of the
        same repository meet. Without a format each file is recognised by its content. A `mapping` of a table's columns
        is kept for the source, in the folder `mappings`.
        Raises UnknownNameError for an unknown format, ConfigError for a mapping with a mistake, SourceError for a file
        that cannot be read.
        """
        reader, files = self._files(paths, source, as_format, mapping)
        columns = self._columns(reader.name, mapping, keep=True)
        prefix = self._id_prefix(reader.name)
        return import_files(reader, files, self.store, id_prefix=prefix, columns=columns, progress=progress)

    def preview_files(
        self, paths: Iterable[Path], source: str = "", as_format: str = "", mapping: Path | None = None
    ) -> Iterator[Preview]:
        """What would become of the first records of files, field by field. Nothing is kept, the mapping neither."""
        reader, _ = self._files(paths, source, as_format, mapping)
        columns = self._columns(reader.name, mapping)
        return preview(reader, id_prefix=self._id_prefix(reader.name), columns=columns)

    def remap(self, source: str, as_format: str = "", mapping: Path | None = None, progress: Progress = SILENT) -> Run:
        """Read a source's kept payloads anew, after a mapping changed, and keep what came out differently."""
        columns = self._columns(source, mapping)
        if mapping:
            self._mapping_of(source).parent.mkdir(exist_ok=True)
            self._mapping_of(source).write_bytes(mapping.read_bytes())
        prefix = self.config.sources.get(source, SourceConfig()).id_prefix
        return remap(self.store, source, as_format=as_format, id_prefix=prefix, columns=columns, progress=progress)

    def preview_remap(
        self, source: str, as_format: str = "", mapping: Path | None = None, sample: int = 50
    ) -> Iterator[Reread]:
        """What `remap` would change in a sample of the source's records. Nothing is kept, the mapping neither."""
        prefix = self.config.sources.get(source, SourceConfig()).id_prefix
        columns = self._columns(source, mapping)
        return preview_remap(self.store, source, as_format=as_format, id_prefix=prefix, columns=columns, sample=sample)

    def retry(self, source: str = "", progress: Progress = SILENT) -> Counts:
        """Read what lies in quarantine again, of one source or of all, after a mapping was mended."""
        names = [source] if source else [row.source for row in self.store.counts() if row.quarantined]
        total = Counts()
        for name in names:
            prefix = self.config.sources.get(name, SourceConfig()).id_prefix
            columns = self._columns(name)
            run = retry_quarantined(self.store, name, id_prefix=prefix, columns=columns, progress=progress)
            total += run.counts
        return total

    def index(self, rebuild: bool = False, progress: Progress = SILENT) -> IndexReport:
        """Bring the index up to the store. Raises EngineError."""
        return index(self.store, self.engine, self._placement, rebuild=rebuild, progress=progress)

    def build_vectors(self, threads: int = 1, progress: Progress = SILENT) -> VectorReport:
        """Bring the vectors up to the store. Raises ConfigError without the extra or the model, EngineError."""
        encoder = load(self.config.semantic_folder, threads, make=True)
        with closing(Vectors(self.config.semantic_folder / VECTORS)) as vectors:
            return build_vectors(self.store, vectors, encoder, progress)

    def load_vocabulary(
        self, paths: Sequence[Path], name: str = "", label: str = "", progress: Progress = SILENT
    ) -> Version | None:
        """Use the terms of files from the next search on; None when they are in use already.

        Raises VocabularyError, and then nothing has changed.
        """
        return load_vocabulary(self.vocabulary, paths, name, label, progress)

    def preview_vocabulary(
        self, paths: Sequence[Path], name: str = "", searches: Sequence[str] = (), progress: Progress = SILENT
    ) -> Changes:
        """What loading files would change, in the vocabulary and in what searches find. Raises VocabularyError."""

        def tried(words: VocabularyLookup, text: str) -> tuple[int, tuple[str, ...]]:
            asked = read(from_url([("lookfor", text), ("synonyms", "1")]), words, True, self._count)
            return self._count(asked.query), tuple(term for each in asked.expansions for term in each.also)

        return preview_vocabulary(self.vocabulary, paths, name, searches, tried, progress)

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
        if self.config.semantic:
            found = (*found, *check_vectors(self.store, self.config.semantic_folder))
        return (*found, *(Problem("styles", message) for message in self._shelf.problems))

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
        reader, prefix = reader_of(raw, self._id_prefix(raw.source), self._columns(raw.source))
        return read_safely(reader, raw, prefix)

    def _files(
        self, paths: Iterable[Path], source: str, as_format: str, mapping: Path | None
    ) -> tuple[FilesSource, tuple[Path, ...]]:
        """The files as a source; what a mapping was given or kept for is a table, if nothing else is seen in it."""
        if as_format and as_format not in FORMATS:
            raise UnknownNameError("format", as_format, FORMATS)
        files = tuple(paths)
        is_mapped = mapping is not None or (source != "" and self._mapping_of(source).is_file())
        if is_mapped and not as_format and not _is_known(files):
            as_format = "csv"
        name = source or _repository(FilesSource("", SourceConfig(), paths=files, as_format=as_format))
        config = self.config.sources.get(name, SourceConfig())
        return FilesSource(name, config, paths=files, as_format=as_format), files

    def _id_prefix(self, source: str) -> str:
        return self.config.sources.get(source, SourceConfig()).id_prefix

    def _mapping_of(self, source: str) -> Path:
        return self.config.folder / "mappings" / f"{source}.toml"

    def _columns(self, source: str, mapping: Path | None = None, *, keep: bool = False) -> Columns | None:
        """How a source's tables are mapped: by the file given, else the one kept for it. Raises ConfigError."""
        kept = self._mapping_of(source)
        path = mapping or kept
        if not mapping and not kept.is_file():
            return None
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: cannot be read: {error}") from error
        columns = read_columns(text, str(path))
        if mapping and keep:
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(text, encoding="utf-8")
        return columns

    def _document_at(self, record_id: str, moment: datetime) -> Document | None:
        """The document of a record as it was; None where there was none, or it was deleted or could not be read."""
        stored = self.store.record(record_id)
        raw = next((raw for raw in self.store.versions(record_id) if _was_there(raw, moment)), None)
        record = None if raw is None or raw.deleted else self._read(raw).record
        return self._document(stored, replace(record, id=record_id)) if stored and record else None

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
        # Files of any form come through the other transports: the format's default says nothing of them.
        known_format = FORMATS.get(config.format) if config.type in ("oai", "files") else None
        collection = config.collection or (known_format.collection if known_format else "")
        return Placement(config.institution or self.config.institution, collection or source)

    def _source_config(self, name: str) -> SourceConfig:
        if name not in self.config.sources:
            raise UnknownNameError("source", name, self.config.sources)
        return self.config.sources[name]

    @contextmanager
    def _source(self, name: str, config: SourceConfig) -> Iterator[Source | Deliverer | Synchronizer]:
        """A configured source; its connections, where it holds any, are closed when the context ends."""
        source: Source | Deliverer | Synchronizer = plugins.load("source", config.type)(
            name, config, self.config.folder
        )
        try:
            yield source
        finally:
            if close := getattr(source, "close", None):
                close()


def _was_there(raw: RawRecord, moment: datetime) -> bool:
    return datetime.fromisoformat(raw.fetched) <= moment if raw.fetched else True


def _is_known(files: tuple[Path, ...]) -> bool:
    """Whether the files show by themselves what they are."""
    try:
        return bool(FilesSource("", SourceConfig(), paths=files).formats())
    except ProtocolError:
        return False


def _repository(source: FilesSource) -> str:
    """The name under which the records of files nobody named are kept: their repository's, if it is one for all."""
    found = {FORMATS[name].repository for name in source.formats() if name in FORMATS}
    return next(iter(found)) or IMPORTED if len(found) == 1 else IMPORTED
