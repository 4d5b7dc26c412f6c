"""Which column of a table is which field: guessed by the columns' names, or told by a mapping file in TOML.

separator = ";"
title = "Titel"
authors = ["Autor 1", "Autor 2"]
[types]
"Aufsatz" = "Article"
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from bookwheel.errors import ConfigError
from bookwheel.records import kinds

FIELDS: Mapping[str, str] = {
    "id": "the row's own identifier, unique in its source",
    "type": "kind of work, by [types]",
    "title": "title",
    "other_titles": "titles in other languages",
    "authors": "names, several in a cell",
    "editors": "names, several in a cell",
    "translators": "names, several in a cell",
    "affiliations": "of the first author, unless there is one for each",
    "orcid": "of the author named with it, or of each in order",
    "container": "journal or book",
    "abbreviation": "short title of the journal",
    "volume": "volume",
    "issue": "issue",
    "pages": "first and last page, or the article's number",
    "start_page": "first page",
    "end_page": "last page",
    "article_number": "number of the article",
    "issn": "ISSN, print first",
    "eissn": "electronic ISSN",
    "isbn": "ISBN",
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "date": "date of publication",
    "year": "year of publication",
    "publisher": "publisher",
    "place": "place of publication",
    "edition": "edition",
    "extent": "number of pages",
    "series": "series, with its number",
    "language": "language of the work",
    "abstract": "abstract",
    "other_abstracts": "abstracts in other languages",
    "keywords": "keywords, several in a cell",
    "url": "addresses, several in a cell",
    "licence": "licence or rights",
    "genre": "kind of writing",
    "notes": "notes",
    "retracted": "whether it was retracted",
}
"""Field of a table → what it is."""

_NAMES = """
id: key, id, _id, record_id, recordid, item_id, identifier, eid, ut (unique wos id), accession number, refid
type: item type, type, document type, publication type, reference type, itemtype
title: title, article title, primary title, titles, document title
other_titles: other titles, translated title, original title
authors: author, authors, author full names, author(s), creator, creators
editors: editor, editors
translators: translator, translators
affiliations: affiliations, affiliation, author address
orcid: orcid, orcids, orcid id(s)
container: publication title, journal, journal title, source title, journal/book, venue
container: secondary title, journal or book, booktitle, container-title, container
abbreviation: journal abbreviation, abbreviated source title, abbreviation, iso abbreviation
volume: volume, vol
issue: issue, number, issue number
pages: pages, page, page range, pagination
start_page: page start, start page, first page
end_page: page end, end page, last page
article_number: article number, art. no., art no
issn: issn
eissn: eissn, e-issn
isbn: isbn
doi: doi, doi link
pmid: pmid, pubmed id, pubmedid
pmcid: pmcid, pmc
date: date, publication date, date published
year: publication year, year, pub year, published
publisher: publisher
place: place, place published, city, place of publication
edition: edition
extent: num pages, number of pages, extent
series: series, series title
language: language, languages, language of original document
abstract: abstract note, abstract, abstracts, summary
other_abstracts: other abstracts
keywords: keywords, manual tags, automatic tags, tags, author keywords, index keywords
keywords: keywords plus, subjects, subject, keyword
url: url, urls, link, links
licence: rights, licence, license
genre: genre
notes: notes, extra, note
retracted: retracted
"""
GUESSES: Mapping[str, str] = {
    name.strip(): field_
    for line in _NAMES.strip().splitlines()
    for field_, _, names in [line.partition(": ")]
    for name in names.split(", ")
}
"""Names of columns, in small letters → field: Zotero's, Scopus's, PubMed's, Web of Science's, our own export's."""

_TYPE_ROW = {
    "article": kinds.ARTICLE, "journalarticle": kinds.ARTICLE, "review": kinds.ARTICLE,
    "magazinearticle": kinds.ARTICLE,
    "newspaperarticle": kinds.ARTICLE, "jour": kinds.ARTICLE, "book": kinds.BOOK, "booksection": kinds.CHAPTER,
    "bookchapter": kinds.CHAPTER, "chapter": kinds.CHAPTER, "conferencepaper": kinds.CONFERENCE_PAPER,
    "proceedingspaper": kinds.CONFERENCE_PAPER, "conferenceproceeding": kinds.PROCEEDINGS, "dataset": kinds.DATASET,
    "preprint": kinds.PREPRINT, "report": kinds.REPORT, "thesis": kinds.THESIS, "dissertation": kinds.THESIS,
    "computerprogram": kinds.SOFTWARE, "software": kinds.SOFTWARE, "webpage": kinds.WEBSITE, "website": kinds.WEBSITE,
    "manuscript": kinds.MANUSCRIPT, "map": kinds.MAP, "videorecording": kinds.VIDEO, "film": kinds.VIDEO,
    "audiorecording": kinds.AUDIO, "artwork": kinds.IMAGE, "journal": kinds.JOURNAL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """A mapping file: the columns of each field in order, what stands between values, kinds by the table's words."""

    fields: Mapping[str, tuple[str, ...]]
    separator: str = ";"
    types: Mapping[str, str] = field(default_factory=dict)

    def of(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Field → its columns among these names."""
        present = {_plain(name): name for name in names}
        found = {
            name: [present[_plain(c)] for c in columns if _plain(c) in present] for name, columns in self.fields.items()
        }
        return {name: columns for name, columns in found.items() if columns}

    def kind(self, word: str) -> str:
        """The kind of work a table's word means; "" when nobody knows."""
        own = {_squeezed(name): kind for name, kind in self.types.items()}
        return own.get(_squeezed(word)) or kind_of(word)


def guessed(names: Iterable[str]) -> dict[str, list[str]]:
    """Field → its columns, by their names."""
    found: dict[str, list[str]] = {}
    for name in names:
        if field_ := GUESSES.get(_plain(name)):
            found.setdefault(field_, []).append(name)
    return found


def kind_of(word: str) -> str:
    return _TYPE_ROW.get(_squeezed(word), "") or next(
        (kind for kind in kinds.KINDS if kind.lower() == word.lower()), ""
    )


def read_columns(text: str, where: str) -> Columns:
    """A mapping file. Raises ConfigError naming the file, the line's key and what is known."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: no TOML: {error}") from error
    types = found.pop("types", {})
    separator = found.pop("separator", ";")
    if not isinstance(separator, str) or not separator or not isinstance(types, dict):
        raise ConfigError(f"{where}: separator is a text, [types] a table of texts")
    for name, kind in types.items():
        if kind not in kinds.KINDS:
            raise ConfigError(f"{where}: [types] {name!r}: unknown kind {kind!r}; known: {', '.join(kinds.KINDS)}")
    for name, columns in found.items():
        if name not in FIELDS:
            near = get_close_matches(name, FIELDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ConfigError(f"{where}: unknown field {name!r}; known: {', '.join(FIELDS)}.{hint}")
        if not isinstance(columns, str | list) or not all(isinstance(column, str) for column in columns):
            raise ConfigError(f"{where}: {name}: expected the name of a column or a list of names, got {columns!r}")
    return Columns(
        {name: (columns,) if isinstance(columns, str) else tuple(columns) for name, columns in found.items()},
        separator,
        types,
    )


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("\ufeff", "").split())


def _squeezed(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.lower())
