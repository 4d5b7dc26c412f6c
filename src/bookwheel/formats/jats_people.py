"""The people and bodies of a JATS article, with their affiliations, which other elements hold."""

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from bookwheel.formats import parts
from bookwheel.formats.elements import XLINK, Elements, attribute, child, child_text, children, value
from bookwheel.formats.reading import Findings, plain
from bookwheel.formats.xml import local_name
from bookwheel.records.identifiers import orcid as normal_orcid
from bookwheel.records.model import Contributor
from bookwheel.records.raw import Provenance


def rules(meta: str) -> tuple[Provenance, ...]:
    contrib = f"{meta}/contrib-group/contrib"
    return (
        Provenance("contributors", f"{contrib}/name", "surname, given-names and suffix apart"),
        Provenance("contributors", f"{contrib}/name-alternatives", "the first of the names; more are variants"),
        Provenance("contributors", f"{contrib}/string-name", "as printed where it is not taken apart"),
        Provenance("contributors", f"{contrib}/collab", "an organisation; its members as collaborators, at the end"),
        Provenance("contributors.orcid", f"{contrib}/contrib-id", "of type orcid; check digit verified"),
        Provenance("contributors.orcid", f"{contrib}/uri", "an address of ORCID"),
        Provenance("contributors.affiliations", f"{contrib}/xref", "of type aff, to the affiliation's id"),
        Provenance("contributors.affiliations", f"{contrib}/aff", "without label and e-mail"),
        Provenance("contributors.affiliations", f"{meta}/contrib-group/aff", "by id; a single one is everybody's"),
        Provenance("contributors.affiliations", f"{meta}/contrib-group/aff-alternatives", "the first of them"),
        Provenance("contributors.affiliations", f"{meta}/aff", "by id; a single one is everybody's"),
        Provenance("contributors.affiliations", f"{meta}/aff-alternatives", "the first of them"),
    )


def contributors(elements: Elements, meta: str, findings: Findings) -> tuple[Contributor, ...]:
    """In the article's order: authors, editors and others by contrib-type; members of groups behind all."""
    people = elements.all(f"{meta}/contrib-group/contrib")
    listed = elements.all(
        f"{meta}/contrib-group/aff", f"{meta}/contrib-group/aff-alternatives", f"{meta}/aff", f"{meta}/aff-alternatives"
    )
    affiliations = _by_id(listed)
    named = [_contributor(person, affiliations, findings) for person in people]
    if len(listed) == 1 and not any(contributor.affiliations for contributor in named):
        text = _affiliation(listed[0])
        named = [replace(contributor, affiliations=(text,) if text else ()) for contributor in named]
    members = [
        _contributor(member, affiliations, findings, "collaborator")
        for group in elements.all(f"{meta}/contrib-group/contrib/collab")
        for member in group.iter()
        if local_name(member) == "contrib"
    ]
    return tuple(dict.fromkeys(contributor for contributor in (*named, *members) if contributor.name))


def _contributor(
    element: etree._Element, affiliations: Mapping[str, str], findings: Findings, role: str = ""
) -> Contributor:
    named = _named(element)
    role = role or _role(element, named)
    references = (
        reference
        for found in children(element, "xref")
        if found.get("ref-type") == "aff"
        for reference in attribute(found, "rid").split()
    )
    places = [affiliations.get(reference, "") for reference in references]
    places += map(_affiliation, children(element, "aff"))
    return replace(
        named,
        role=role,
        orcid=_orcid(element, findings),
        affiliations=tuple(dict.fromkeys(place for place in places if place)),
    )


def _role(element: etree._Element, named: Contributor) -> str:
    """By contrib-type; a person in a list of collaborators, which stands beside the authors, is a collaborator."""
    kind = attribute(element, "contrib-type").lower()
    group = element.getparent()
    listed = kind == "collab" or (group is not None and attribute(group, "content-type").startswith("collab"))
    if listed and not named.is_organisation:
        return "collaborator"
    return "author" if kind in ("", "collab") else kind


def _named(element: etree._Element) -> Contributor:
    alternatives = child(element, "name-alternatives")
    around = element if alternatives is None else alternatives
    name = child(around, "name", "string-name")
    if name is not None:
        others = [_person(other).name for other in children(around, "name", "string-name") if other is not name]
        return replace(_person(name), variants=tuple(other for other in others if other))
    group = child(element, "collab")
    if group is None:
        alternatives = child(element, "collab-alternatives")
        group = None if alternatives is None else child(alternatives, "collab")
    if group is None:
        return Contributor("")
    text = plain(value(group, frozenset(("contrib-group", "contrib", "xref", "aff", "email"))))
    return Contributor(text.rstrip(" ,;:"), is_organisation=True)


def _person(name: etree._Element) -> Contributor:
    family, given = child_text(name, "surname"), child_text(name, "given-names")
    if family or given:
        return parts.person(family, given, child_text(name, "suffix"))
    return Contributor(plain(value(name)))


def _orcid(element: etree._Element, findings: Findings) -> str:
    for found in children(element, "contrib-id"):
        if found.get("contrib-id-type") == "orcid" and (orcid := parts.orcid(value(found), findings)):
            return orcid
    links = (attribute(found, f"{XLINK}href") or value(found) for found in children(element, "uri", "ext-link"))
    return next((orcid for link in links if "orcid.org" in link and (orcid := normal_orcid(link))), "")


def _by_id(elements: list[etree._Element]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in elements:
        text = _affiliation(element)
        # Where an affiliation comes in several forms or languages, either may bear the id.
        for bearer in (element, *children(element, "aff")):
            if text and (name := attribute(bearer, "id")):
                found[name] = text
    return found


_SKIPPED = ("label", "sup", "email", "institution-id", "phone", "fax", "xref", "ext-link", "uri")


def _affiliation(element: etree._Element) -> str:
    """The affiliation as printed: SciELO gives that as one text; elsewhere parts without signs between get commas."""
    if local_name(element) == "aff-alternatives":
        first = child(element, "aff")
        return "" if first is None else _affiliation(first)
    original = [e for e in element.iter() if local_name(e) == "institution" and e.get("content-type") == "original"]
    if original:
        return plain(value(original[0]))
    return plain("".join(_with_commas(element))).strip(" ,;")


def _with_commas(element: etree._Element) -> list[str]:
    pieces = [element.text or ""]
    for found in element:
        name = local_name(found)
        if name in _SKIPPED:
            pieces.append(found.tail or "")
            continue
        text = "".join(_with_commas(found))
        before = "".join(pieces).rstrip()
        if (
            text.strip()
            and before
            and before[-1] not in ",;:.-–("
            and text.strip()[0] not in ",;:.)"
            and len(found.tag) > 0
        ):
            inline = name in ("italic", "bold", "sub")
            pieces.append(text if inline else f", {text}")
        else:
            pieces.append(text)
        pieces.append(found.tail or "")
    return pieces
