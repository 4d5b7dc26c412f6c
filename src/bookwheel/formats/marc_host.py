"""What a MARC record says of other works: the journal or book an article stands in (773), earlier titles, versions."""

import re

from bookwheel.formats import parts
from bookwheel.formats.marc_fields import Field, Marc, trimmed, without_stop
from bookwheel.formats.reading import Findings, plain
from bookwheel.records import identifiers
from bookwheel.records.model import Container, Relation

_VOLUME = re.compile(r"\b(?:vol(?:ume)?|bd|t|tome|jg|v)\b\.?\s*([\w/-]{1,20})", re.I)
_ISSUE = re.compile(r"\b(?:no|nr|number|issue|iss|heft|h|núm|num|n)\b\.?\s*([\w/-]{1,20})", re.I)
_PAGES = re.compile(r"\b(?:pp?|pages?|s)\b\.?\s*([\w.]{1,12}(?:\s*[-–]\s*[\w.]{1,12})?)", re.I)
_ARTICLE = re.compile(r"\b(?:art(?:icle)?(?:\s+(?:no|number|id))?)\b\.?\s*(\w{1,20})", re.I)
# Subfield q, "24:9<235" or "2012<393864": volume, issue and first page in signs.
_ENUMERATION = re.compile(r"([^:<]{0,20})(?::([^:<]{0,20}))?(?:[^<]*)(?:<(.{1,30}))?")


def container(marc: Marc, findings: Findings) -> Container:
    """The host of the first 773, with the place in it that $g tells in words or $q in signs."""
    host = next(iter(marc.all("773")), None)
    if host is None:
        return Container()
    where = host.joined("g")
    article = _ARTICLE.search(where)
    volume, issue, pages = (pattern.search(where) for pattern in (_VOLUME, _ISSUE, _PAGES))
    signs = _ENUMERATION.fullmatch(host.first("q"))
    start, end = parts.pages(pages[1] if pages else (signs[3] or "") if signs else "")
    number = article[1] if article else ""
    issns = [issn for text in host.get("x") if (issn := parts.issn(trimmed(text).rstrip("."), findings))]
    return Container(
        title=plain(without_stop(host.first("t") or host.first("s") or host.first("a"))),
        volume=volume[1] if volume else (signs[1] or "").strip() if signs else "",
        issue=(issue[1] if issue and not number else "") or ((signs[2] or "").strip() if signs else ""),
        start_page="" if start == number else start,
        end_page=end,
        article_number=number,
        issn=issns[0] if issns else "",
        eissn=issns[1] if len(issns) > 1 else "",
        abbreviation=plain(trimmed(host.first("p"))),
    )


_KINDS = {
    "765": "version",
    "767": "version",
    "770": "part",
    "772": "whole",
    "774": "part",
    "775": "version",
    "776": "version",
    "777": "other",
    "780": "earlier",
    "785": "later",
    "786": "data",
    "787": "other",
}


def related(marc: Marc) -> tuple[Relation, ...]:
    """Linking entries, and works named in added headings: those contained (second indicator 2) are parts."""
    found = [_relation(_kind(field), field) for field in marc.all(*_KINDS)]
    for field in marc.all("700", "710", "711"):
        if field.get("t"):
            name, title = without_stop(field.first("a")), without_stop(field.joined("tnpkmr"))
            found.append(Relation("part" if field.indicators[1] == "2" else "other", title=plain(f"{name}. {title}")))
    return tuple(dict.fromkeys(relation for relation in found if relation.title or relation.value))


_WORDS = {"retracted by": "retraction", "corrected by": "correction", "preprint": "preprint"}


def _kind(field: Field) -> str:
    """By the tag; 787 is of any kind, which $i may tell in words."""
    return _WORDS.get(trimmed(field.first("i")).lower(), _KINDS[field.tag])


def _relation(kind: str, field: Field) -> Relation:
    title = plain(without_stop(" ".join([*field.get("a"), *(field.get("t") or field.get("s"))])))
    for code, scheme, reader in (
        ("o", "doi", identifiers.doi),
        ("o", "pmid", identifiers.pmid),
        ("z", "isbn", identifiers.isbn),
        ("x", "issn", identifiers.issn),
    ):
        for text in field.get(code):
            if value := reader(trimmed(text).rstrip(".")):
                return Relation(kind, scheme, value, title)
    return Relation(kind, title=title)
