"""Books and chapters in PubMed's XML (PubmedBookArticle), mostly those of the NCBI Bookshelf."""

from bookwheel.formats import parts
from bookwheel.formats import pubmed_parts as pubmed
from bookwheel.formats.elements import Elements, Rules, attribute, children
from bookwheel.formats.reading import Findings, plain, record_id
from bookwheel.records import kinds
from bookwheel.records.identifiers import isbn
from bookwheel.records.model import Container, Contributor, Identifier, Record, Series, Subject, Text
from bookwheel.records.raw import Provenance, RawRecord

_DOCUMENT = "BookDocument"
_BOOK = f"{_DOCUMENT}/Book"

RULES = Rules(
    Provenance("identifiers", f"{_DOCUMENT}/PMID", "pmid; the record's id, behind the prefix"),
    Provenance("identifiers", f"{_DOCUMENT}/ArticleIdList/ArticleId", "doi, pmid, pmcid; bookaccession as other"),
    Provenance("publisher", f"{_BOOK}/Publisher/PublisherName", "cleaned"),
    Provenance("place", f"{_BOOK}/Publisher/PublisherLocation", "cleaned"),
    Provenance("title", f"{_BOOK}/BookTitle", "the book's title; of a chapter the container's"),
    Provenance("published", f"{_BOOK}/PubDate", "months in words"),
    Provenance("contributors", f"{_BOOK}/AuthorList", "by Type: authors, editors; of a chapter editors"),
    Provenance("container.volume", f"{_BOOK}/Volume", "cleaned"),
    Provenance("edition", f"{_BOOK}/Edition", "cleaned"),
    Provenance("series", f"{_BOOK}/CollectionTitle", "cleaned"),
    Provenance("identifiers", f"{_BOOK}/Isbn", "thirteen digits"),
    Provenance("identifiers", f"{_BOOK}/ELocationID", "doi"),
    Provenance("title", f"{_DOCUMENT}/ArticleTitle", "a chapter's title"),
    Provenance("title", f"{_DOCUMENT}/VernacularTitle", "other title, in the work's language"),
    Provenance("container.start_page", f"{_DOCUMENT}/Pagination/MedlinePgn", "first and last page"),
    Provenance("languages", f"{_DOCUMENT}/Language", "ISO 639-2 → ISO 639-3; und passed over"),
    Provenance("contributors", f"{_DOCUMENT}/AuthorList", "by Type: authors, editors"),
    Provenance("genres", f"{_DOCUMENT}/PublicationType", "as it is"),
    Provenance("abstract", f"{_DOCUMENT}/Abstract/AbstractText", "sections behind their labels, in English"),
    Provenance("subjects", f"{_DOCUMENT}/KeywordList/Keyword", "keyword"),
    Provenance("published", f"{_DOCUMENT}/ContributionDate", "where the book has no date"),
    Provenance("identifiers", "PubmedBookData/ArticleIdList/ArticleId", "doi, pmid, pmcid"),
)


def record(elements: Elements, raw: RawRecord, prefix: str, findings: Findings) -> Record:
    """The record of a whole book, or of the chapter that has a title of its own."""
    languages = parts.languages(elements.texts(f"{_DOCUMENT}/Language"), findings, frozenset(("und", "mul")))
    book_title = parts.without_full_stop(elements.text(f"{_BOOK}/BookTitle"))
    titles = pubmed.titles(
        elements.text(f"{_DOCUMENT}/ArticleTitle"), elements.text(f"{_DOCUMENT}/VernacularTitle"), languages
    )
    is_chapter = bool(titles)
    abstract = next(map(pubmed.abstract, elements.all(f"{_DOCUMENT}/Abstract")), "")
    start, end = parts.pages(elements.text(f"{_DOCUMENT}/Pagination/MedlinePgn"))
    dates = map(pubmed.date, elements.all(f"{_BOOK}/PubDate", f"{_DOCUMENT}/ContributionDate"))
    pmid = elements.text(f"{_DOCUMENT}/PMID")
    return Record(
        id=record_id(raw.identifier or pmid, prefix),
        source=raw.source,
        source_identifier=raw.identifier or pmid,
        datestamp=raw.datestamp,
        format=kinds.CHAPTER if is_chapter else kinds.BOOK,
        record_format="pubmed",
        title=titles[0] if is_chapter else Text(book_title, languages[0] if len(languages) == 1 else ""),
        other_titles=titles[1:],
        contributors=_contributors(elements, findings, is_chapter=is_chapter),
        container=Container(
            title=book_title if is_chapter else "",
            volume=plain(elements.text(f"{_BOOK}/Volume")),
            start_page=start,
            end_page=end,
        ),
        published=next((date for date in dates if date), None),
        publisher=plain(elements.text(f"{_BOOK}/Publisher/PublisherName")),
        abstract=Text(abstract, "eng") if abstract else Text(""),
        languages=languages,
        subjects=tuple(Subject(plain(text)) for text in elements.texts(f"{_DOCUMENT}/KeywordList/Keyword")),
        identifiers=_identifiers(elements, findings),
        all_text=parts.all_text(map(plain, elements.everything()), findings),
        genres=tuple(map(plain, elements.texts(f"{_DOCUMENT}/PublicationType"))),
        edition=plain(elements.text(f"{_BOOK}/Edition")),
        place=plain(elements.text(f"{_BOOK}/Publisher/PublisherLocation")),
        series=tuple(Series(plain(text)) for text in elements.texts(f"{_BOOK}/CollectionTitle")),
    )


def _contributors(elements: Elements, findings: Findings, *, is_chapter: bool) -> tuple[Contributor, ...]:
    """The chapter's own people first; who wrote the book a chapter stands in is its editor to the chapter."""
    found: list[Contributor] = []
    for listed in elements.all(f"{_DOCUMENT}/AuthorList", f"{_BOOK}/AuthorList"):
        parent = listed.getparent()
        of_book = is_chapter and parent is not None and parent.tag == "Book"
        role = "editor" if of_book or attribute(listed, "Type") == "editors" else "author"
        found += pubmed.contributors(children(listed, "Author"), role, findings)
    return tuple(dict.fromkeys(found))


def _identifiers(elements: Elements, findings: Findings) -> tuple[Identifier, ...]:
    numbers = [isbn(text) for text in elements.texts(f"{_BOOK}/Isbn")]
    found = pubmed.identifiers(
        elements.all(
            f"{_DOCUMENT}/PMID",
            f"{_DOCUMENT}/ArticleIdList/ArticleId",
            f"{_BOOK}/ELocationID",
            "PubmedBookData/ArticleIdList/ArticleId",
        ),
        findings,
    )
    return (*found, *(Identifier("isbn", number) for number in dict.fromkeys(numbers) if number))
