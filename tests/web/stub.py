"""A catalogue for page tests: a few records in memory, answered by brute force, without store or index.

It answers what pages need to have something to show; how well engines search is proven elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from bookwheel.config import Config
from bookwheel.engines.memory import MemoryEngine
from bookwheel.exports import EXPORTS, Item
from bookwheel.exports.shelf import STYLES, Listed
from bookwheel.jobs.matching import Reached
from bookwheel.jobs.providing import Provider
from bookwheel.jobs.recently import Recent
from bookwheel.jobs.why import why
from bookwheel.library import Found
from bookwheel.records.model import (
    Container,
    Contributor,
    Identifier,
    Link,
    PublicationDate,
    Record,
    Subject,
    Text,
)
from bookwheel.records.raw import Problem, Provenance, RawRecord, Reading
from bookwheel.search.document import to_document
from bookwheel.search.engine import Engine, Stretch
from bookwheel.search.explain import Understanding, describe, with_counts
from bookwheel.search.fields import DEFAULT_FACETS, field_values, with_copies
from bookwheel.search.offers import Offer, counted, offers
from bookwheel.search.query import Query
from bookwheel.search.results import Document, Facet, FacetValue, Hit, SearchResult
from bookwheel.search.scoring import Explanation
from bookwheel.search.suggestions import Suggestion, suggestions
from bookwheel.search.why import Inquiry
from bookwheel.store import Store
from bookwheel.store.keys import Keys
from bookwheel.vocabulary.file import VocabularyFile

SEED_ID = "doaj-art-a34e60229e934aac998908d0fd28b026"

ABSTRACT = (
    "The application of nucleoside analogue-based chemotherapy and immunotherapy with rituximab or alemtuzumab has "
    "increased both response rate and survival in patients with Chronic Lymphocytic Leukemia (CLL). However, because "
    "none of these therapies is curative, sequential therapeutic regimens are required. The majority of patients with "
    "relapsed or refractory CLL carry poor prognostic factors and show shorter overall survival and resistance to "
    "standard treatment."
)

_UNIT = "Hematology and Transplantation Unit, Milan, Italy"

SEED = Record(
    id=SEED_ID,
    source="doaj",
    source_identifier="oai:doaj.org/article:a34e60229e934aac998908d0fd28b026",
    datestamp="2025-08-20T02:20:32Z",
    format="Article",
    record_format="Article",
    title=Text("Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"),
    contributors=(
        Contributor("Agostino Cortelezzi", affiliations=(_UNIT,)),
        Contributor("Mariarita Sciumè", affiliations=(_UNIT, "University of Milan"), orcid="0000-0002-1825-0097"),
        Contributor("Gianluigi Reda", affiliations=(_UNIT,)),
    ),
    container=Container(
        title="Advances in Hematology",
        volume="2012",
        article_number="393864",
        issn="1687-9104",
        eissn="1687-9112",
        languages=("eng",),
    ),
    published=PublicationDate("2012", "2012-01-01"),
    publisher="Wiley",
    abstract=Text(ABSTRACT),
    subjects=(Subject("leukemia"), Subject("Diseases of the blood", "LCC", "RC633-647.5")),
    identifiers=(Identifier("doi", "10.1155/2012/393864"),),
    links=(Link("http://dx.doi.org/10.1155/2012/393864"),),
    licence="CC BY",
)


def sample(number: int, **changes: object) -> Record:
    """A plain record; the number decides its year, journal and language."""
    values: dict[str, object] = {
        "id": f"sample-{number}",
        "source": "sample",
        "source_identifier": f"oai:sample:{number}",
        "datestamp": "2026-01-01T00:00:00Z",
        "format": "Article",
        "record_format": "Article",
        "title": Text(f"Sample work number {number}"),
        "contributors": (Contributor(f"Author {number % 7}"),),
        "container": Container(title=f"Journal of Samples {number % 9}"),
        "published": PublicationDate(str(1990 + number % 30)),
        "publisher": f"Publisher {number % 4}",
        "abstract": Text(f"An abstract about sample {number}."),
        "languages": ("eng" if number % 3 else "deu",),
        "subjects": (Subject(f"subject {number % 5}"),),
    }
    return Record(**{**values, **changes})  # type: ignore[arg-type]


@dataclass
class StubLibrary:
    """Records by id, in order; `deleted` ids are withdrawn, `payloads_by_id` are newest first."""

    records: Sequence[Record]
    deleted: frozenset[str] = frozenset()
    payloads_by_id: Mapping[str, Sequence[RawRecord]] = field(default_factory=dict)
    readings: Mapping[str, Reading] = field(default_factory=dict)
    config: Config = field(default_factory=Config)
    facets: tuple[str, ...] = DEFAULT_FACETS
    keys: Keys = field(default_factory=lambda: Keys(Path("/nonexistent/keys.sqlite3")))
    state: str = ""
    vocabulary: VocabularyFile = field(default_factory=lambda: VocabularyFile(Path("/nonexistent/vocabulary.sqlite3")))
    styles: Mapping[str, Listed] = field(default_factory=lambda: STYLES)
    asked: list[Query] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._documents = {
            record.id: to_document(
                record, institution="OA Journals", collection="DOAJ", indexed=datetime(2026, 1, 1, tzinfo=UTC)
            )
            for record in self.records
        }

    @property
    def provider(self) -> Provider:
        raise NotImplementedError("pages of harvesting have a catalogue of their own: tests/web/oai")

    def search(self, query: Query) -> SearchResult:
        self.asked.append(query)
        found = [document for document in self._documents.values() if _matches(document, query)]
        if query.sort in ("newest", "oldest"):
            found.sort(key=lambda d: d.get("publishDateSort", ("",)), reverse=query.sort == "newest")
        page = found[query.offset : query.offset + query.size]
        return SearchResult(
            total=len(found),
            hits=tuple(Hit(document["id"][0], 1.0, with_copies(document)) for document in page),
            facets={asked.field: _facet(found, asked.field, asked.limit) for asked in query.facets},
        )

    def record(self, record_id: str) -> Found | None:
        for record in self.records:
            if record.id == record_id:
                document = with_copies(self._documents[record_id])
                deleted = record_id in self.deleted
                return Found(record_id, record, document, deleted, record.source, "", "", has_payload=True)
        return None

    def found(self, record_ids: Iterable[str]) -> Mapping[str, Found]:
        known = ((one, self.record(one)) for one in dict.fromkeys(record_ids))
        return {one: found for one, found in known if found and not found.deleted}

    def export(
        self, query: Query, format_name: str, style: str = "", offset: int = 0, limit: int | None = None
    ) -> Iterator[bytes]:
        found = self.search(replace(query, page=1, size=len(self.records))).hits[offset:][:limit]
        return self.export_records((hit.id for hit in found), format_name, style)

    def export_records(self, record_ids: Iterable[str], format_name: str, style: str = "") -> Iterator[bytes]:
        known = {record.id: record for record in self.records if record.id not in self.deleted}
        items = (Item(one, known[one]) for one in record_ids if one in known)
        return EXPORTS[format_name].write(items, self.styles.get(style))

    def reading(self, record_id: str) -> tuple[RawRecord, Reading] | None:
        reading = self.readings.get(record_id)
        return (self.payloads_by_id[record_id][0], reading) if reading else None

    def payloads(self, record_id: str) -> Sequence[RawRecord]:
        return self.payloads_by_id.get(record_id, ())

    def similar(self, record_id: str, size: int = 5) -> tuple[Hit, ...]:
        return self._others(record_id)[:size]

    def versions(self, record_id: str, size: int = 20) -> tuple[Hit, ...]:
        keys = set(self._documents[record_id].get("work_keys_str_mv", ()))
        others = self._others(record_id)
        return tuple(hit for hit in others if keys & set(hit.document.get("work_keys_str_mv", ())))[:size]

    def count(self) -> int:
        return len(self.records)

    # What helps to search is asked of an engine as it is.

    @cached_property
    def engine(self) -> Engine:
        engine = MemoryEngine()
        with engine.update(1) as writer:
            for document in self._documents.values():
                writer.add(document)
        return engine

    @cached_property
    def store(self) -> Store:
        """An empty one: what was harvested is tested with a real Library."""
        store = Store.open("sqlite://")
        store.migrate()
        return store

    def suggest(self, field: str, prefix: str, limit: int = 10) -> tuple[str, ...]:
        return self.engine.suggest(field, prefix, limit)

    def browse(
        self, field: str, stretch: Stretch, within: Query | None = None, containing: str = ""
    ) -> tuple[FacetValue, ...]:
        return self.engine.browse(field, stretch, within, containing)

    def explain(self, query: Query, record_id: str) -> Explanation | None:
        return self.engine.explain(query, record_id)

    def suggestions(self, query: Query, result: SearchResult) -> tuple[Suggestion, ...]:
        return suggestions(self.engine, query, result.total)

    def offers(self, query: Query) -> tuple[Offer, ...]:
        return offers(self.engine, query)

    def understand(self, query: Query, result: SearchResult | None = None) -> Understanding:
        found = describe(query, notes=result.notes if result else ())
        return with_counts(
            found,
            lambda node: counted(self.engine, replace(query, tree=node, facets=())),
            result.total if result else None,
        )

    def why(self, query: Query, papers: str) -> Inquiry:
        with Store.open("sqlite://") as store:
            store.migrate()
            return why(self.engine, store, query, papers)

    def reached(self, now: datetime) -> Reached:
        return Reached(self.engine.watermark(), now)

    def recently(self, query: Query, since: datetime) -> Recent:
        return Recent((), is_cut=False)

    def documents(self, record_ids: Iterable[str]) -> Mapping[str, Document]:
        return self.engine.get(record_ids)

    def _others(self, record_id: str) -> tuple[Hit, ...]:
        return tuple(
            Hit(other, 1.0, with_copies(document)) for other, document in self._documents.items() if other != record_id
        )


def seed_library(more: Iterable[Record] = ()) -> StubLibrary:
    """The seed record with payload and provenance, and whatever else a test wants."""
    payload = b"<article><title>Lenalidomide</title><email>a.cortelezzi@example.org</email></article>"
    raw = RawRecord("doaj", SEED.source_identifier, SEED.datestamp, "oai_doaj", payload, fetched="2026-01-02T03:04:05Z")
    older = RawRecord("doaj", SEED.source_identifier, "2024", "oai_doaj", b"<old/>", fetched="2025-01-02T03:04:05Z")
    reading = Reading(
        SEED,
        problems=(Problem("date", "day and month are invented by the source", "note"),),
        provenance=(Provenance("title", "title", "white space cleaned"),),
        unused=("article/email",),
    )
    return StubLibrary((SEED, *more), payloads_by_id={SEED_ID: (raw, older)}, readings={SEED_ID: reading})


def _matches(document: Document, query: Query) -> bool:
    text = " ".join(value for values in document.values() for value in values).casefold()
    if not all(word.strip('"').casefold() in text for word in query.text.split()):
        return False
    for mode, quantifier in (("all", all), ("none", all), ("any", any)):
        fields = {f.field for f in query.filters if f.mode == mode}
        for name in fields:
            bears = [
                (f.value in field_values(document, name)) != (mode == "none")
                for f in query.filters
                if f.mode == mode and f.field == name
            ]
            if not quantifier(bears):
                return False
    year = int(document.get("publishDateSort", ("0",))[0])
    return (query.years.low or year) <= year <= (query.years.high or year)


def _facet(found: Iterable[Document], name: str, limit: int) -> Facet:
    counts = Counter(value for document in found for value in set(field_values(document, name)))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Facet(name, tuple(FacetValue(value, count) for value, count in ordered[:limit]), len(ordered) > limit)
