"""Search types: which words of a record count, and how much; and the orders results can be sorted in.

How a search type is asked, the same in every engine:

- An engine keeps the text columns of `TEXT_COLUMNS`: `column_values` of a document, analysed into words or stems.
  Values of a column stand one empty place apart, so no phrase goes across two of them.
- A **word** matches a record when one of the type's columns has it (its stem in columns of stems). What analysis makes
  several words of ("SARS-CoV-2") must stand side by side in one column. Of the columns that match, the best counts
  whole and the others `tie` times (disjunction-max); words joined by AND may match in different columns.
- A **phrase** or **prefix** looks only at columns of words, never at stems.
- A word or phrase also matches a record with that whole value in one of the type's `exact` fields.
- A query of plain words also gains, and never loses, by standing in a column of words as one phrase
  (`phrase_boost` times the column's weight), and by being a whole title (`title_boost`).

Weights begin with VuFind's (searchspecs.yaml), divided by 100. VuFind gives abstracts a weight of 1 beside titles of
500, because its catch-all is noise; ours are clean text and weigh more. Short questions look for each word in every
column; long ones (`BALANCED`) weigh it in the column of everything, where a match counts by all that a record says,
and add a little for titles and for the word as it is written. `docs/relevance.md` has what the weights were measured
to do; those of all fields were chosen by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bookwheel.search.added import ADDED
from bookwheel.search.analysis import folded_words
from bookwheel.search.fields import field_named, field_values
from bookwheel.search.query import And, Boost, Node, Or, Phrase, Word
from bookwheel.search.results import Document


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of words an engine keeps: the values of `sources`, each value once, as stems or as folded words."""

    name: str
    sources: tuple[str, ...]
    stemmed: bool = False


_TITLES = ("title", "title_short", "title_full", "title_alt")
_CONTAINERS = ("container_title", "series")
_WHOLE = ("title", "title_alt", "author", "author2", "author_corporate", "container_title", "topic", "description")
_NUMBERS = (
    "publishDateSort",
    "container_volume",
    "container_issue",
    "container_start_page",
    "container_end_page_str",
    "container_article_number_str",
    "id",
    "doi_str_mv",
    "pmid_str_mv",
    "pmcid_str_mv",
    "issn",
    "isbn",
    "orcid_str_mv",
    "ctrlnum",
    "callnumber-subject",
    "callnumber-raw",
    "title_old",
    "title_new",
    "format",
    "language",
    "licence_str",
)

ANYWHERE = "anywhere"
"""The column of all that tells of the matter, as one text: it weighs words of long questions (`BALANCED`)."""

TEXT_COLUMNS: Mapping[str, TextColumn] = MappingProxyType(
    {
        column.name: column
        for column in (
            TextColumn("title", _TITLES, stemmed=True),
            TextColumn("title_words", _TITLES),
            TextColumn("author", ("author", "author2", "author_corporate", "author_variant")),
            TextColumn("container", _CONTAINERS, stemmed=True),
            TextColumn("container_words", _CONTAINERS),
            TextColumn("topic", ("topic", "genre"), stemmed=True),
            TextColumn("topic_words", ("topic", "genre")),
            TextColumn("description", ("description",), stemmed=True),
            TextColumn("description_words", ("description",)),
            TextColumn("publisher", ("publisher",)),
            TextColumn("affiliation", ("affiliation_txt_mv",)),
            TextColumn("language", ("language",)),
            TextColumn("other", _NUMBERS),
            TextColumn(
                ANYWHERE,
                _WHOLE,
                stemmed=True,
            ),
        )
    }
)
"""The engine's physical text columns. But for `ANYWHERE`, those of stems need their words as well: phrases and
prefixes are unstemmed."""


_FIELD_COLUMNS = tuple(column for column in TEXT_COLUMNS.values() if column.name != ANYWHERE)


def column_values(document: Document, column: TextColumn) -> tuple[str, ...]:
    """The texts of a column, in order, each once: title, title_short and title_full are often one and the same."""
    return tuple(dict.fromkeys(value for name in column.sources for value in field_values(document, name)))


@dataclass(frozen=True, slots=True)
class Weighted:
    """A text column and what a match in it is worth."""

    column: str
    weight: float


@dataclass(frozen=True, slots=True)
class SearchType:
    """A way to search: `label` is its English name; `exact` are index fields compared as whole values."""

    name: str
    label: str
    columns: tuple[Weighted, ...] = ()
    exact: tuple[str, ...] = ()
    tie: float = 0.0
    phrase_boost: float = 0.0
    title_boost: float = 0.0

    @property
    def word_columns(self) -> tuple[Weighted, ...]:
        """The columns of unstemmed words, where phrases and prefixes are looked for."""
        return tuple(weighted for weighted in self.columns if not TEXT_COLUMNS[weighted.column].stemmed)


def _columns(**weights: float) -> tuple[Weighted, ...]:
    return tuple(Weighted(column, weight) for column, weight in weights.items())


_TITLE = _columns(title=4.0, title_words=4.5)
_TOPIC = _columns(topic=1.0, topic_words=1.5)
_CONTAINER = _columns(container=2.5, container_words=2.5)

BALANCED = "Balanced"
"""The search type of long questions (`relax.py`): BM25 over the whole record, and all else is a bonus."""

SEARCH_TYPES: Mapping[str, SearchType] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            SearchType(
                "AllFields",
                "All fields",
                _columns(
                    title_words=3.0,
                    title=3.0,
                    topic_words=1.5,
                    topic=1.5,
                    author=2.0,
                    description_words=1.0,
                    description=1.0,
                    container=0.5,
                    container_words=0.5,
                    publisher=0.1,
                    affiliation=0.1,
                    other=0.1,
                ),
                tie=0.1,
                phrase_boost=1.0,
                title_boost=100.0,
            ),
            SearchType(
                BALANCED,
                "All fields, evenly",
                _columns(
                    anywhere=1.0,
                    title=0.25,
                    title_words=0.05,
                    topic_words=0.03,
                    description_words=0.03,
                ),
                tie=1.0,
            ),
            SearchType("Title", "Title", _TITLE, tie=0.1, phrase_boost=1.0, title_boost=100.0),
            SearchType("JournalTitle", "Journal title", _CONTAINER, tie=0.1, phrase_boost=1.0),
            SearchType("Author", "Author", _columns(author=1.0), phrase_boost=1.0),
            SearchType("Subject", "Subject", _TOPIC, tie=0.1, phrase_boost=1.0),
            SearchType("Series", "Series", _CONTAINER),
            SearchType("ISN", "ISSN or ISBN", exact=("issn", "isbn")),
            SearchType("publisher", "Publisher", _columns(publisher=1.0), exact=("publisherStr",)),
            SearchType("year", "Year", exact=("publishDateSort", "publishDate")),
            SearchType("abstract", "Abstract", _columns(description=1.0, description_words=1.0), phrase_boost=1.0),
            SearchType(
                "TitleAbstract",
                "Title and abstract",
                _columns(title=5.0, title_words=6.0, description=1.0, description_words=1.0),
                tie=0.1,
                phrase_boost=1.0,
            ),
            SearchType(
                "TextWord",
                "Title, abstract and subjects",
                _columns(
                    title=5.0, title_words=6.0, topic=5.0, topic_words=5.5, description=1.0, description_words=1.0
                ),
                tie=0.1,
                phrase_boost=1.0,
            ),
            SearchType("toc", "Table of contents", _columns(description=1.0, description_words=1.0)),
            SearchType("affiliation", "Affiliation", _columns(affiliation=1.0), phrase_boost=1.0),
            SearchType("language", "Language", _columns(language=1.0)),
            SearchType("topic", "Topic", _TOPIC, exact=("topic_facet",)),
            SearchType("geographic", "Place", _TOPIC),
            SearchType("genre", "Genre", _TOPIC),
            SearchType("era", "Period", _TOPIC),
            SearchType("CallNumber", "Call number", exact=("callnumber-raw", "callnumber-subject")),
            SearchType("DeweyBrowse", "Dewey number", exact=("callnumber-subject",)),
            SearchType("LccBrowse", "Library of Congress class", exact=("callnumber-subject",)),
            SearchType("TopicBrowse", "Topic, whole", exact=("topic_facet",)),
            SearchType("AuthorBrowse", "Author, whole", exact=("author_facet",)),
            SearchType("TitleBrowse", "Title, as a phrase", _columns(title_words=1.0), title_boost=100.0),
            SearchType("Coordinate", "Coordinates", _columns(other=1.0)),
            SearchType("oclc_num", "OCLC number", exact=("ctrlnum",)),
            SearchType("DOI", "DOI", exact=("doi_str_mv",)),
            SearchType("id", "Record number", exact=("id",)),
            SearchType("ids", "Record numbers", exact=("id",)),
            SearchType("ParentID", "Record number of the host", exact=("id",)),
            SearchType("WorkKeys", "Work key", exact=("work_keys_str_mv", "work_ids_str_mv")),
        )
    }
)
"""VuFind's search types by VuFind's names, on the fields we carry, and a few of ours (abstract, affiliation, DOI).

JournalTitle differs from VuFind's, which also looks at article titles: a reader who asks for a journal means it."""


def search_type_named(name: str) -> SearchType:
    """The search type of this name, or one that asks the index field of this name; an unknown name finds nothing."""
    if found := SEARCH_TYPES.get(name):
        return found
    columns = tuple(Weighted(column.name, 1.0) for column in _FIELD_COLUMNS if name in column.sources)
    row = field_named(name)
    is_whole = row is not None and row.kind in ("exact", "isn", "date", "year")
    return SearchType(name, name, columns, exact=(name,) if is_whole else ())


BASIC_TYPES = ("AllFields", "Title", "JournalTitle", "Author", "Subject", "abstract", "publisher", "ISN", "DOI", "year")
"""The search types of the selector beside the search box, in order."""


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of results: by `field`, records without it last, ties by rising id; no field means relevance.

    Years compare as numbers, texts by `collation.sort_key`, the first-seen date as `added.seconds`.
    """

    name: str
    label: str
    field: str = ""
    descending: bool = False


SORTS: Mapping[str, Sort] = MappingProxyType(
    {
        sort.name: sort
        for sort in (
            Sort("relevance", "Relevance"),
            Sort("newest", "Newest first", "publishDateSort", descending=True),
            Sort("oldest", "Oldest first", "publishDateSort"),
            Sort("added", "Newly added", ADDED, descending=True),
            Sort("author", "Author", "author_sort"),
            Sort("title", "Title", "title_sort"),
        )
    }
)

SORT_ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "year": "newest",
        "year asc": "oldest",
        "year desc": "newest",
        "publishDateSort desc": "newest",
        "publishDateSort asc": "oldest",
        "author_sort asc": "author",
        "title_sort asc": "title",
        "first_indexed": "added",
        "first_indexed desc": "added",
        "last_indexed": "added",
        "last_indexed desc": "added",
    }
)
"""VuFind's names for our orders. VuFind's page of new items sorts by the last change, feeds by the first day: we mean
the first day by both."""


def plain_words(tree: Node) -> tuple[str, ...]:
    """The folded words of a query that is nothing but words and phrases, in order; () for any other.

    For the phrase and title boosts. Alternatives to words (an identifier recognised among them) do not count.
    """
    if isinstance(tree, Word | Phrase):
        return tuple(folded_words(tree.text))
    if isinstance(tree, Boost):
        return plain_words(tree.part)
    if isinstance(tree, And):
        parts = [plain_words(part) for part in tree.parts]
        return tuple(word for part in parts for word in part) if all(parts) else ()
    if isinstance(tree, Or):
        plain = [words for part in tree.parts if (words := plain_words(part))]
        others = [part for part in tree.parts if isinstance(part, Word | Phrase | And | Or | Boost)]
        return plain[0] if len(plain) == len(others) == 1 else ()
    return ()
