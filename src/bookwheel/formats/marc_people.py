"""Names in MARC records: headings 1XX and 7XX with their relators."""

from collections.abc import Mapping
from dataclasses import replace

from bookwheel.formats.marc_fields import Field, Marc, trimmed, without_stop
from bookwheel.formats.reading import plain
from bookwheel.records.identifiers import orcid
from bookwheel.records.model import Contributor

_ROLES_ROW = """
aut author; cre author; edt editor; edc editor; trl translator; ill illustrator; cmp composer; lbt librettist; lyr
lyricist; aui author of introduction; prf performer; cnd conductor; nrt narrator; pht photographer; ths thesis
advisor; dgs thesis advisor; com compiler; ctb contributor; art artist; act actor; drt director; pro producer; fmd
director; fmp producer; arr arranger; isb issuing body; fnd funder; sng singer; itr instrumentalist; mus musician;
org originator; dis author; res researcher; rev reviewer; ive interviewee; ivr interviewer; ctg cartographer; egr
engraver; pbl publisher; cmm commentator; ann annotator; adp adapter; dst distributor; oth contributor
"""
_ROLES = {entry[:3]: entry[4:] for entry in " ".join(_ROLES_ROW.split()).split("; ")}
"""The commonest of the MARC code list of relators; other codes are kept as they are."""

_WORDS = {"joint author": "author", "ed": "editor", "tr": "translator", "ill": "illustrator", "comp": "compiler"}


def contributors(record: Marc) -> tuple[Contributor, ...]:
    """The main heading, then the added ones; an added heading that names a work is none.

    A linked 880 gives a name's form in its own script, to search by.
    """
    linked = {field.first("6")[:6]: field for field in record.all("880")}
    found = [
        _with_variant(_contributor(name, "author" if name.tag[0] == "1" else "contributor"), name, linked)
        for name in record.all("100", "110", "111", "700", "710", "711", "720")
        if not (name.tag[0] == "7" and name.get("t"))
    ]
    return tuple(dict.fromkeys(contributor for contributor in found if contributor.name))


def _with_variant(contributor: Contributor, heading: Field, linked: Mapping[str, Field]) -> Contributor:
    """$6 of the heading is "880-01", of its linked field "700-01/(2/r"."""
    field = linked.get(f"{heading.tag}-{heading.first('6')[4:6]}") if heading.get("6") else None
    name = plain(without_stop(field.joined("abcd"))) if field else ""
    return replace(contributor, variants=(name,)) if name else contributor


def _contributor(heading: Field, role: str) -> Contributor:
    role = _role(heading) or role
    if heading.tag in ("110", "710", "111", "711"):
        codes = "abn" if heading.tag[1:] == "10" else "andc"
        return Contributor(plain(without_stop(heading.joined(codes))), role, is_organisation=True)
    if heading.tag == "720":
        return Contributor(plain(without_stop(heading.first("a"))), role)
    name = plain(without_stop(heading.joined("abcd")))
    family, given, suffix = _parts(heading)
    identifiers = (orcid(text.rpartition(")")[2]) for text in heading.get("01"))
    return Contributor(
        name,
        role,
        family=family,
        given=given,
        suffix=suffix,
        orcid=next(filter(None, identifiers), ""),
        affiliations=tuple(plain(text) for text in heading.get("u")),
    )


def _parts(heading: Field) -> tuple[str, str, str]:
    """Family, given, suffix of a personal name; a forename (first indicator 0) is all family name, as on a spine."""
    bare = plain(trimmed(heading.first("a")))
    if heading.indicators[0] == "0":
        return plain(without_stop(heading.joined("ab"))), "", ""
    family, comma, given = bare.partition(",")
    if not comma:
        return without_stop(bare), "", ""
    titles = [plain(trimmed(text)) for text in heading.get("c")]
    suffix = next((text for text in titles if text.lower().rstrip(".") in ("jr", "sr", "ii", "iii", "iv")), "")
    return family.strip(), without_stop(given), suffix


def _role(heading: Field) -> str:
    """By $4, a code or its address, else by $e in words: "editor.", "joint author."."""
    for code in heading.get("4"):
        code = code.rstrip("/").rpartition("/")[2].strip(" .").lower()
        if code:
            return role_of_code(code)
    # In 111 and 711 $e is a subordinate unit.
    terms = [] if heading.tag[1:] == "11" else heading.get("e")
    for term in terms:
        words = trimmed(term).rstrip(".").lower()
        if words:
            return _WORDS.get(words, words)
    return ""


def role_of_code(code: str) -> str:
    """A MARC relator code in English: "edt" → "editor"; a code that is not among the common ones stays."""
    return _ROLES.get(code, code)
