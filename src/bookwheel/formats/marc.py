"""MARC 21 bibliographic records, in ISO 2709 (`read`) or MARCXML (`read_xml`).

What each field becomes stands in `marc_rules`, after VuFind's import/marc.properties; names, headings and kinds have
modules of their own. Vernacular forms in linked 880 fields stand beside those in Latin letters.
"""

import re

from bookwheel.formats import marc_kinds, marc_people, marc_subjects, parts
from bookwheel.formats.identity import fingerprint
from bookwheel.formats.marc_fields import Field, Marc, MarcError, from_iso2709, from_xml, trimmed, without_stop
from bookwheel.formats.marc_host import container, related
from bookwheel.formats.marc_rules import NOTE_TAGS, trace
from bookwheel.formats.reading import Findings, plain, record_id, rejected, shown
from bookwheel.formats.xml import XmlError, local_name, parse
from bookwheel.records import identifiers
from bookwheel.records.dates import publication_date
from bookwheel.records.model import Container, Identifier, Link, PublicationDate, Record, Series, Text
from bookwheel.records.raw import RawRecord, Reading


def read(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one ISO 2709 record. Never raises for bad data."""
    try:
        record = from_iso2709(raw.payload)
    except MarcError as error:
        return rejected(raw, str(error))
    return _read(record, raw, id_prefix, "marc")


def read_xml(raw: RawRecord, id_prefix: str = "") -> Reading:
    """The record of one MARCXML `record`. Never raises for bad data."""
    try:
        root = parse(raw.payload)
    except XmlError as error:
        return rejected(raw, f"no well-formed XML: {error}")
    while local_name(root) in ("metadata", "collection") and len(root):
        root = root[0]
    if local_name(root) != "record":
        return rejected(raw, f"expected a MARC record, found {shown(str(root.tag))}")
    return _read(from_xml(root), raw, id_prefix, "marcxml")


def _read(marc: Marc, raw: RawRecord, id_prefix: str, record_format: str) -> Reading:
    if what := marc_kinds.NO_WORK.get(marc.leader[6:7]):
        return rejected(raw, f"{what}, which describes no work")
    findings = Findings()
    for remark in marc.remarks:
        findings.problem("payload", remark)
    record = _record(marc, raw, id_prefix or f"{raw.source}-", record_format, findings)
    checked = parts.checked(record, findings)
    trace(marc, findings)
    return findings.reading(checked)


def _record(marc: Marc, raw: RawRecord, prefix: str, record_format: str, findings: Findings) -> Record:
    kind = marc_kinds.kind(marc)
    languages = _languages(marc, findings)
    title, *other_titles = _titles(marc, languages) or [Text("")]
    number = " ".join(marc.control("001").split()) or fingerprint(title.value, marc.control("008"))
    abstract, *other_abstracts = _abstracts(marc, languages) or [Text("")]
    links = tuple(dict.fromkeys(link for field in marc.all("856") for link in _links(field)))
    hosted = container(marc, findings)
    return Record(
        id=_address(raw.identifier or number, prefix),
        source=raw.source,
        source_identifier=raw.identifier or number,
        datestamp=raw.datestamp or _changed(marc),
        format=kind,
        record_format=record_format,
        title=title,
        other_titles=tuple(other_titles),
        contributors=marc_people.contributors(marc),
        container=hosted if hosted != Container() else _own_issn(marc, findings),
        published=_published(marc, findings),
        publisher=_imprint(marc, "b"),
        abstract=abstract,
        other_abstracts=tuple(other_abstracts),
        languages=languages,
        subjects=marc_subjects.subjects(marc),
        identifiers=_identifiers(marc, links),
        links=links,
        licence=_licence(marc),
        all_text=parts.all_text((plain(text) for text in _texts(marc)), findings),
        genres=marc_subjects.genres(marc),
        edition=next((plain(trimmed(field.joined("ab"))) for field in marc.all("250")), ""),
        place=_imprint(marc, "a"),
        extent=plain("; ".join(field.joined("abce") for field in marc.all("300"))),
        series=_series(marc),
        notes=_notes(marc),
        relations=related(marc),
        call_numbers=marc_subjects.call_numbers(marc),
    )


def _address(identifier: str, prefix: str) -> str:
    """The control number behind the prefix, whatever signs are in it; of harvested records the identifier's end."""
    return record_id(identifier, prefix) if identifier.startswith("oai:") or not identifier else prefix + identifier


def _changed(marc: Marc) -> str:
    moment = marc.control("005").strip()
    return f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}" if moment[:8].isdecimal() else ""


_UNKNOWN_LANGUAGES = frozenset(("und", "mul", "zxx", "mis", "|||", "   ", "n/a", "xxx", "uuu"))


def _languages(marc: Marc, findings: Findings) -> tuple[str, ...]:
    """Coded in 008, then 041 $a and $d; before 2001 the codes of 041 stood without blanks: "engfre"."""
    values = [f"{marc.control('008'):40.40}"[35:38]]
    for text in (value.strip() for field in marc.all("041") if field.indicators[1] != "7" for value in field.get("ad")):
        joined = len(text) > 3 and len(text) % 3 == 0 and text.isalpha()
        values += [text[at : at + 3] for at in range(0, len(text), 3)] if joined else [text]
    return parts.languages([value.lower() for value in values], findings, _UNKNOWN_LANGUAGES)


def _title(field: Field) -> str:
    """Parts in the field's order: a title may go on behind its number, "Symphony. No. 5, Allegro"."""
    text = " ".join(part.strip() for part in field.get("abfgknps"))
    return plain(without_stop(re.sub(r"\s+([:;=,.])", r"\1", text).replace(" /", "")))


_OTHER_TITLES = {
    "130": "adfklmnoprst",
    "240": "adfklmnoprs",
    "246": "abfgnp",
    "247": "abnp",
    "730": "adfklmnoprst",
    "740": "anp",
}


def _titles(marc: Marc, languages: tuple[str, ...]) -> list[Text]:
    """Title proper, the same in its own script, then uniform, varying, former and analytical titles."""
    own = languages[0] if len(languages) == 1 else ""
    found = [Text(_title(field), own) for field in (*marc.all("245"), *marc.linked("245"))]
    found += [
        Text(plain(without_stop(field.joined(codes))))
        for tag, codes in _OTHER_TITLES.items()
        for field in (*marc.all(tag), *marc.linked(tag))
    ]
    return list(parts.texts(found))


def _abstracts(marc: Marc, languages: tuple[str, ...]) -> list[Text]:
    own = languages[0] if len(languages) == 1 else ""
    summaries = [Text(plain(field.joined("ab"))) for field in marc.all("520")]
    return list(parts.texts((*summaries, *(Text(plain(field.joined("ab")), own) for field in marc.linked("520")))))


def _imprint(marc: Marc, code: str) -> str:
    """A part of the publication statement: 264 with second indicator 1, else 260; not of copies or manufacture."""
    fields = [field for field in marc.all("264") if field.indicators[1] == "1"] + marc.all("260", "264")
    return next((text for field in fields for value in field.get(code) if (text := plain(trimmed(value)))), "")


def _published(marc: Marc, findings: Findings) -> PublicationDate | None:
    """The year coded in 008, with the wording printed in 260 or 264; where none is coded, the year in that wording."""
    coded = f"{marc.control('008'):40.40}"
    words = _imprint(marc, "c").rstrip(". ")
    exact = coded[7:15] if coded[6] == "e" else coded[7:11]
    wanted = "-".join(part for part in (exact[:4], exact[4:6].strip(), exact[6:8].strip()) if part)
    found = publication_date(wanted) if exact[:4].isdecimal() and coded[6] not in "bn|" else None
    found = found or publication_date(words) or _date_of_host(marc)
    if found is None:
        findings.problem("published", f"neither 008 nor the imprint names a year ({shown(words)})", "note")
        return None
    return PublicationDate(found.value, words or found.value)


def _date_of_host(marc: Marc) -> PublicationDate | None:
    return next(
        (date for field in marc.all("773") for text in field.get("gd") if (date := publication_date(text))), None
    )


def _own_issn(marc: Marc, findings: Findings) -> Container:
    """A journal's own ISSN stands where an article's journal has it."""
    values = [text.split("(")[0] for field in marc.all("022") for text in field.get("a")]
    found = list(dict.fromkeys(issn for value in values if (issn := parts.issn(value, findings))))
    abbreviation = next((plain(trimmed(field.first("a"))) for field in marc.all("210")), "")
    return Container(
        issn=found[0] if found else "", eissn=found[1] if len(found) > 1 else "", abbreviation=abbreviation
    )


_SCHEMES = {"doi": "doi", "hdl": "handle", "pmid": "pmid", "pmcid": "pmcid"}


def _identifiers(marc: Marc, links: tuple[Link, ...]) -> tuple[Identifier, ...]:
    found: list[Identifier] = []
    for field in marc.all("024"):
        scheme = _SCHEMES.get(field.first("2").strip().lower(), "")
        for text in field.get("a"):
            doi = identifiers.doi(text)
            found.append(Identifier("doi", doi) if doi else Identifier(scheme or "other", plain(text)))
    found += [Identifier("doi", doi) for link in links if "doi.org/" in link.url and (doi := identifiers.doi(link.url))]
    for field in marc.all("020"):
        found += [Identifier("isbn", isbn) for text in field.get("a") if (isbn := identifiers.isbn(_number(text)))]
    found += [Identifier("lccn", plain(text)) for field in marc.all("010") for text in field.get("a")]
    found += [Identifier("other", plain(text)) for field in marc.all("035") for text in field.get("a")]
    known = dict.fromkeys(identifier for identifier in found if identifier.value)
    return tuple(sorted(known, key=lambda identifier: identifier.scheme != "doi"))


def _number(text: str) -> str:
    """An ISBN without what cataloguers put behind it: "0714829668 (pbk.) :"."""
    match = re.match(r"[\dXx-]+", text.strip())
    return match[0] if match else ""


def _links(field: Field) -> list[Link]:
    """The work itself (second indicator 0, 1 or none) or something about it (2: related, as a table of contents)."""
    about = field.indicators[1] == "2" or "contents" in field.joined("3z").lower()
    content_type = field.first("q") if "/" in field.first("q") else ""
    urls = (text.strip() for text in field.get("u"))
    return [Link(url, "other" if about else "fulltext", content_type) for url in urls if url and " " not in url]


def _licence(marc: Marc) -> str:
    candidates = [text for field in marc.all("540") for text in (*field.get("u"), field.joined("af"))]
    return parts.licence([text for text in candidates if text])


def _series(marc: Marc) -> tuple[Series, ...]:
    """Traced headings (440, 8XX) and, where a work has none, the series as printed (490); vernacular ones beside."""
    traced = marc.all("440", "800", "810", "811", "830")
    fields = traced or marc.all("490")
    linked = list(marc.linked("440", "800", "810", "811", "830") if traced else marc.linked("490"))
    found = []
    for field in (*fields, *linked):
        title = field.joined("tnp") if field.get("t") else field.joined("anp")
        number = plain(trimmed(trimmed(field.first("v")).rstrip(".")))
        found.append(Series(plain(without_stop(title)), number, identifiers.issn(trimmed(field.first("x")))))
    return tuple(dict.fromkeys(series for series in found if series.title))


def _notes(marc: Marc) -> tuple[str, ...]:
    fields = (*marc.all(*NOTE_TAGS), *marc.linked(*NOTE_TAGS))
    texts = (plain(" ".join(value for code, value in field.subfields if code.isalpha())) for field in fields)
    return tuple(dict.fromkeys(text for text in texts if text))


_FOR_MACHINES = frozenset("012345678w")


def _texts(marc: Marc) -> list[str]:
    """Every text of the fields 100 to 899, in every script, as VuFind's allfields has it."""
    return [
        value
        for field in marc.fields
        if "100" <= field.tag < "900" and not "841" <= field.tag <= "855"
        for code, value in field.subfields
        if code not in _FOR_MACHINES
    ] + [value for field in marc.all("020", "022", "024", "050", "090") for value in field.get("a")]
