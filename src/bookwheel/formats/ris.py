"""RIS, as EndNote, Zotero, Mendeley, Scopus, Embase, Ovid, ProQuest and many others write it.

Tags: the RIS specification as EndNote prints it; where exporters differ, both uses are told apart by the value.
"""

import re
from dataclasses import replace

from bookwheel.formats import tagged
from bookwheel.formats.abstracts import words
from bookwheel.formats.elements import Rules
from bookwheel.formats.reading import Findings, plain, rejected
from bookwheel.formats.reference import WHOLE, Reference, keywords, links, people, to_record
from bookwheel.records import identifiers, kinds
from bookwheel.records.model import Contributor, Identifier, Series
from bookwheel.records.raw import Provenance, RawRecord, Reading

LINE = re.compile(r"\s{0,3}(?P<tag>[A-Z][A-Z0-9])[ \t]{1,3}-(?:[ \t]|$)[ \t]*(?P<value>.*)")
"""Two blanks and a hyphen by the book; one, or a tabulator, in the wild."""

RULES = Rules(
    Provenance("id", "TY", "of a fingerprint: type, title, year, first author, place, DOI"),
    Provenance("format", "TY", "RIS's types → kinds of work"),
    *(Provenance("title", tag, "first of TI, T1, CT, BT, ST; no full stop at its end") for tag in ("TI", "T1", "CT")),
    Provenance("title", "ST", "where there is no other title"),
    Provenance("title", "BT", "of a book"),
    Provenance("container.title", "BT", "of a chapter"),
    Provenance("other_titles", "TT", "cleaned"),
    *(Provenance("contributors", tag, "author; parts of the name at its commas") for tag in ("AU", "A1")),
    *(Provenance("contributors", tag, "editor") for tag in ("A2", "ED")),
    Provenance("contributors", "A3", "series editor"),
    Provenance("contributors", "A4", "translator"),
    Provenance("contributors.orcid", "AI", "of the author named with it"),
    Provenance("contributors.affiliations", "AD", "of the first author: RIS does not say whose"),
    *(Provenance("container.title", tag, "first of T2, JF, JO, JA, J2") for tag in ("T2", "JF", "JO")),
    *(Provenance("container.abbreviation", tag, "where it is not the title") for tag in ("J2", "JA", "J1", "JO")),
    *(Provenance("container.title", tag, "where there is no other") for tag in ("J2", "JA", "J1")),
    *(Provenance("series", tag, "series") for tag in ("T3", "T2")),
    Provenance("container.volume", "VL", "cleaned"),
    Provenance("series", "VL", "of a book: its number in the series"),
    *(Provenance("container.issue", tag, "first of IS, CP, M1 if short") for tag in ("IS", "CP", "M1")),
    Provenance("container", "SP", "first page, or both, or the article's number"),
    Provenance("extent", "SP", "of a book"),
    Provenance("container.end_page", "EP", "cleaned"),
    Provenance("container.article_number", "C7", "cleaned"),
    Provenance("container", "SN", "ISSN: print, then electronic"),
    Provenance("identifiers", "SN", "ISBN"),
    Provenance("identifiers.doi", "DO", "bare, lower case"),
    Provenance("identifiers.doi", "L3", "where there is no DO"),
    Provenance("identifiers", "AN", "PMID by the database or digits of our own export, PMCID, else other"),
    Provenance("identifiers", "C2", "PMCID"),
    *(Provenance("published", tag, "first of PY, Y1, and DA where it says more") for tag in ("PY", "Y1", "DA")),
    Provenance("publisher", "PB", "cleaned"),
    *(Provenance("place", tag, "cleaned") for tag in ("CY", "PP")),
    Provenance("edition", "ET", "cleaned"),
    Provenance("languages", "LA", "code or name → ISO 639-3"),
    *(Provenance("abstract", tag, "first; more are other_abstracts") for tag in ("AB", "N2")),
    Provenance("subjects", "KW", "keyword; a line each"),
    *(Provenance("notes", tag, "cleaned of tags") for tag in ("N1", "RN")),
    Provenance("genres", "M3", "cleaned"),
    *(Provenance("links", tag, "full text") for tag in ("UR", "L1", "L2")),
    Provenance("links", "LK", "other"),
)


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one reference from TY to ER. Never raises for bad data."""
    findings = Findings()
    tags = tagged.Tags(tagged.lines(tagged.decoded(raw.payload, findings), LINE))
    if not any(tag not in ("TY", "ER", "ID") for tag in tags):
        return rejected(raw, "a reference without a single field")
    record = to_record(_reference(tags), raw, id_prefix or f"{raw.source}-", findings)
    tags.trace(RULES, findings)
    return findings.reading(record)


_KINDS = {
    **dict.fromkeys(("JOUR", "EJOUR", "MGZN", "NEWS", "ABST", "INPR"), kinds.ARTICLE),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK", "CLSWK", "SER", "DICT", "ENCYC", "PAMP"), kinds.BOOK),
    **dict.fromkeys(("CHAP", "ECHAP"), kinds.CHAPTER),
    **dict.fromkeys(("CONF", "CPAPER"), kinds.CONFERENCE_PAPER),
    **dict.fromkeys(("DATA", "AGGR"), kinds.DATASET),
    "JFULL": kinds.JOURNAL,
    "UNPB": kinds.PREPRINT,
    **dict.fromkeys(("RPRT", "GOVDOC", "STAND", "HEAR"), kinds.REPORT),
    "COMP": kinds.SOFTWARE,
    "THES": kinds.THESIS,
    **dict.fromkeys(("SOUND", "POD"), kinds.AUDIO),
    **dict.fromkeys(("ART", "FIGURE", "SLIDE"), kinds.IMAGE),
    "MANSCPT": kinds.MANUSCRIPT,
    "MAP": kinds.MAP,
    "MUSIC": kinds.SCORE,
    **dict.fromkeys(("VIDEO", "MPCT"), kinds.VIDEO),
    **dict.fromkeys(("ELEC", "WEB", "BLOG", "ICOMM"), kinds.WEBSITE),
}


def _reference(tags: tagged.Tags) -> Reference:
    kind = _KINDS.get(tags.first("TY").upper(), kinds.OTHER)
    series = tags.all("T3") + (tags.all("T2") if kind in WHOLE else [])
    holder = [] if kind in WHOLE else tags.all("T2") + (tags.all("BT") if tags.first("TI", "T1", "CT") else [])
    container = next(iter([*holder, *tags.all("JF", "JO", "JA", "J1", "J2")]), "")
    short = (text for text in tags.all("J2", "JA", "J1", "JO") if text != container)
    volume = tags.first("VL")
    accession = tags.all("AN", "C2")
    found = Reference(
        kind=kind,
        accession=tags.all("AN", "ID", "DB"),
        titles=[tags.first("TI", "T1", "CT", "BT", "ST"), *tags.all("TT")],
        contributors=_people(tags, kind),
        container=container,
        abbreviation=next(short, ""),
        volume=volume,
        issue=tags.first("IS", "CP") or next((text for text in tags.all("M1") if len(text) <= 20), ""),
        pages=tags.first("SP"),
        end_page=tags.first("EP"),
        article_number=tags.first("C7"),
        numbers=tags.all("SN"),
        doi=tags.first("DO", "L3"),
        pmid=next((text for text in accession if _is_pmid(text, tags)), ""),
        pmcid=next((text for text in accession if identifiers.pmcid(text)), ""),
        dates=tags.all("PY", "Y1", "DA"),
        publisher=tags.first("PB"),
        place=tags.first("CY", "PP"),
        edition=tags.first("ET"),
        extent=tags.first("SP") if kind in WHOLE else "",
        series=[Series(plain(title), plain(volume) if kind in WHOLE else "") for title in series],
        languages=[part for text in tags.all("LA") for part in re.split(r"[,;]\s*", text)],
        abstracts=tags.all("AB", "N2"),
        subjects=keywords(tags.listed("KW"), ";"),
        links=[*links(tags.listed("UR", "L1", "L2")), *links(tags.listed("LK"), "other")],
        genres=tags.all("M3"),
        notes=tags.all("N1", "RN"),
    )
    used = (found.pmid, found.pmcid)
    found.identifiers = [Identifier("other", plain(text)) for text in tags.all("AN") if text not in used]
    found.is_retracted = any(note.startswith("Retracted") for note in found.notes)
    return found


def _people(tags: tagged.Tags, kind: str) -> list[Contributor]:
    affiliations = tuple(dict.fromkeys(text for text in map(words, tags.listed("AD")) if text))
    authors = people(tags.listed("AU", "A1"))
    if authors and affiliations:
        authors[0] = replace(authors[0], affiliations=affiliations)
    for text in tags.listed("AI"):
        orcid = next((found for part in re.split(r"[;\s]+", text) if (found := identifiers.orcid(part))), "")
        authors = [replace(a, orcid=a.orcid or orcid) if a.name.rstrip(".") in text else a for a in authors]
    second = "series editor" if kind in WHOLE else "editor"
    return [
        *authors,
        *people(tags.listed("ED"), "editor"),
        *people(tags.listed("A2"), second),
        *people(tags.listed("A3"), "series editor"),
        *people(tags.listed("A4"), "translator"),
    ]


def _is_pmid(text: str, tags: tagged.Tags) -> bool:
    """A number alone is PubMed's where the reference comes from there."""
    origin = " ".join(tags.all("DB", "DP", "UR")).lower()
    is_from_pubmed = any(word in origin for word in ("pubmed", "medline", "nlm"))
    return bool(identifiers.pmid(text)) or (is_from_pubmed and text.isdecimal() and len(text) <= 9)
