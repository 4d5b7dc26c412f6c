"""A Record as the Document an index takes, and back: VuFind's fields as its doaj.xsl fills them, ours behind them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from bookwheel.records import matching
from bookwheel.records.dates import doaj_date, publication_date
from bookwheel.records.languages import language_code, language_name
from bookwheel.records.limits import MAX_INDEXED_ABSTRACT, cut_bytes
from bookwheel.records.model import (
    Container,
    Contributor,
    Identifier,
    Link,
    PublicationDate,
    Record,
    Relation,
    Series,
    Subject,
    Text,
)
from bookwheel.records.text import title_sort
from bookwheel.search.results import Document


def to_document(
    record: Record,
    *,
    institution: str,
    collection: str,
    indexed: datetime,
    first_indexed: str = "",
    last_indexed: str = "",
) -> Document:
    """The input document, without copies, in the order of VuFind's doaj.xsl: copies follow that order.

    `indexed` is an aware moment; `_version_` is its milliseconds shifted left by 20, as Solr's clock gives them.
    Fields without a value are absent.
    """
    document = {
        "_version_": (str(_milliseconds(indexed) << 20),),
        **_vufind_fields(record, institution, collection),
        **_our_fields(record),
        "first_indexed": (first_indexed,),
        "last_indexed": (last_indexed,),
    }
    return {name: kept for name, values in document.items() if (kept := tuple([v for v in values if v]))}


def _milliseconds(moment: datetime) -> int:
    whole = int(moment.astimezone(UTC).replace(microsecond=0).timestamp())
    return whole * 1000 + moment.microsecond // 1000


def _vufind_fields(record: Record, institution: str, collection: str) -> dict[str, Iterable[str]]:
    title = record.title.value
    authors = _names(record, "author")
    return {
        "id": (record.id,),
        "record_format": (record.record_format,),
        "allfields": (record.all_text,),
        "institution": (institution,),
        "collection": (collection,),
        "language": [language_name(code) for code in record.languages or record.container.languages],
        "format": (record.format,),
        "author": authors,
        "author_sort": authors[:1],
        "author2": _names(record, ""),
        "author_variant": dict.fromkeys(name for c in record.contributors for name in c.variants),
        "author_corporate": [c.name for c in record.contributors if c.is_organisation],
        "title": (title,),
        "title_short": (title,),
        "title_full": (title,),
        "title_sort": (title_sort(title),),
        "title_alt": [text.value for text in record.other_titles],
        "title_old": _related(record, "earlier"),
        "title_new": _related(record, "later"),
        "publisher": (record.publisher,),
        "edition": (record.edition,),
        "physical": (record.extent,),
        "series": dict.fromkeys((record.container.title, *(series.title for series in record.series))),
        "issn": dict.fromkeys((record.container.issn, record.container.eissn)),
        "publishDate": (record.published.source,) if record.published else (),
        "publishDateSort": (str(record.published.year or ""),) if record.published else (),
        "description": (cut_bytes(record.abstract.value, MAX_INDEXED_ABSTRACT),),
        "topic": [subject.value for subject in record.subjects if subject.scheme != "LCC"],
        "genre": record.genres,
        "url": [link.url for link in record.links],
        "work_keys_str_mv": matching.work_keys(title, (c.name for c in record.contributors if c.role == "author")),
    }


def _names(record: Record, role: str) -> list[str]:
    """Names of persons: authors, or with role "" everybody else."""
    return [
        c.name
        for c in record.contributors
        if not c.is_organisation and (c.role == role if role else c.role != "author")
    ]


def _related(record: Record, kind: str) -> list[str]:
    return [relation.title for relation in record.relations if relation.kind == kind]


def _our_fields(record: Record) -> dict[str, Iterable[str]]:
    container = record.container
    return {
        "date_str": (record.published.value,) if record.published else (),
        "container_title": (container.title,),
        "container_volume": (container.volume,),
        "container_issue": (container.issue,),
        "container_start_page": (container.start_page,),
        "container_end_page_str": (container.end_page,),
        "container_article_number_str": (container.article_number,),
        "topic_facet": dict.fromkeys(facet_heading(subject) for subject in record.subjects),
        "genre_facet": record.genres,
        "callnumber-subject": dict.fromkeys(s.code for s in record.subjects if s.scheme == "LCC"),
        "callnumber-raw": record.call_numbers,
        "orcid_str_mv": dict.fromkeys(c.orcid for c in record.contributors),
        "affiliation_txt_mv": dict.fromkeys(text for c in record.contributors for text in c.affiliations),
        "doi_str_mv": _identifiers(record, "doi"),
        "pmid_str_mv": _identifiers(record, "pmid"),
        "pmcid_str_mv": _identifiers(record, "pmcid"),
        "isbn": _identifiers(record, "isbn"),
        "ctrlnum": (record.source_identifier,),
        "licence_str": (record.licence,),
        "work_ids_str_mv": matching.work_ids(record),
    }


def _identifiers(record: Record, scheme: str) -> list[str]:
    return [identifier.value for identifier in record.identifiers if identifier.scheme == scheme]


def facet_heading(subject: Subject) -> str:
    """The heading without its subdivisions, which would scatter a facet; keywords and classes are whole as they are."""
    return subject.value if subject.scheme in ("keyword", "LCC") else _main_part(subject.value)


def _main_part(heading: str) -> str:
    """ "Jazz" of "Jazz -- History", "Neoplasms" of "Neoplasms / drug therapy"."""
    return heading.partition(" -- ")[0].partition(" / ")[0]


def from_document(document: Document) -> Record:
    """A Record good enough for the record page, from an index that somebody else may have filled.

    Who has which affiliation or ORCID is not told by an index; both are left out. A journal is taken from `series`
    where an article has no `container_title`, as in VuFind's own index of DOAJ.
    """
    title = _first(document, "title_full") or _first(document, "title")
    return Record(
        id=_first(document, "id"),
        source="",
        source_identifier=_first(document, "ctrlnum"),
        datestamp=_first(document, "last_indexed"),
        format=_first(document, "format"),
        record_format=_first(document, "record_format"),
        title=Text(title),
        other_titles=tuple(map(Text, document.get("title_alt", ()))),
        contributors=_contributors(document),
        container=_container(document),
        published=_published(document),
        publisher=_first(document, "publisher"),
        abstract=Text(_first(document, "description")),
        languages=tuple([language_code(name) or name for name in document.get("language", ())]),
        subjects=_subjects(document),
        identifiers=_identifiers_of(document),
        links=tuple(map(Link, document.get("url", ()))),
        licence=_first(document, "licence_str"),
        genres=document.get("genre", ()) or document.get("genre_facet", ()),
        edition=_first(document, "edition"),
        extent=_first(document, "physical"),
        series=_series(document),
        relations=(
            *(Relation("earlier", title=title) for title in document.get("title_old", ())),
            *(Relation("later", title=title) for title in document.get("title_new", ())),
        ),
        call_numbers=document.get("callnumber-raw", ()),
        all_text=_first(document, "allfields") or _first(document, "spelling"),
    )


def _first(document: Document, name: str) -> str:
    return next(iter(document.get(name, ())), "")


def _contributors(document: Document) -> tuple[Contributor, ...]:
    return (
        *map(Contributor, document.get("author", ())),
        *(Contributor(name, role="contributor") for name in document.get("author2", ())),
        *(Contributor(name, is_organisation=True) for name in document.get("author_corporate", ())),
    )


def _container(document: Document) -> Container:
    title = _first(document, "container_title")
    if not title and _first(document, "format") == "Article":
        title = _first(document, "series")
    issns = (*document.get("issn", ()), "", "")
    return Container(
        title=title,
        volume=_first(document, "container_volume"),
        issue=_first(document, "container_issue"),
        start_page=_first(document, "container_start_page"),
        end_page=_first(document, "container_end_page_str"),
        article_number=_first(document, "container_article_number_str"),
        issn=issns[0],
        eissn=issns[1],
    )


def _series(document: Document) -> tuple[Series, ...]:
    """What stands in `series` beside the journal or book the work is in."""
    container = _container(document).title
    return tuple([Series(title) for title in document.get("series", ()) if title != container])


def _published(document: Document) -> PublicationDate | None:
    source = _first(document, "publishDate")
    if value := _first(document, "date_str"):
        return PublicationDate(value, source)
    return doaj_date(source) if "DOAJ" in document.get("collection", ()) else publication_date(source)


def _subjects(document: Document) -> tuple[Subject, ...]:
    topics = dict.fromkeys(document.get("topic", ()))
    headings = dict.fromkeys(document.get("topic_facet", ()))
    known = topics.keys() | {_main_part(topic) for topic in topics}
    return (*map(Subject, topics), *(Subject(heading, "LCC") for heading in headings if heading not in known))


def _identifiers_of(document: Document) -> tuple[Identifier, ...]:
    fields = (("doi", "doi_str_mv"), ("pmid", "pmid_str_mv"), ("pmcid", "pmcid_str_mv"), ("isbn", "isbn"))
    return tuple([Identifier(scheme, value) for scheme, name in fields for value in document.get(name, ())])
