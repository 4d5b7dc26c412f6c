"""Every field of the index, once: its kind, what it is used for, and which fields are filled from it.

Names and copies are those of VuFind's biblio schema 1.2 (schema.xml), so that both systems may read one index;
ours use VuFind's dynamic suffixes (`_str`, `_str_mv`, `_txt_mv`) and stand beside them.
A document gives what the source gives; an embedded engine applies `copies`, Solr has copyField for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bookwheel.search.results import Document

Kind: TypeAlias = Literal["text", "words", "exact", "isn", "year", "date", "shown"]
"""text: words and stems · words: words alone (names) · exact: the whole value · isn: digits and x of an ISSN or ISBN ·
year: a whole number · date: ISO 8601 · shown: kept and displayed, never searched."""


@dataclass(frozen=True, slots=True)
class IndexField:
    """One row of the table. `label` is the English name readers see where the field is a facet or a staff row."""

    name: str
    kind: Kind
    stored: bool = True
    facet: bool = False
    copies: tuple[str, ...] = ()
    label: str = ""


def _table(*rows: IndexField) -> Mapping[str, IndexField]:
    return {row.name: row for row in rows}


FIELDS = _table(
    # System
    IndexField("_version_", "shown"),
    IndexField("id", "exact"),
    IndexField("record_format", "exact"),
    IndexField("first_indexed", "date", label="Added"),
    IndexField("last_indexed", "date"),
    # Holdings and kind
    IndexField("institution", "exact", facet=True, label="Institution"),
    IndexField("collection", "exact", facet=True, label="Collection"),
    IndexField("format", "exact", facet=True, copies=("allfields",), label="Format"),
    IndexField("language", "exact", facet=True, label="Language"),
    # Catch-all and spelling
    IndexField("allfields", "text", stored=False, copies=("spelling",)),
    IndexField("spelling", "shown"),
    IndexField("spellingShingle", "shown"),
    # Title
    IndexField("title", "text", copies=("spellingShingle",)),
    IndexField("title_short", "text"),
    IndexField("title_full", "text", copies=("title_fullStr", "title_full_unstemmed")),
    IndexField("title_alt", "text"),
    IndexField("title_old", "text"),
    IndexField("title_new", "text"),
    IndexField("title_sort", "exact"),
    IndexField("title_fullStr", "exact"),
    IndexField("title_full_unstemmed", "words"),
    # People
    IndexField("author", "words", copies=("spellingShingle", "author_facet")),
    IndexField("author2", "words", copies=("author_facet",)),
    IndexField("author_variant", "words"),
    IndexField("author_corporate", "words", copies=("author_facet",)),
    IndexField("author_sort", "exact"),
    IndexField("author_facet", "exact", facet=True, label="Author"),
    IndexField("orcid_str_mv", "exact"),
    IndexField("affiliation_txt_mv", "words"),
    # Publication
    IndexField("publisher", "words", copies=("publisherStr",)),
    IndexField("publisherStr", "exact", stored=False, facet=True, label="Publisher"),
    IndexField("publishDate", "exact"),
    IndexField("publishDateSort", "year", facet=True, label="Year"),
    IndexField("date_str", "exact"),
    IndexField("edition", "shown"),
    IndexField("physical", "shown"),
    IndexField("series", "text", copies=("spellingShingle",)),
    IndexField("container_title", "text", copies=("container_title_str",)),
    IndexField("container_title_str", "exact", stored=False, facet=True, label="Journal"),
    IndexField("container_volume", "words"),
    IndexField("container_issue", "words"),
    IndexField("container_start_page", "words"),
    IndexField("container_end_page_str", "exact"),
    IndexField("container_article_number_str", "exact"),
    # Content and subjects
    IndexField("description", "text"),
    IndexField("topic", "text", copies=("spellingShingle",)),
    IndexField("topic_facet", "exact", facet=True, label="Subject"),
    IndexField("genre", "text"),
    IndexField("genre_facet", "exact", facet=True, label="Genre"),
    IndexField("callnumber-subject", "exact"),
    IndexField("callnumber-raw", "exact"),
    # Numbers and links
    IndexField("issn", "isn"),
    IndexField("isbn", "isn"),
    IndexField("doi_str_mv", "exact"),
    IndexField("pmid_str_mv", "exact"),
    IndexField("pmcid_str_mv", "exact"),
    IndexField("ctrlnum", "exact"),
    IndexField("url", "exact"),
    IndexField("licence_str", "exact", facet=True, label="Licence"),
    # Versions of one work
    IndexField("work_keys_str_mv", "exact"),
    IndexField("work_ids_str_mv", "exact"),
)
"""Notes. `date_str` is the date with its known precision, `publishDate` the source's wording.
`work_keys_str_mv` holds VuFind's keys, `work_ids_str_mv` ours (the DOI, and sorted name parts with the title).
`author_browse`, `topic_unstemmed`, `topic_browse` and `allfields_unstemmed` are not stored in VuFind and are derived
by an engine from their origin where it needs them."""

FACETS = tuple(name for name, row in FIELDS.items() if row.facet)

DEFAULT_FACETS = (
    "publishDateSort",
    "format",
    "author_facet",
    "container_title_str",
    "topic_facet",
    "genre_facet",
    "language",
    "publisherStr",
    "institution",
    "collection",
)
"""Shown beside results, in this order, unless the catalogue says otherwise."""


def field_named(name: str) -> IndexField | None:
    """The row of a field, or the row a dynamic suffix gives it; None for a name outside the schema."""
    if row := FIELDS.get(name):
        return row
    for suffix, kind in _DYNAMIC.items():
        if name.endswith(suffix) and len(name) > len(suffix):
            return IndexField(name, kind)
    return None


_DYNAMIC: dict[str, Kind] = {
    "_str": "exact",
    "_str_mv": "exact",
    "_txt": "text",
    "_txt_mv": "text",
    "_date": "date",
    "_isn": "isn",
    "_isn_mv": "isn",
}


def with_copies(document: Document) -> Document:
    """The document as an engine shows it: copies made, fields that are not stored left out.

    Copies are not chained, and follow the order of the document's fields (VuFind, schema.xml copyField).
    """
    made: dict[str, list[str]] = {}
    for name, values in document.items():
        row = field_named(name)
        if row is None or row.stored:
            made.setdefault(name, []).extend(values)
        for target in row.copies if row else ():
            if FIELDS[target].stored:
                made.setdefault(target, []).extend(values)
    return {name: tuple(values) for name, values in made.items()}


def field_values(document: Document, name: str) -> tuple[str, ...]:
    """Values an engine indexes for a field: its own and those copied into it, stored or not."""
    own = tuple(document.get(name, ()))
    copied = (value for origin in _ORIGINS.get(name, ()) for value in document.get(origin, ()))
    return (*own, *copied)


_ORIGINS: dict[str, tuple[str, ...]] = {
    target: tuple(origin for origin, row in FIELDS.items() if target in row.copies)
    for target in {target for row in FIELDS.values() for target in row.copies}
}
