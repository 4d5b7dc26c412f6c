"""What citations of articles and of books in PubMed share: titles, dates, authors, abstracts, headings.

Source of the elements: NLM, pubmed_190101.dtd and its description "MEDLINE/PubMed Data Element (Field) Descriptions".
"""

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from bookwheel.formats import parts
from bookwheel.formats.elements import attribute, child, child_text, children, value
from bookwheel.formats.reading import Findings, plain
from bookwheel.formats.xml import local_name
from bookwheel.records.dates import publication_date
from bookwheel.records.languages import language_code
from bookwheel.records.model import Contributor, Identifier, PublicationDate, Subject, Text

_PLACEHOLDERS = ("not available", "in process citation", "title not available", "no title available")


def titles(title: str, vernacular: str, languages: Sequence[str]) -> tuple[Text, ...]:
    """The title, then the one in the work's own language.

    NLM ends titles with a full stop and puts its own English translation into square brackets; a work that was
    never translated is "[Not Available].", and then its own title is the title.
    """
    own = languages[0] if len(languages) == 1 else ""
    bare = parts.without_full_stop(title)
    translated = _is_bracketed(bare)
    if translated:
        bare = bare[1:-1].strip()
    first = Text("" if bare.lower().rstrip(".") in _PLACEHOLDERS else bare, "eng" if translated else own)
    return parts.texts((first, Text(parts.without_full_stop(vernacular), own)))


def _is_bracketed(title: str) -> bool:
    """Whether one pair of brackets holds the whole title: "[A] or [B]" is none."""
    if not (title.startswith("[") and title.endswith("]")):
        return False
    depth = 0
    for position, sign in enumerate(title):
        depth += (sign == "[") - (sign == "]")
        if depth == 0:
            return position == len(title) - 1
    return False


def date(element: etree._Element | None) -> PublicationDate | None:
    """A PubDate or ArticleDate: year, month in words or digits, day; or a MedlineDate in words, or a season.

    "1999 Jul-Aug" and "1998 Dec-1999 Jan" are their first year, "2017 Dec 12-18" is December.
    """
    if element is None:
        return None
    year, month, day = (child_text(element, name) for name in ("Year", "Month", "Day"))
    words = child_text(element, "MedlineDate")
    if season := child_text(element, "Season"):
        words = words or f"{year} {season}"
    if not words:
        month = str(parts.MONTHS.get(month[:3].lower(), month))
        found = publication_date("-".join(part for part in (year, month, day) if part))
        return PublicationDate(found.value, found.value) if found else None
    return parts.date_in_words(words)


def contributors(elements: Iterable[etree._Element], role: str, findings: Findings) -> list[Contributor]:
    """Authors or investigators in order; ValidYN="N" marks a misprint that stands corrected beside it."""
    return [
        contributor
        for element in elements
        if element.get("ValidYN") != "N" and (contributor := _contributor(element, role, findings)).name
    ]


def _contributor(element: etree._Element, role: str, findings: Findings) -> Contributor:
    # Until 2014 an affiliation stood in the author itself.
    places = [value(text) for info in children(element, "AffiliationInfo") for text in children(info, "Affiliation")]
    places += [value(text) for text in children(element, "Affiliation")]
    affiliations = tuple(dict.fromkeys(text for text in map(_affiliation, places) if text))
    if collective := plain(child_text(element, "CollectiveName")):
        return Contributor(collective, role, is_organisation=True, affiliations=affiliations)
    orcid = next((value(found) for found in children(element, "Identifier") if found.get("Source") == "ORCID"), "")
    given = child_text(element, "ForeName", "FirstName", "Initials")
    return parts.person(
        child_text(element, "LastName"),
        given,
        child_text(element, "Suffix"),
        role=role,
        orcid=parts.orcid(orcid, findings),
        affiliations=affiliations,
    )


def _affiliation(text: str) -> str:
    """Without the e-mail address that ends many, and the words before it: "Leiden. Electronic address: a@b.org."."""
    return re.sub(r"(?:[\s.;,]*(?:electronic address|e-?mail):?)?[\s.;,]+\.$", "", plain(text), flags=re.I)


def abstract(element: etree._Element) -> str:
    """The sections one after the other, each behind its label: "METHODS: We …"."""
    sections = []
    for section in children(element, "AbstractText"):
        label, text = attribute(section, "Label"), value(section)
        # "UNLABELLED" is what NLM calls a section that has no label.
        shows = label and label.upper() != "UNLABELLED"
        sections.append(f"{label}: {text}" if shows and text else text)
    return plain(" ".join(sections))


def other_abstract(element: etree._Element) -> Text:
    return Text(abstract(element), language_code(attribute(element, "Language")))


def mesh_heading(element: etree._Element) -> list[Subject]:
    """The descriptor, and with each of its qualifiers: "Neoplasms", "Neoplasms / drug therapy"."""
    descriptor = child(element, "DescriptorName")
    name = plain(value(descriptor)) if descriptor is not None else ""
    if descriptor is None or not name:
        return []
    code = attribute(descriptor, "UI")
    found = [Subject(name, "MeSH", code)]
    for qualifier in children(element, "QualifierName"):
        number = attribute(qualifier, "UI")
        found.append(Subject(f"{name} / {plain(value(qualifier))}", "MeSH", f"{code}/{number}" if number else ""))
    return found


def identifiers(elements: Iterable[etree._Element], findings: Findings) -> tuple[Identifier, ...]:
    """PMID, ArticleId and ELocationID elements, each identifier once, in a fixed order of schemes."""
    found: dict[str, dict[str, None]] = {
        scheme: {} for scheme in ("doi", "pmid", "pmcid", "publisher", "isbn", "other")
    }
    for element in elements:
        text = plain(value(element))
        kind = (element.get("IdType") or element.get("EIdType") or local_name(element)).lower()
        if not text or element.get("ValidYN") == "N":
            continue
        if kind == "doi":
            found["doi"][parts.doi(text, findings)] = None
        elif kind in ("pmid", "pubmed"):
            found["pmid"][text.lstrip("0") if text.isdecimal() else ""] = None
        elif kind == "pmc":
            number = text.upper().removeprefix("PMC").partition(".")[0]
            found["pmcid"][f"PMC{number}" if number.isdecimal() else ""] = None
        elif kind == "pii":
            found["publisher"][text] = None
        elif kind in ("bookaccession", "mid"):
            found["other"][text] = None
    return tuple(Identifier(scheme, text) for scheme, values in found.items() for text in values if text)
