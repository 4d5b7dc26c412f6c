"""Which field of a MARC record became which field of ours; what no rule names is told as unused.

After VuFind's import/marc.properties. An element is a tag and its subfields, "245$abnp"; a linked 880 is "880(245)".
"""

from collections.abc import Mapping

from bookwheel.formats.marc_fields import Marc
from bookwheel.formats.reading import Findings
from bookwheel.records.raw import Provenance

_TABLE = """
001 | | id | prefix and control number
005 | | datestamp | year-month-day
006 007 | | format | with leader/06-07
008 | | published | year, for the date's type
008 | | languages | MARC code → ISO 639-3
010 | a | identifiers | lccn
020 | a | identifiers | isbn, thirteen digits
022 | a | container.issn | a journal's own; hyphen added, check digit verified
024 | a2 | identifiers | doi, handle, pmid, pmcid by $2, else other
035 | a | identifiers | other
041 | ad | languages | MARC codes, also those without blanks between
050 090 099 | ab | call_numbers | first ones first
100 110 111 | abcdn | contributors | author; dates belong to the heading
700 710 711 720 | abcdn | contributors | by relator, else contributor
100 110 700 710 | e4 | contributors | relator in words or code → role
111 711 | 4e | contributors | relator code → role
100 700 | 01 | contributors.orcid | ORCID
100 700 | u | contributors.affiliations | cleaned
130 240 730 | adfklmnoprst | other_titles | uniform title
210 | a | container.abbreviation | without final punctuation
245 | abfgknps | title | without final punctuation
246 247 740 | abfgnp | other_titles | varying and former titles
250 | ab | edition | without final punctuation
260 264 | a | place | of publication; without final punctuation
260 264 | b | publisher | of publication; without final punctuation
260 264 | c | published | wording; its year where 008 has none
300 | abce | extent | as printed
440 800 810 811 830 | anptvx | series | title, number, ISSN
490 | anpvx | series | where none is traced
520 | ab | abstract | first one; more are other_abstracts
540 | afu | licence | Creative Commons by address or wording, else the address
600 610 611 630 648 650 651 654 656 662 | abcdefgklmnopqrstxyz20 | subjects | heading -- parts; scheme by indicator 2
653 | a | subjects | keyword
600 610 611 630 648 650 651 654 656 | v | genres | form subdivision
655 | av | genres | without final stop
700 710 711 | tkmrp | relations | a work named in an added heading
765 767 770 772 774 775 776 777 780 785 786 787 | astxzoi | relations | by tag; 787 by $i
773 | atspxgqd | container | the host, and the place in it
856 | uq3z | links | fulltext; other for related things and contents
"""
_NOTE_ROW = """
255 310 362 500 501 502 504 505 508 511 515 518 521 525 530 533 534 538 545 546 547 550 555 580 586 588
"""
NOTE_TAGS = tuple(_NOTE_ROW.split())
_CONTROL = ("6", "8")
"""Subfields that tie fields together and say nothing themselves."""


def _rules() -> Mapping[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for line in _TABLE.strip().splitlines():
        tags, codes, field, rule = (part.strip() for part in line.split("|"))
        for tag in tags.split():
            found[tag] = (*found.get(tag, ()), (codes, field, rule))
    for tag in NOTE_TAGS:
        found[tag] = (("abcdefghijklmnopqrstuvwxyz", "notes", "as printed"),)
    return found


_BY_TAG = _rules()
"""By tag: subfields, our field, and what is done."""

RULES = tuple(
    Provenance(field, f"{tag}${codes}" if codes else tag, rule)
    for tag, rules in _BY_TAG.items()
    for codes, field, rule in rules
)
"""The same for the documentation."""

_NAMES = ("100", "110", "111", "700", "710", "711")


def trace(marc: Marc, findings: Findings) -> None:
    """Put the rules that apply, and tags and subfields nobody knows, into the findings."""
    codes: dict[str, dict[str, None]] = {}
    for field in marc.fields:
        linked = field.first("6")[:3] if field.tag == "880" else ""
        codes.setdefault(f"880({linked})" if linked else field.tag, {}).update(
            dict.fromkeys(code for code, value in field.subfields if value)
        )
    for name, found in codes.items():
        _trace(name, found, findings)


def _trace(name: str, found: Mapping[str, None], findings: Findings) -> None:
    tag = name[4:7] if name.startswith("880(") else name
    rules = _BY_TAG.get(tag, ())
    if name != tag and tag in _NAMES:
        findings.rules.append(Provenance("contributors", name, "variant of the name it is linked to"))
        return
    if not rules:
        findings.unused.append(name)
        return
    used: set[str] = set(_CONTROL)
    for codes, field, rule in rules:
        present = "".join(code for code in found if code in codes)
        used.update(present)
        if present or not codes:
            findings.rules.append(Provenance(field, f"{name}${present}" if present else name, rule))
    findings.unused.extend(f"{name}${code}" for code in found if code not in used)
