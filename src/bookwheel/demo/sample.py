"""An invented article as plain values, before it is written in any metadata format."""

from typing import NamedTuple


class Author(NamedTuple):
    """`orcid` is bare, with a valid check character; `affiliation` is one line, empty where none is told."""

    name: str
    orcid: str = ""
    affiliation: str = ""


class Sample(NamedTuple):
    """One invented article.

    A NamedTuple, since a bench makes a million: it is built faster than a frozen dataclass.
    `sets` are LCC terms; `language` is ISO 639-3; `published` is a date to the precision that is known.
    A deleted sample has an identifier, a datestamp and sets, and nothing else that counts.
    """

    identifier: str
    datestamp: str
    sets: tuple[str, ...]
    language: str
    publisher: str
    journal: str
    issn: str
    eissn: str
    published: str
    volume: str
    issue: str
    start_page: str
    end_page: str
    doi: str
    title: str
    authors: tuple[Author, ...]
    abstract: str
    url: str
    keywords: tuple[str, ...]
    deleted: bool = False
