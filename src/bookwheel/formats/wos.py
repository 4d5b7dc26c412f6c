"""Web of Science's plain text (ISI), as Clarivate's databases export it.

Tags: Web of Science Core Collection Help, "Field tags".
"""

import re

from bookwheel.formats import tagged
from bookwheel.formats.elements import Rules
from bookwheel.formats.reading import Findings, plain, rejected
from bookwheel.formats.reference import Reference, keywords, people, to_record
from bookwheel.records import kinds
from bookwheel.records.model import Identifier, Series
from bookwheel.records.raw import Provenance, RawRecord, Reading

LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?: |$)(?P<value>.*)")

RULES = Rules(
    Provenance("id", "UT", "the accession number"),
    Provenance("id", "AN", "where there is no UT"),
    *(Provenance("identifiers", tag, "other") for tag in ("UT", "AN")),
    *(Provenance("format", tag, "Web of Science's types → kinds of work") for tag in ("PT", "DT")),
    Provenance("genres", "DT", "cleaned"),
    Provenance("title", "TI", "no full stop at its end"),
    Provenance("other_titles", "FT", "cleaned"),
    *(Provenance("contributors", tag, "author, full names first; parts at the comma") for tag in ("AF", "AU", "CA")),
    *(Provenance("contributors", tag, "editor") for tag in ("BE", "ED")),
    Provenance("container.title", "SO", "cleaned"),
    *(Provenance("container.abbreviation", tag, "first of JI, J9") for tag in ("JI", "J9")),
    Provenance("series", "SE", "cleaned"),
    Provenance("container.volume", "VL", "cleaned"),
    Provenance("container.issue", "IS", "cleaned"),
    *(Provenance("container", tag, "pages") for tag in ("BP", "PS")),
    Provenance("container.end_page", "EP", "cleaned"),
    Provenance("container.article_number", "AR", "cleaned"),
    Provenance("container.issn", "SN", "print"),
    Provenance("container.eissn", "EI", "electronic"),
    Provenance("identifiers", "BN", "ISBN"),
    Provenance("identifiers.doi", "DI", "bare, lower case"),
    Provenance("identifiers", "PM", "pmid"),
    *(Provenance("published", tag, "year, more exactly by PD") for tag in ("PY", "PD")),
    Provenance("publisher", "PU", "cleaned"),
    *(Provenance("place", tag, "first of PI, PA") for tag in ("PI", "PA")),
    Provenance("languages", "LA", "name → ISO 639-3"),
    *(Provenance("abstract", tag, "first; more are other_abstracts") for tag in ("AB", "FA")),
    *(Provenance("subjects", tag, "keyword, split at semicolons") for tag in ("DE", "ID", "BD", "OR", "TA", "SU")),
    *(Provenance("subjects", tag, "scheme Web of Science") for tag in ("WC", "SC")),
    Provenance("notes", "CT", "the conference"),
)


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one reference from PT to ER. Never raises for bad data."""
    findings = Findings()
    tags = tagged.Tags(tagged.lines(tagged.decoded(raw.payload, findings), LINE))
    if not any(tag not in ("PT", "ER", "EF") for tag in tags):
        return rejected(raw, "a reference without a single field")
    record = to_record(_reference(tags), raw, id_prefix or f"{raw.source}-", findings)
    tags.trace(RULES, findings)
    return findings.reading(record)


_KINDS = {"J": kinds.ARTICLE, "B": kinds.BOOK, "S": kinds.CHAPTER, "P": kinds.OTHER, "C": kinds.CONFERENCE_PAPER}


def _reference(tags: tagged.Tags) -> Reference:
    genres = [genre.strip() for text in tags.all("DT") for genre in text.split(";")]
    kind = _KINDS.get(tags.first("PT")[:1], kinds.OTHER)
    if any("Proceedings Paper" in genre or "Meeting" in genre for genre in genres):
        kind = kinds.CONFERENCE_PAPER
    elif any("Chapter" in genre for genre in genres):
        kind = kinds.CHAPTER
    own = [text.removeprefix("MEDLINE:") for text in tags.all("UT", "AN")]
    return Reference(
        kind=kind,
        identifier=own[0].replace(":", "-") if own else "",
        titles=[tags.first("TI"), *tags.all("FT")],
        contributors=[
            *people(_without_addresses(tags.listed("AF") or tags.listed("AU"))),
            *people(tags.listed("CA")),
            *people(tags.listed("BE") or tags.listed("ED"), "editor"),
        ],
        container=tags.first("SO"),
        abbreviation=tags.first("JI", "J9"),
        volume=tags.first("VL"),
        issue=tags.first("IS"),
        pages=tags.first("BP", "PS"),
        end_page=tags.first("EP"),
        article_number=tags.first("AR"),
        numbers=[*tags.all("SN"), *(f"{text} (electronic)" for text in tags.all("EI")), *tags.all("BN")],
        doi=tags.first("DI"),
        pmid=tags.first("PM"),
        identifiers=[Identifier("other", plain(text)) for text in own],
        dates=[*tags.all("PY"), *_day(tags)],
        publisher=tags.first("PU"),
        place=tags.first("PI", "PA"),
        series=[Series(plain(text)) for text in tags.all("SE")],
        languages=[part for text in tags.all("LA") for part in re.split(r"[,;]\s*", text)],
        abstracts=tags.all("AB", "FA"),
        subjects=[
            *keywords(tags.all("DE", "ID", "BD", "OR", "TA", "SU"), ";"),
            *keywords(tags.all("WC", "SC"), ";", "Web of Science"),
        ],
        genres=genres,
        notes=tags.all("CT"),
    )


def _day(tags: tagged.Tags) -> list[str]:
    """ "AUG 1" and "Aug 1 2019" → "2019 Aug 1"."""
    day, year = tags.first("PD").title(), tags.first("PY")
    return [f"{year} {day.replace(year, '').strip()}"] if day and year else []


def _without_addresses(names: list[str]) -> list[str]:
    """Zoological Record puts e-mail addresses in brackets behind names."""
    return [re.sub(r"\s*\([^)]*@[^)]*\)\s*", "", name) for name in names]
