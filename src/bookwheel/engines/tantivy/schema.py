"""The engine's columns, and how a Document becomes a row of them.

Columns are: the text columns of `ranking.TEXT_COLUMNS` under their names; for each facet a column of value numbers
(`dictionary`); the year as a number; whole values of all other exact fields in one column, each with its field's name
before it; the first-seen date; sort keys; and the Document itself, as JSON, to be shown.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

import msgspec
import tantivy
from tantivy.tantivy import __version__ as engine_version

from bookwheel.engines.tantivy.sorting import SORT_COLUMNS, added_key, quoted, text_key
from bookwheel.search.added import ADDED, seconds
from bookwheel.search.analysis import folded_words, isn, stem, stems, title_key
from bookwheel.search.collation import sort_key
from bookwheel.search.fields import FACETS, FIELDS, field_named, field_values
from bookwheel.search.ranking import TEXT_COLUMNS, column_values
from bookwheel.search.results import Document

VERSION = "1"
"""Raised when the same columns are filled in another way: an index of another version counts as lost."""

YEAR = "publishDateSort"
"""The facet that is a number itself."""

ADDED_COLUMN = "added"
"""Seconds since 1970 of the first-seen date, for ranges of it; the order has a column of keys."""

FACET_COLUMNS = tuple(name for name in FACETS if name != YEAR)
"""Facets whose values are numbered by the dictionary, which knows fields by their place here."""

ID = "id"
"""Record ids as `sorting.quoted` writes them."""

EXACT = "exact"
SYSTEM = "system"
WATERMARK = "watermark"

_DOCUMENT = "document"
_LONGEST_TERM = 48
_TITLES = TEXT_COLUMNS["title"]

Numbers = Mapping[str, Mapping[str, int]]
"""Facet field -> value -> number."""


def facet_column(field: str) -> str:
    """The column that bears a facet's numbers."""
    return field if field == YEAR else f"facet_{field}"


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(SYSTEM, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(WATERMARK, stored=True)
    builder.add_bytes_field(_DOCUMENT, stored=True)
    builder.add_text_field(EXACT, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(YEAR, indexed=True, fast=True)
    builder.add_integer_field(ADDED_COLUMN, fast=True)
    for field in FACET_COLUMNS:
        builder.add_unsigned_field(facet_column(field), indexed=True, fast=True)
    for name in SORT_COLUMNS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in TEXT_COLUMNS:
        builder.add_text_field(text_column(name), tokenizer_name="whitespace", index_option="position")
    return builder.build()


def text_column(name: str) -> str:
    """The engine's name of a text column, apart from those of other columns."""
    return f"text_{name}"


SCHEMA = _schema()


def manifest() -> dict[str, str]:
    """What an index is made with: equal manifests read each other's files and mean the same.

    Words and sort keys are part of it, since an index of other ones would be asked in vain: both depend on libraries,
    sort keys on whether PyICU is there.
    """
    columns = (VERSION, FACET_COLUMNS, SORT_COLUMNS, sorted(TEXT_COLUMNS.values(), key=repr))
    analysis = (folded_words(_SAMPLE), stems(_SAMPLE), sort_key(_SAMPLE))
    digest = hashlib.sha256(repr((columns, analysis)).encode()).hexdigest()
    return {"columns": digest[:16], "format": engine_version.rpartition(", ")[2]}


_SAMPLE = "Ärzte's naïve Łódź: studies of SARS-CoV-2, 東京 and हिन्दी"


def facet_values(document: Document) -> dict[str, tuple[str, ...]]:
    """Facet field -> the document's values, for the dictionary to number."""
    return {field: values for field in FACET_COLUMNS if (values := field_values(document, field))}


def encode(document: Document, facets: Mapping[str, Iterable[str]], numbers: Numbers) -> tantivy.Document:
    """A row for the writer. `facets` are the document's `facet_values`, all known to `numbers`."""
    record_id = document["id"][0]
    row: dict[str, object] = {
        ID: quoted(record_id),
        _DOCUMENT: msgspec.json.encode(dict(document)),
        EXACT: list(dict.fromkeys(_exact_terms(document))),
    }
    for year in field_values(document, YEAR):
        if is_year(year):
            row[YEAR] = int(year)
            break
    for field, values in facets.items():
        known = numbers[field]
        row[facet_column(field)] = list({known[value] for value in values})
    for name, source in SORT_COLUMNS.items():
        key = added_key if source == ADDED else text_key
        row[name] = key(next(iter(document.get(source, ())), ""), record_id)
    if (added := seconds(next(iter(document.get(ADDED, ())), ""))) is not None:
        row[ADDED_COLUMN] = added
    row.update(_texts(document))
    # Built through the schema: a whole number given in any other way may panic the engine's thread (engine.md 5).
    return tantivy.Document.from_dict(row, SCHEMA)


def decode(row: tantivy.Document) -> Document:
    """The Document a row was made from, without copies."""
    return _DECODER.decode(row.get_first(_DOCUMENT) or b"{}")


def exact_term(field: str, value: str) -> str:
    """What stands in the column `exact` for a value of a field; "" for a value that can match nothing.

    Long values are stood in for by a digest: a title as a term would cost its length.
    """
    if _is_isn(field):
        value = isn(value)
        if not value:
            return ""
    if len(value) > _LONGEST_TERM:
        value = f"#{hashlib.blake2b(value.encode(), digest_size=12).hexdigest()}"
    return f"{field}={value}"


def title_term(words: str) -> str:
    """What stands in the column `exact` for a whole title, given as `analysis.title_key` makes it."""
    return f"={hashlib.blake2b(words.encode(), digest_size=12).hexdigest()}"


def is_year(text: str) -> bool:
    """Whether a value of a year field is the whole number it should be."""
    return text.isdecimal() and len(text) <= 9


def watermark_document(watermark: int) -> tantivy.Document:
    """The reserved row that carries the watermark in the same commit as the documents; it has no id."""
    return tantivy.Document.from_dict({SYSTEM: WATERMARK, WATERMARK: watermark}, SCHEMA)


def read_watermark(searcher: tantivy.Searcher) -> int:
    """The watermark of a commit; 0 before the first."""
    hits = searcher.search(tantivy.Query.term_query(SCHEMA, SYSTEM, WATERMARK), 1, count=False).hits
    return int(searcher.doc(hits[0][1]).get_first(WATERMARK) or 0) if hits else 0


def count(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """How many rows match."""
    return count_of(searcher.search(query, 1))


def count_of(result: tantivy.SearchResult) -> int:
    """How many rows matched a search that counted."""
    return int(result.count)  # type: ignore[attr-defined]  # It is there; the type stub forgets it.


_DECODER = msgspec.json.Decoder(dict[str, tuple[str, ...]])


def _texts(document: Document) -> Iterator[tuple[str, list[str]]]:
    """The text columns of a row. Values stay apart, so that no phrase goes across two of them."""
    analysed: dict[str, tuple[str, str]] = {}  # Each text once, however many columns it stands in.
    for column in TEXT_COLUMNS.values():
        found = []
        for text in column_values(document, column):
            if text not in analysed:
                analysed[text] = _analysed_short(text) if len(text) <= _SHORT else _analysed(text)
            found.append(analysed[text][column.stemmed])
        if found:
            yield text_column(column.name), found


def _analysed(text: str) -> tuple[str, str]:
    """The words of a text and their stems, as the columns take them."""
    words = folded_words(text)
    return " ".join(words), " ".join(map(stem, words))


_SHORT = 60
"""Characters up to which a text is worth remembering: journals, publishers, subjects and names come again and again."""

_analysed_short = lru_cache(maxsize=100_000)(_analysed)


def _exact_terms(document: Document) -> Iterator[str]:
    for name, values in document.items():
        for target in _exact_targets(name):
            yield from filter(None, (exact_term(target, value) for value in values))
    for title in column_values(document, _TITLES):
        if key := title_key(title):
            yield title_term(key)


@cache
def _is_isn(field: str) -> bool:
    row = field_named(field)
    return row is not None and row.kind == "isn"


@cache
def _exact_targets(name: str) -> tuple[str, ...]:
    """The fields whose whole values a field gives: itself and its copies, as far as they are neither text nor facet."""
    row = field_named(name)
    rows = [row, *(FIELDS[copy] for copy in row.copies)] if row and name != ID else []
    return tuple(each.name for each in rows if each.kind in ("exact", "isn", "date") and not each.facet)
