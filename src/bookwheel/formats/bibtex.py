"""BibTeX and BibLaTeX, as Zotero, JabRef, Mendeley, publishers and people write it.

Fields: "BibTeXing" (Patashnik 1988) and the BibLaTeX manual, chapter 2. Values are TeX and become plain text.
"""

import re
from collections.abc import Iterator

from bookwheel.formats import tex
from bookwheel.formats.bibtex_entry import Entry, entries
from bookwheel.formats.elements import Rules
from bookwheel.formats.parts import person
from bookwheel.formats.reading import Findings, plain, rejected
from bookwheel.formats.reference import WHOLE, Reference, keywords, links, to_record
from bookwheel.formats.tagged import decoded
from bookwheel.records import kinds
from bookwheel.records.model import Contributor, Identifier, Series, Subject
from bookwheel.records.raw import Provenance, RawRecord, Reading

_ROLES = {"author": "author", "editor": "editor", "translator": "translator", "editora": "editor"}
_PUBLISHERS = ("publisher", "school", "institution", "organization")

RULES = Rules(
    Provenance("id", "key", "of a fingerprint: key, type, title, year, first author, place, DOI"),
    Provenance("format", "type of entry", "BibTeX's types → kinds of work"),
    *(
        Provenance("title", name, "with its subtitle; TeX as text; no full stop at its end")
        for name in ("title", "subtitle")
    ),
    *(Provenance("contributors", name, f"{role}; parts of the name at its commas") for name, role in _ROLES.items()),
    *(
        Provenance("container.title", name, "first of them")
        for name in ("journal", "journaltitle", "booktitle", "maintitle")
    ),
    *(Provenance("container.abbreviation", name, "cleaned") for name in ("shortjournal", "journalabbr")),
    Provenance("series", "series", "with its number"),
    Provenance("container.volume", "volume", "cleaned"),
    Provenance("series", "volume", "of a book: its number in the series"),
    Provenance("container.issue", "number", "of an article"),
    Provenance("series", "number", "of a book or report"),
    Provenance("container.issue", "issue", "cleaned"),
    Provenance("container", "pages", "first and last page, or the article's number"),
    Provenance("extent", "pagetotal", "cleaned"),
    Provenance("extent", "numpages", "cleaned"),
    *(Provenance("container.article_number", name, "cleaned") for name in ("eid", "articleno", "article-number")),
    Provenance("container", "issn", "print, then electronic"),
    Provenance("container.eissn", "eissn", "electronic"),
    Provenance("identifiers", "isbn", "thirteen digits"),
    Provenance("identifiers.doi", "doi", "bare, lower case"),
    *(
        Provenance("identifiers", name, scheme)
        for name, scheme in (("pmid", "pmid"), ("pmcid", "pmcid"), ("pmc", "pmcid"))
    ),
    *(Provenance("identifiers", name, "what kind of eprint it is") for name in ("eprinttype", "archiveprefix")),
    Provenance("identifiers", "eprint", "arXiv, PMID, handle by eprinttype, else other"),
    *(
        Provenance("published", name, "year, more exactly by month or date")
        for name in ("year", "month", "date", "day")
    ),
    *(Provenance("publisher", name, "first of publisher, school, institution, organization") for name in _PUBLISHERS),
    *(Provenance("place", name, "cleaned") for name in ("address", "location")),
    Provenance("edition", "edition", "cleaned"),
    *(Provenance("languages", name, "code or name → ISO 639-3") for name in ("language", "langid")),
    Provenance("abstract", "abstract", "TeX as text"),
    *(
        Provenance("subjects", name, "split at commas, or semicolons where there are any")
        for name in ("keywords", "keyword")
    ),
    *(Provenance("links", name, "addresses") for name in ("url", "howpublished", "link")),
    *(Provenance("notes", name, "TeX as text") for name in ("note", "annote", "annotation", "comment", "howpublished")),
    *(Provenance("licence", name, "Creative Commons, else as given") for name in ("copyright", "rights", "license")),
    Provenance("genres", "type", "cleaned"),
)


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of a payload's first entry; the one it refers to stands behind it. Never raises for bad data."""
    findings = Findings()
    try:
        found = list(entries(decoded(raw.payload, findings)))
    except ValueError as error:
        return rejected(raw, f"no well-formed BibTeX: {error}")
    if not found or not found[0].fields:
        return rejected(raw, "no entry with fields")
    entry = _with_parent(found[0], {parent.key.lower(): parent for parent in found[1:]})
    record = to_record(_reference(entry), raw, id_prefix or f"{raw.source}-", findings)
    for name, value in (("key", entry.key), ("type of entry", entry.kind), *entry.fields.items()):
        if known := RULES.by_path.get(name):
            findings.rules.extend(known if value.strip() else ())
        elif value.strip():
            findings.unused.append(name)
    return findings.reading(record)


def _with_parent(entry: Entry, parents: dict[str, Entry]) -> Entry:
    """Fields an entry lacks and the one it names in "crossref" has; the parent's title is the book's."""
    parent = parents.get(entry.fields.get("crossref", "").strip().lower())
    if parent is None:
        return entry
    own = entry.fields
    given = dict(parent.fields)
    if title := given.pop("title", ""):
        given.setdefault("booktitle", title)
    return Entry(entry.kind, entry.key, {**given, **{name: value for name, value in own.items() if name != "crossref"}})


_KINDS = {
    **dict.fromkeys(("article", "suppperiodical", "review"), kinds.ARTICLE),
    **dict.fromkeys(("book", "booklet", "mvbook", "collection", "mvcollection", "reference", "manual"), kinds.BOOK),
    **dict.fromkeys(
        ("inbook", "incollection", "inreference", "bookinbook", "suppbook", "conference-chapter"), kinds.CHAPTER
    ),
    **dict.fromkeys(("inproceedings", "conference"), kinds.CONFERENCE_PAPER),
    **dict.fromkeys(("proceedings", "mvproceedings"), kinds.PROCEEDINGS),
    "dataset": kinds.DATASET,
    **dict.fromkeys(("periodical", "journal"), kinds.JOURNAL),
    **dict.fromkeys(("preprint",), kinds.PREPRINT),
    **dict.fromkeys(("techreport", "report", "standard"), kinds.REPORT),
    "software": kinds.SOFTWARE,
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), kinds.THESIS),
    **dict.fromkeys(("audio", "music"), kinds.AUDIO),
    **dict.fromkeys(("image", "artwork"), kinds.IMAGE),
    "unpublished": kinds.MANUSCRIPT,
    **dict.fromkeys(("video", "movie"), kinds.VIDEO),
    **dict.fromkeys(("online", "electronic", "www", "webpage"), kinds.WEBSITE),
}


def _reference(entry: Entry) -> Reference:
    kind = _KINDS.get(entry.kind, kinds.OTHER)
    fields = {name: plain(tex.plain(value)) for name, value in entry.fields.items()}

    def first(*names: str) -> str:
        return next((fields[name] for name in names if fields.get(name)), "")

    number, volume = first("number"), first("volume")
    is_whole = kind in WHOLE
    found = Reference(
        kind=kind,
        accession=[entry.key],
        titles=[_title(fields)],
        contributors=[who for name, role in _ROLES.items() for who in _people(entry.fields.get(name, ""), role)],
        container="" if is_whole else first("journal", "journaltitle", "booktitle", "maintitle"),
        abbreviation=first("shortjournal", "journalabbr"),
        volume=volume,
        issue=first("issue") or ("" if is_whole or kind == kinds.CHAPTER else number),
        pages=first("pages").replace("–", "-").replace("—", "-"),
        article_number=first("eid", "articleno", "article-number"),
        numbers=[first("issn"), f"{first('eissn')} (electronic)", first("isbn")],
        doi=_address(entry.fields.get("doi", "")),
        pmid=first("pmid"),
        pmcid=first("pmcid", "pmc"),
        identifiers=list(_eprints(fields)),
        dates=[text for text in (first("year", "date"), first("date"), _month(fields)) if text],
        publisher=first(*_PUBLISHERS),
        place=first("address", "location"),
        edition=first("edition"),
        extent=first("pagetotal", "numpages"),
        series=[Series(first("series"), (number or volume) if is_whole or kind == kinds.CHAPTER else "")],
        languages=[part for part in re.split(r"[,;]\s*", first("language", "langid")) if part],
        abstracts=[first("abstract")],
        subjects=_keywords(first("keywords", "keyword")),
        links=links(_address(entry.fields.get(name, "")) for name in ("url", "link", "howpublished")),
        licence=first("copyright", "rights", "license"),
        genres=[first("type")],
        notes=[fields.get(name, "") for name in ("note", "annote", "annotation", "comment")],
    )
    if not found.links and first("howpublished"):
        found.notes.append(first("howpublished"))
    found.is_retracted = first("note").startswith("Retracted")
    return found


def _title(fields: dict[str, str]) -> str:
    title, subtitle = fields.get("title", ""), fields.get("subtitle", "")
    return f"{title}: {subtitle}" if title and subtitle else title or subtitle


def _people(value: str, role: str) -> Iterator[Contributor]:
    for name in _split(value, _AND):
        if name and name.lower() != "others":
            yield _person(name, role)


def _person(name: str, role: str) -> Contributor:
    """ "von Last, First", "von Last, Jr., First", "First von Last"; a name in braces is a body's."""
    if name.startswith("{") and name.endswith("}") and len(_split(name, _ANY)) == 1:
        return Contributor(plain(tex.plain(name)), role, True)
    found = [plain(tex.plain(part)) for part in _split(name, _COMMA)]
    if len(found) == 1:
        return Contributor(found[0], role)
    suffix = found[1] if len(found) > 2 else ""
    return person(found[0], found[-1], suffix, role=role)


_AND = re.compile(r"\s+and\s+", re.I)
_COMMA = re.compile(r"\s*,\s*")
_ANY = re.compile(r"\s*(?:,|\s)\s*")


def _split(value: str, separator: re.Pattern[str]) -> list[str]:
    """The value at its separators that stand in no braces."""
    pieces, depth, begin, place = [], 0, 0, 0
    value = value.strip()
    while place < len(value):
        if depth == 0 and (match := separator.match(value, place)) and match.end() > place:
            pieces.append(value[begin : match.start()].strip())
            begin = place = match.end()
            continue
        depth += {"{": 1, "}": -1}.get(value[place], 0)
        place += 2 if value[place] == "\\" else 1
    return [*pieces, value[begin:].strip()]


def _address(value: str) -> str:
    r"""DOIs and addresses are printed as they are, but many writers escape them: "10.1/a\_b", "\url{…}"."""
    value = re.sub(r"\\(?:url|href|path)\s*", "", value)
    return re.sub(r"\\([_&%#$~{}])", r"\1", value).replace("{", "").replace("}", "").strip()


def _month(fields: dict[str, str]) -> str:
    year, month, day = (fields.get(name, "") for name in ("year", "month", "day"))
    if not (year and month):
        return ""
    if month.isdecimal():
        return f"{year}/{month}/{day}" if day.isdecimal() else f"{year}/{month}"
    return f"{year} {month} {day}".strip()


def _eprints(fields: dict[str, str]) -> Iterator[Identifier]:
    value = fields.get("eprint", "")
    kind = (fields.get("eprinttype") or fields.get("archiveprefix", "")).lower()
    if value:
        yield Identifier({"arxiv": "arxiv", "pubmed": "pmid", "hdl": "handle"}.get(kind, "other"), value)


def _keywords(text: str) -> list[Subject]:
    return keywords([text], r"\s*;\s*" if text.count(";") > text.count(",") // 2 else r"\s*,\s*")
