"""NBIB, PubMed's text for citation managers (MEDLINE tags).

Tags: PubMed Help, "MEDLINE / PubMed format". What stands behind an author's name up to the next belongs to that author.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bookwheel.formats import parts, tagged
from bookwheel.formats.elements import Rules
from bookwheel.formats.parts import date_in_words
from bookwheel.formats.pubmed_parts import titles
from bookwheel.formats.reading import Findings, plain, record_id, rejected, shown
from bookwheel.records import identifiers, kinds
from bookwheel.records.model import (
    Container,
    Contributor,
    Identifier,
    PublicationDate,
    Record,
    Relation,
    Series,
    Subject,
    Text,
)
from bookwheel.records.names import split_name
from bookwheel.records.raw import Provenance, RawRecord, Reading

LINE = re.compile(r"(?P<tag>[A-Z]{2,4}) {0,3}-(?: |$)(?P<value>.*)")

_NOTICES = {
    "RIN": "retraction",
    "RPI": "version",
    "EIN": "correction",
    "ECI": "concern",
    "ROF": "subject",
    "EFR": "subject",
    "ECF": "subject",
    "UOF": "preprint",
    "UIN": "version",
    "CRI": "version",
    "CRF": "version",
    "RPF": "version",
    "CIN": "other",
    "CON": "other",
}
"""What the other work is to this one, by tag."""

RULES = Rules(
    Provenance("id", "PMID", "prefix and the number"),
    Provenance("identifiers", "PMID", "pmid"),
    Provenance("identifiers", "PMC", "pmcid"),
    *(Provenance("identifiers", tag, "doi; pii as publisher") for tag in ("AID", "LID")),
    Provenance("identifiers", "ISBN", "thirteen digits"),
    *(Provenance("datestamp", tag, "last revised, else completed or created") for tag in ("LR", "DCOM", "DA")),
    Provenance("title", "TI", "no full stop; brackets of a translated title taken off"),
    Provenance("title", "BTI", "of a book"),
    Provenance("container.title", "BTI", "of a chapter"),
    Provenance("other_titles", "TT", "in the work's own language"),
    *(Provenance("contributors", tag, "author") for tag in ("FAU", "AU", "CN")),
    *(Provenance("contributors", tag, "editor") for tag in ("FED", "ED")),
    *(Provenance("contributors", tag, "investigator") for tag in ("FIR", "IR")),
    *(Provenance("contributors.affiliations", tag, "of the name before it") for tag in ("AD", "IRAD")),
    Provenance("contributors.orcid", "AUID", "of the author before it"),
    Provenance("container.title", "JT", "cleaned"),
    Provenance("container.abbreviation", "TA", "where it is not the title"),
    Provenance("container.title", "TA", "where there is no other"),
    Provenance("container.volume", "VI", "cleaned"),
    Provenance("container.issue", "IP", "cleaned"),
    Provenance("container", "PG", "first and last page, or the article's number"),
    Provenance("container", "IS", "print, electronic; linking where there is no other"),
    *(Provenance("published", tag, "first of DP, DEP that has a year") for tag in ("DP", "DEP")),
    Provenance("publisher", "PB", "cleaned"),
    Provenance("container.country", "PL", "of a journal"),
    Provenance("place", "PL", "of a book"),
    Provenance("languages", "LA", "code → ISO 639-3"),
    Provenance("abstract", "AB", "cleaned"),
    Provenance("other_abstracts", "OAB", "cleaned"),
    Provenance("licence", "CI", "Creative Commons where it says so"),
    *(Provenance("subjects", tag, scheme) for tag, scheme in (("MH", "scheme MeSH"), ("OT", "keyword"))),
    *(Provenance("subjects", tag, "scheme substance") for tag in ("RN", "NM")),
    Provenance("subjects", "GS", "scheme gene"),
    Provenance("subjects", "PS", "scheme person"),
    Provenance("genres", "PT", "but for Journal Article"),
    Provenance("format", "PT", "PubMed's kinds → kinds of work"),
    Provenance("edition", "EN", "cleaned"),
    Provenance("series", "CTI", "cleaned"),
    Provenance("notes", "GN", "cleaned"),
    Provenance("relations", "SI", "data"),
    *(Provenance("relations", tag, kind) for tag, kind in _NOTICES.items()),
)


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one citation. Never raises for bad data."""
    findings = Findings()
    lines = tagged.lines(tagged.decoded(raw.payload, findings), LINE)
    tags = tagged.Tags(lines)
    if not tags.all("PMID", "TI", "BTI"):
        return rejected(
            raw, f"expected lines of MEDLINE tags, found {shown(raw.payload[:60].decode(errors='replace'))}"
        )
    record = parts.checked(_record(tags, lines, raw, id_prefix or "pmid-", findings), findings)
    tags.trace(RULES, findings)
    return findings.reading(record)


def _record(tags: tagged.Tags, lines: list[tagged.Line], raw: RawRecord, prefix: str, findings: Findings) -> Record:
    pmid = plain(tags.first("PMID"))
    languages = parts.languages(tags.all("LA"), findings, frozenset(("und", "mul")))
    genres = list(dict.fromkeys(plain(text) for text in tags.all("PT")))
    title = tags.first("TI") or tags.first("BTI")
    found = (*titles(title, tags.first("TT"), languages), Text(""))
    kind = next((_KINDS[genre] for genre in genres if genre in _KINDS), kinds.ARTICLE)
    own = languages[0] if len(languages) == 1 else ""
    record = Record(
        id=record_id(raw.identifier or pmid, prefix),
        source=raw.source,
        source_identifier=raw.identifier or pmid,
        datestamp=raw.datestamp or _stamp(tags.first("LR", "DCOM", "DA")),
        format=kind,
        record_format="nbib",
        title=found[0],
        other_titles=found[1:-1],
        contributors=tuple(_people(lines, findings)),
        container=_container(tags, kind, findings),
        published=_published(tags, findings),
        publisher=plain(tags.first("PB")),
        abstract=parts.text(plain(tags.first("AB")), "eng" if own else ""),
        other_abstracts=parts.texts(Text(plain(text)) for text in [*tags.all("AB")[1:], *tags.all("OAB")]),
        languages=languages,
        subjects=tuple(dict.fromkeys(_subjects(tags))),
        identifiers=_identifiers(tags, pmid, findings),
        licence=_licence(tags),
        genres=tuple(genre for genre in genres if genre and genre not in _NO_GENRES),
        edition=plain(tags.first("EN")),
        place=plain(tags.first("PL")) if kind in _BOOKS else "",
        series=tuple(Series(plain(text)) for text in tags.all("CTI")),
        notes=tuple(dict.fromkeys(map(plain, tags.all("GN")))),
        relations=tuple(dict.fromkeys(_relations(tags, genres))),
    )
    return parts.with_all_text(record, findings)


_KINDS = {
    "Preprint": kinds.PREPRINT,
    "Dataset": kinds.DATASET,
    "Technical Report": kinds.REPORT,
    "Academic Dissertation": kinds.THESIS,
    "Book": kinds.BOOK,
    "Book Chapter": kinds.CHAPTER,
    "Video-Audio Media": kinds.VIDEO,
}
_BOOKS = (kinds.BOOK, kinds.CHAPTER)
_NO_GENRES = frozenset(("Journal Article", "Book", "Book Chapter", "Dataset", "Preprint"))


def _stamp(digits: str) -> str:
    digits = plain(digits)
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if re.fullmatch(r"\d{8}", digits) else ""


def _people(lines: list[tagged.Line], findings: Findings) -> Iterator[Contributor]:
    """Full names; a short one only where no full one stands before it."""
    person: Contributor | None = None
    has_full = False
    # PubMed's older citations have one affiliation, before all names: the first author's.
    waiting: tuple[str, ...] = ()
    for line in lines:
        value = _GAP.sub(".", plain(line.value.replace("\n", " ")))
        if line.tag in _FULL or (line.tag in _SHORT and not has_full) or line.tag == "CN":
            if person:
                yield person
            role = (_FULL | _SHORT).get(line.tag, "author")
            person = Contributor(value, role, True) if line.tag == "CN" else _named(value, role)
            person, waiting = replace(person, affiliations=waiting), ()
            has_full = line.tag in _FULL
        elif line.tag in _SHORT:
            has_full = False
        elif line.tag in ("AD", "IRAD") and value:
            if person:
                person = replace(person, affiliations=tuple(dict.fromkeys((*person.affiliations, value))))
            else:
                waiting = (*waiting, value)
        elif person and line.tag == "AUID" and "orcid" in value.lower():
            person = replace(person, orcid=parts.orcid(value.partition(":")[2].strip(), findings))
    if person:
        yield person


_GAP = re.compile(r"\.(?: \.)+$")
"""Where an e-mail address stood."""
_FULL = {"FAU": "author", "FED": "editor", "FIR": "investigator"}
_SHORT = {"AU": "author", "ED": "editor", "IR": "investigator"}


def _named(value: str, role: str) -> Contributor:
    name = split_name(value)
    suffix = _SUFFIX.search(name.given)
    given = name.given[: suffix.start()] if suffix else name.given
    return parts.person(name.family, given, suffix[1] if suffix else name.suffix, role=role)


_SUFFIX = re.compile(r"\s(Jr\.?|Sr\.?|II|III|IV|2nd|3rd|4th)$")
"""Behind the given name, as PubMed has it: "Halm, Anna Jr"."""


def _container(tags: tagged.Tags, kind: str, findings: Findings) -> Container:
    start, end = parts.pages(tags.first("PG"))
    is_number = not end and parts.is_article_number(start)
    numbers = [(text.partition("(")[0].strip(), text.lower()) for text in tags.all("IS")]
    issn = next((number for number, text in numbers if "(print" in text), "")
    eissn = next((number for number, text in numbers if "(electronic" in text), "")
    if not issn and not eissn:
        issn = next((number for number, _ in numbers), "")
    title = plain(tags.first("JT", "TA"))
    abbreviation = plain(tags.first("TA"))
    return Container(
        title=title or (plain(tags.first("BTI")) if tags.first("TI") else ""),
        volume=plain(tags.first("VI")),
        issue=plain(tags.first("IP")),
        start_page="" if is_number else start,
        end_page=end if end != start else "",
        article_number=start if is_number else "",
        issn=parts.issn(issn, findings),
        eissn=parts.issn(eissn, findings, "container.eissn"),
        country=plain(tags.first("PL")) if kind not in _BOOKS else "",
        abbreviation=abbreviation if abbreviation != title else "",
    )


def _published(tags: tagged.Tags, findings: Findings) -> PublicationDate | None:
    texts = [plain(tags.first("DP")), _stamp(tags.first("DEP"))]
    found = next((date for date in map(_date, texts) if date), None)
    if found is None:
        findings.problem("published", "neither DP nor DEP has a year between 1400 and 2100", "note")
    return found


_DAY = re.compile(r"(\d{4}) ([A-Z][a-z]{2}) (\d{1,2})")


def _date(text: str) -> PublicationDate | None:
    """ "2012 Mar 15", and what is less exact."""
    month = date_in_words(text)
    match = _DAY.fullmatch(text)
    if month and match and len(month.value) == 7:
        return PublicationDate(f"{month.value}-{int(match[3]):02}", text) if 1 <= int(match[3]) <= 31 else month
    return month


def _subjects(tags: tagged.Tags) -> Iterator[Subject]:
    yield from (Subject(plain(text)) for text in tags.all("OT"))
    for text in tags.all("MH"):
        heading, *qualifiers = [part for part in map(str.strip, plain(text).replace("*", "").split("/")) if part] or [
            ""
        ]
        yield Subject(heading, "MeSH")
        yield from (Subject(f"{heading} / {qualifier}", "MeSH") for qualifier in qualifiers)
    for text in tags.all("NM"):
        yield Subject(plain(text), "substance")
    for text in tags.all("RN"):
        if match := re.fullmatch(r"(\S+) \((.+)\)", plain(text)):
            yield Subject(match[2], "substance", match[1] if match[1] != "0" else "")
    yield from (Subject(plain(text), "gene") for text in tags.all("GS"))
    yield from (Subject(plain(text), "person") for text in tags.all("PS"))


def _identifiers(tags: tagged.Tags, pmid: str, findings: Findings) -> tuple[Identifier, ...]:
    listed = [plain(text) for text in tags.all("AID", "LID")]
    dois = [text.removesuffix("[doi]").strip() for text in listed if text.endswith("[doi]")]
    found = [
        *(Identifier("doi", parts.doi(text, findings)) for text in dois[:1]),
        Identifier("pmid", identifiers.pmid(f"pmid:{pmid}")),
        *(Identifier("pmcid", identifiers.pmcid(plain(text))) for text in tags.all("PMC")),
        *(Identifier("isbn", identifiers.isbn(text.partition("(")[0])) for text in tags.all("ISBN")),
        *(Identifier("publisher", text.removesuffix("[pii]").strip()) for text in listed if text.endswith("[pii]")),
    ]
    return tuple(dict.fromkeys(identifier for identifier in found if identifier.value))


def _licence(tags: tagged.Tags) -> str:
    found = parts.licence(tags.all("CI"))
    return found if found.startswith("CC") else ""


_PMID_BEHIND = re.compile(r"(?:^|\.? )(?:PMID: ?)?(\d{4,9})$")


def _relations(tags: tagged.Tags, genres: list[str]) -> Iterator[Relation]:
    is_told = False
    for tag, kind in _NOTICES.items():
        for text in tags.all(tag):
            pmid = _PMID_BEHIND.search(text)
            title = plain(text[: pmid.start()] if pmid else text)
            is_told = is_told or kind == "retraction"
            yield Relation(kind, "pmid" if pmid else "", pmid[1] if pmid else "", title)
    if "Retracted Publication" in genres and not is_told:
        yield Relation("retraction")
    for text in tags.all("SI"):
        name, _, number = plain(text).partition("/")
        yield Relation("data", name.lower(), number)
