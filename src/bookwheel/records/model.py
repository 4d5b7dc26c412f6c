"""The Record: what every format is read into and everything else is made from.

Frozen values, tuples all the way down; a change is `dataclasses.replace`.
Absent is an empty string, an empty tuple or None, never a placeholder.
Text is what the payload says, white space cleaned, markup kept out of plain fields; e-mail addresses never enter.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its language: ISO 639-3 code, empty when the payload does not say."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person or body, in the payload's order.

    `name` is as printed ("Agostino Cortelezzi", "van der Werf, Tjip S."); `family`, `given` and `suffix` ("Jr.") are
    filled only where the payload separates them. `role` is "author", "editor", "translator", … in English.
    `orcid` is the bare id "0000-0002-1825-0097". `affiliations` are texts. `variants` are the same name in other
    scripts.
    """

    name: str
    role: str = "author"
    is_organisation: bool = False
    family: str = ""
    given: str = ""
    orcid: str = ""
    affiliations: tuple[str, ...] = ()
    suffix: str = ""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Container:
    """The journal or book a work stands in, and where in it. Numbers are texts, as printed.

    `abbreviation` is the journal's short title as the payload gives it ("Adv Hematol").
    """

    title: str = ""
    volume: str = ""
    issue: str = ""
    start_page: str = ""
    end_page: str = ""
    article_number: str = ""
    issn: str = ""
    eissn: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    """ISO 639-3 codes of the journal, which need not be those of the work."""
    abbreviation: str = ""


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """A date with the precision that is known: "2012", "2012-03" or "2012-03-15".

    `source` is the payload's own wording ("2012-01-01"), kept for VuFind's `publishDate`.
    """

    value: str
    source: str = ""

    @property
    def year(self) -> int:
        """The year; 0 when `value` is empty."""
        return int(self.value[:4] or 0)


@dataclass(frozen=True, slots=True)
class Subject:
    """A heading or keyword; `scheme` is "keyword", "LCC", "MeSH", …; `code` its notation where one is given."""

    value: str
    scheme: str = "keyword"
    code: str = ""


@dataclass(frozen=True, slots=True)
class Identifier:
    """`scheme` is "doi", "pmid", "pmcid", "isbn", "publisher", "handle" or "other"; `value` the bare, normal form."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address of the work, with a scheme added where it lacked one; `kind` is "fulltext" or "other"."""

    url: str
    kind: str = "fulltext"
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A series a book or report belongs to, and its number in it as printed."""

    title: str
    number: str = ""
    issn: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Another work and what it is to this one.

    `kind` is said of the other: "retraction", "correction", "concern", "reinstatement" (a notice about this work),
    "subject" (the work this one is a notice about), "preprint", "version", "part", "whole", "earlier" and "later" (a
    journal's former and next title), "data", "other".
    `scheme` and `value` are an identifier's ("doi", "pmid", …), either may be empty when only a `title` is known.
    """

    kind: str
    scheme: str = ""
    value: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One work as one source describes it. `id` is its public address and never changes.

    `source` and `source_identifier` name the payload it was read from (the OAI identifier, the line's id).
    `datestamp` is the source's own, ISO 8601 as received. `format` is VuFind's ("Article"), one of `records.kinds`.
    `languages` are the work's own; a journal's languages stand in `container.languages`.
    `all_text` is every text of the payload glued as VuFind glues it (`vufind-semantics` 2), without e-mail addresses.
    """

    id: str
    source: str
    source_identifier: str
    datestamp: str
    format: str
    record_format: str
    title: Text = Text("")
    other_titles: tuple[Text, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    container: Container = Container()
    published: PublicationDate | None = None
    publisher: str = ""
    abstract: Text = Text("")
    other_abstracts: tuple[Text, ...] = ()
    languages: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    links: tuple[Link, ...] = ()
    licence: str = ""
    all_text: str = ""
    genres: tuple[str, ...] = ()
    """What kind of writing it is, in the payload's words: "Review", "Randomized Controlled Trial"."""
    edition: str = ""
    place: str = ""
    """Where it was published, as printed."""
    extent: str = ""
    """How long it is, as printed: "xii, 340 p."."""
    series: tuple[Series, ...] = ()
    notes: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    call_numbers: tuple[str, ...] = ()
    """Where it stands on a shelf, by the Library of Congress or in that manner: "ML3506 .G54 1997"."""

    def identifier(self, scheme: str) -> str:
        """The first identifier of a scheme, or an empty string."""
        return next((i.value for i in self.identifiers if i.scheme == scheme), "")

    @property
    def doi(self) -> str:
        return self.identifier("doi")

    @property
    def is_retracted(self) -> bool:
        """Whether a notice says that the work was withdrawn and none that it was taken back."""
        kinds = {relation.kind for relation in self.relations}
        return "retraction" in kinds and "reinstatement" not in kinds
