"""The names of a MODS record, with their roles."""

from dataclasses import replace

from lxml import etree

from bookwheel.formats import parts
from bookwheel.formats.elements import Elements, attribute, children, value
from bookwheel.formats.marc_people import role_of_code
from bookwheel.formats.reading import Findings, plain
from bookwheel.records.model import Contributor
from bookwheel.records.raw import Provenance

RULES = (
    Provenance("contributors", "name/namePart", "family, given and terms of address apart; corporate by type"),
    Provenance("contributors", "name/role", "relator in words or code; without any author"),
    Provenance("contributors", "name/displayForm", "where there is no namePart"),
    Provenance("contributors.affiliations", "name/affiliation", "cleaned"),
    Provenance("contributors.orcid", "name/nameIdentifier", "type orcid; check digit verified"),
)


def contributors(elements: Elements, findings: Findings) -> tuple[Contributor, ...]:
    found = (_contributor(name, findings) for name in elements.all("name"))
    return tuple(dict.fromkeys(contributor for contributor in found if contributor.name))


def _contributor(element: etree._Element, findings: Findings) -> Contributor:
    orcids = [value(e) for e in children(element, "nameIdentifier") if attribute(e, "type").lower() == "orcid"]
    return replace(
        _named(element),
        role=_role(element),
        orcid=parts.orcid(orcids[0], findings) if orcids else "",
        affiliations=tuple(text for e in children(element, "affiliation") if (text := plain(value(e)))),
    )


def _named(element: etree._Element) -> Contributor:
    by_type: dict[str, list[str]] = {}
    for part in children(element, "namePart"):
        by_type.setdefault(attribute(part, "type"), []).append(plain(value(part)))
    if element.get("type") in ("corporate", "conference"):
        return Contributor(". ".join(text.rstrip(".") for text in by_type.get("", ()) if text), is_organisation=True)
    if "family" in by_type or "given" in by_type:
        suffix = next((text for text in by_type.get("termsOfAddress", ()) if len(text) < 5), "")
        return parts.person(" ".join(by_type.get("family", ())), " ".join(by_type.get("given", ())), suffix)
    name = " ".join(by_type.get("", ())) or next((plain(value(e)) for e in children(element, "displayForm")), "")
    family, comma, given = name.partition(",")
    return parts.person(family, given) if comma and "," not in given else Contributor(name)


def _role(element: etree._Element) -> str:
    terms = [term for role in children(element, "role") for term in children(role, "roleTerm")]
    codes = [value(term).lower() for term in terms if term.get("type") == "code"]
    words = [value(term).lower() for term in terms if term.get("type") != "code"]
    # "creator" is the one role that Dublin Core knows; here it is who wrote the work.
    found = role_of_code(codes[0]) if codes else next(iter(words), "author")
    return "author" if found == "creator" else found
