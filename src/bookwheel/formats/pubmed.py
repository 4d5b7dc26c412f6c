"""PubMed's XML: one citation of an article (PubmedArticle) or of a book or chapter (PubmedBookArticle).

What each element becomes stands in `RULES`; `pubmed_parts` tells of titles, dates and names.
"""

from lxml import etree

from bookwheel.formats import parts, pubmed_book
from bookwheel.formats import pubmed_parts as pubmed
from bookwheel.formats.elements import Elements, Rules, attribute, child_text, children, value
from bookwheel.formats.reading import Findings, plain, record_id, rejected, shown
from bookwheel.formats.xml import XmlError, local_name, parse
from bookwheel.records import kinds
from bookwheel.records.model import Container, PublicationDate, Record, Relation, Subject, Text
from bookwheel.records.raw import Provenance, RawRecord, Reading

_CITATION = "MedlineCitation"
_ARTICLE = f"{_CITATION}/Article"
_AUTHOR = f"{_ARTICLE}/AuthorList/Author"
_INVESTIGATOR = f"{_CITATION}/InvestigatorList/Investigator"

RULES = Rules(
    Provenance("identifiers", f"{_CITATION}/PMID", "pmid; the record's id, behind the prefix"),
    Provenance("datestamp", f"{_CITATION}/DateRevised", "year-month-day"),
    Provenance("container.issn", f"{_ARTICLE}/Journal/ISSN", "IssnType Print"),
    Provenance("container.eissn", f"{_ARTICLE}/Journal/ISSN", "IssnType Electronic"),
    Provenance("container.volume", f"{_ARTICLE}/Journal/JournalIssue/Volume", "cleaned"),
    Provenance("container.issue", f"{_ARTICLE}/Journal/JournalIssue/Issue", "cleaned"),
    Provenance("published", f"{_ARTICLE}/Journal/JournalIssue/PubDate", "months in words; MedlineDate and Season"),
    Provenance("container.title", f"{_ARTICLE}/Journal/Title", "cleaned"),
    Provenance("container.abbreviation", f"{_ARTICLE}/Journal/ISOAbbreviation", "cleaned"),
    Provenance("title", f"{_ARTICLE}/ArticleTitle", "without the final full stop and brackets of a translation"),
    Provenance("title", f"{_ARTICLE}/VernacularTitle", "other title, in the work's language"),
    Provenance("container.start_page", f"{_ARTICLE}/Pagination/MedlinePgn", "first and last page"),
    Provenance("container.article_number", f"{_ARTICLE}/Pagination/MedlinePgn", "what is no page: e1001710"),
    Provenance("container.start_page", f"{_ARTICLE}/Pagination/StartPage", "where there is no MedlinePgn"),
    Provenance("container.end_page", f"{_ARTICLE}/Pagination/EndPage", "where there is no MedlinePgn"),
    Provenance("identifiers", f"{_ARTICLE}/ELocationID", "doi, or pii as publisher; valid ones"),
    Provenance("abstract", f"{_ARTICLE}/Abstract/AbstractText", "sections behind their labels, in English"),
    Provenance("licence", f"{_ARTICLE}/Abstract/CopyrightInformation", "where it names a Creative Commons licence"),
    Provenance("contributors", f"{_AUTHOR}/LastName", "author, in order; not those marked invalid"),
    Provenance("contributors", f"{_AUTHOR}/ForeName", "given name"),
    Provenance("contributors", f"{_AUTHOR}/FirstName", "given name"),
    Provenance("contributors", f"{_AUTHOR}/Initials", "given name where there is no ForeName"),
    Provenance("contributors", f"{_AUTHOR}/Suffix", "suffix"),
    Provenance("contributors", f"{_AUTHOR}/CollectiveName", "author, an organisation"),
    Provenance("contributors.orcid", f"{_AUTHOR}/Identifier", "Source ORCID; check digit verified"),
    Provenance("contributors.affiliations", f"{_AUTHOR}/AffiliationInfo/Affiliation", "cleaned; repeats dropped"),
    Provenance("contributors.affiliations", f"{_AUTHOR}/Affiliation", "cleaned"),
    Provenance("contributors", f"{_INVESTIGATOR}/LastName", "investigator, behind the authors"),
    Provenance("contributors", f"{_INVESTIGATOR}/ForeName", "given name"),
    Provenance("contributors", f"{_INVESTIGATOR}/Initials", "given name where there is no ForeName"),
    Provenance("contributors", f"{_INVESTIGATOR}/Suffix", "suffix"),
    Provenance("contributors.orcid", f"{_INVESTIGATOR}/Identifier", "Source ORCID; check digit verified"),
    Provenance("contributors.affiliations", f"{_INVESTIGATOR}/AffiliationInfo/Affiliation", "cleaned"),
    Provenance("languages", f"{_ARTICLE}/Language", "ISO 639-2 → ISO 639-3; und passed over"),
    Provenance("relations", f"{_ARTICLE}/DataBankList/DataBank", "data; scheme is the bank's name"),
    Provenance("format", f"{_ARTICLE}/PublicationTypeList/PublicationType", "Preprint, Dataset, … else Article"),
    Provenance("genres", f"{_ARTICLE}/PublicationTypeList/PublicationType", "all but Journal Article"),
    Provenance("published", f"{_ARTICLE}/ArticleDate", "where the issue has no date"),
    Provenance("container.country", f"{_CITATION}/MedlineJournalInfo/Country", "cleaned"),
    Provenance("container.abbreviation", f"{_CITATION}/MedlineJournalInfo/MedlineTA", "where no ISOAbbreviation is"),
    Provenance("container.issn", f"{_CITATION}/MedlineJournalInfo/ISSNLinking", "where the journal has no ISSN"),
    Provenance("subjects", f"{_CITATION}/ChemicalList/Chemical/NameOfSubstance", "scheme substance; code is the UI"),
    Provenance("subjects", f"{_CITATION}/SupplMeshList/SupplMeshName", "scheme MeSH; code is the UI"),
    Provenance("subjects", f"{_CITATION}/MeshHeadingList/MeshHeading", "scheme MeSH; descriptor, and with qualifiers"),
    Provenance("subjects", f"{_CITATION}/PersonalNameSubjectList/PersonalNameSubject", "scheme person"),
    Provenance("subjects", f"{_CITATION}/GeneSymbolList/GeneSymbol", "scheme gene"),
    Provenance("subjects", f"{_CITATION}/KeywordList/Keyword", "keyword"),
    Provenance("relations", f"{_CITATION}/CommentsCorrectionsList/CommentsCorrections", "by RefType"),
    Provenance("notes", f"{_CITATION}/GeneralNote", "cleaned"),
    Provenance("other_abstracts", f"{_CITATION}/OtherAbstract", "with its language"),
    Provenance("identifiers", "PubmedData/ArticleIdList/ArticleId", "doi, pmid, pmcid, pii as publisher"),
)
_ID = Provenance("id", "header/identifier", "prefix and what follows the last colon")


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one PubmedArticle or PubmedBookArticle. Never raises for bad data."""
    try:
        root = parse(raw.payload)
    except XmlError as error:
        return rejected(raw, f"no well-formed XML: {error}")
    findings = Findings()
    findings.rules.append(_ID)
    match local_name(root):
        case "PubmedArticle":
            elements = Elements(root, RULES)
            record = _record(elements, raw, id_prefix or "pmid-", findings)
        case "PubmedBookArticle":
            elements = Elements(root, pubmed_book.RULES)
            record = pubmed_book.record(elements, raw, id_prefix or "pmid-", findings)
        case name:
            return rejected(raw, f"expected a PubmedArticle, found {shown(name)}")
    record_or_none = parts.checked(record, findings)
    elements.trace(findings)
    return findings.reading(record_or_none)


def _record(elements: Elements, raw: RawRecord, prefix: str, findings: Findings) -> Record:
    languages = parts.languages(elements.texts(f"{_ARTICLE}/Language"), findings, frozenset(("und", "mul")))
    titles = pubmed.titles(
        elements.text(f"{_ARTICLE}/ArticleTitle"), elements.text(f"{_ARTICLE}/VernacularTitle"), languages
    )
    abstract = next(map(pubmed.abstract, elements.all(f"{_ARTICLE}/Abstract")), "")
    others = parts.texts(map(pubmed.other_abstract, elements.all(f"{_CITATION}/OtherAbstract")))
    first, *rest = [text for text in (Text(abstract, "eng"), *others) if text.value] or [Text("")]
    genres = [plain(text) for text in elements.texts(f"{_ARTICLE}/PublicationTypeList/PublicationType")]
    pmid = elements.text(f"{_CITATION}/PMID")
    return Record(
        id=record_id(raw.identifier or pmid, prefix),
        source=raw.source,
        source_identifier=raw.identifier or pmid,
        datestamp=raw.datestamp or _revised(elements),
        format=next((_FORMATS[genre] for genre in genres if genre in _FORMATS), kinds.ARTICLE),
        record_format="pubmed",
        title=titles[0] if titles else Text(""),
        other_titles=titles[1:],
        contributors=(
            *pubmed.contributors(elements.all(_AUTHOR), "author", findings),
            *pubmed.contributors(elements.all(_INVESTIGATOR), "investigator", findings),
        ),
        container=_container(elements, findings),
        published=_published(elements, findings),
        abstract=first,
        other_abstracts=tuple(rest),
        languages=languages,
        subjects=_subjects(elements),
        identifiers=pubmed.identifiers(
            elements.all(f"{_CITATION}/PMID", f"{_ARTICLE}/ELocationID", "PubmedData/ArticleIdList/ArticleId"), findings
        ),
        licence=_licence(elements),
        all_text=parts.all_text(map(plain, elements.everything()), findings),
        genres=tuple(dict.fromkeys(genre for genre in genres if genre and genre != "Journal Article")),
        notes=tuple(dict.fromkeys(map(plain, elements.texts(f"{_CITATION}/GeneralNote")))),
        relations=_relations(elements, genres),
    )


_FORMATS = {
    "Preprint": kinds.PREPRINT,
    "Dataset": kinds.DATASET,
    "Technical Report": kinds.REPORT,
    "Academic Dissertation": kinds.THESIS,
}


def _revised(elements: Elements) -> str:
    found = next(map(pubmed.date, elements.all(f"{_CITATION}/DateRevised")), None)
    return found.value if found else ""


def _container(elements: Elements, findings: Findings) -> Container:
    issns = {attribute(found, "IssnType"): value(found) for found in elements.all(f"{_ARTICLE}/Journal/ISSN")}
    linking = "" if issns else elements.text(f"{_CITATION}/MedlineJournalInfo/ISSNLinking")
    start, end = parts.pages(elements.text(f"{_ARTICLE}/Pagination/MedlinePgn", f"{_ARTICLE}/Pagination/StartPage"))
    end = end or plain(elements.text(f"{_ARTICLE}/Pagination/EndPage"))
    is_number = not end and parts.is_article_number(start)
    return Container(
        title=plain(elements.text(f"{_ARTICLE}/Journal/Title")),
        volume=plain(elements.text(f"{_ARTICLE}/Journal/JournalIssue/Volume")),
        issue=plain(elements.text(f"{_ARTICLE}/Journal/JournalIssue/Issue")),
        start_page="" if is_number else start,
        end_page=end,
        article_number=start if is_number else "",
        issn=parts.issn(issns.get("Print", linking), findings),
        eissn=parts.issn(issns.get("Electronic", ""), findings, "container.eissn"),
        country=plain(elements.text(f"{_CITATION}/MedlineJournalInfo/Country")),
        abbreviation=plain(
            elements.text(f"{_ARTICLE}/Journal/ISOAbbreviation", f"{_CITATION}/MedlineJournalInfo/MedlineTA")
        ),
    )


def _published(elements: Elements, findings: Findings) -> PublicationDate | None:
    candidates = elements.all(f"{_ARTICLE}/Journal/JournalIssue/PubDate", f"{_ARTICLE}/ArticleDate")
    found = next((date for date in map(pubmed.date, candidates) if date), None)
    if found is None:
        findings.problem("published", "neither PubDate nor ArticleDate has a year between 1400 and 2100", "note")
    return found


def _licence(elements: Elements) -> str:
    found = parts.licence(elements.texts(f"{_ARTICLE}/Abstract/CopyrightInformation"))
    return found if found.startswith("CC") else ""


def _subjects(elements: Elements) -> tuple[Subject, ...]:
    headings = (pubmed.mesh_heading(found) for found in elements.all(f"{_CITATION}/MeshHeadingList/MeshHeading"))
    persons = elements.all(f"{_CITATION}/PersonalNameSubjectList/PersonalNameSubject")
    found = [
        *(Subject(plain(text)) for text in elements.texts(f"{_CITATION}/KeywordList/Keyword")),
        *(subject for heading in headings for subject in heading),
        *_coded(elements.all(f"{_CITATION}/SupplMeshList/SupplMeshName"), "MeSH"),
        *_coded(elements.all(f"{_CITATION}/ChemicalList/Chemical/NameOfSubstance"), "substance"),
        *_coded(elements.all(f"{_CITATION}/GeneSymbolList/GeneSymbol"), "gene"),
        *(Subject(parts.person(child_text(p, "LastName"), child_text(p, "ForeName")).name, "person") for p in persons),
    ]
    return tuple(dict.fromkeys(subject for subject in found if subject.value))


def _coded(elements: list[etree._Element], scheme: str) -> list[Subject]:
    return [Subject(plain(value(element)), scheme, attribute(element, "UI")) for element in elements]


_RELATIONS = {
    "RetractionIn": "retraction",
    "RetractedandRepublishedIn": "retraction",
    "ErratumIn": "correction",
    "PartialRetractionIn": "correction",
    "ExpressionOfConcernIn": "concern",
    "RetractionOf": "subject",
    "PartialRetractionOf": "subject",
    "ErratumFor": "subject",
    "ExpressionOfConcernFor": "subject",
    **dict.fromkeys(("CorrectedandRepublishedIn", "CorrectedandRepublishedFrom"), "version"),
    **dict.fromkeys(("RepublishedIn", "RepublishedFrom", "RetractedandRepublishedFrom"), "version"),
    **dict.fromkeys(("UpdateIn", "UpdateOf", "ReprintIn", "ReprintOf"), "version"),
    "AssociatedDataset": "data",
}
"""What the other work is to this one, by RefType; a comment and everything else is "other"."""


def _relations(elements: Elements, genres: list[str]) -> tuple[Relation, ...]:
    found = []
    for element in elements.all(f"{_CITATION}/CommentsCorrectionsList/CommentsCorrections"):
        kind = _RELATIONS.get(attribute(element, "RefType"), "other")
        pmid = child_text(element, "PMID")
        found.append(Relation(kind, "pmid" if pmid else "", pmid, plain(child_text(element, "RefSource"))))
    if "Retracted Publication" in genres and not any(relation.kind == "retraction" for relation in found):
        found.append(Relation("retraction"))
    for bank in elements.all(f"{_ARTICLE}/DataBankList/DataBank"):
        name = child_text(bank, "DataBankName").lower()
        numbers = (number for listed in children(bank, "AccessionNumberList") for number in listed)
        found += [Relation("data", name, plain(value(number))) for number in numbers]
    return tuple(dict.fromkeys(found))
