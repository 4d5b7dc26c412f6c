"""What came in a format and goes out in it comes in again the same: no mapped field is lost."""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import islice
from pathlib import Path

import pytest
from tests.formats.cases import Case, cases
from tests.loading import readings
from tests.realdata import collection

from bookwheel.exports import EXPORTS, Item
from bookwheel.formats import FORMATS
from bookwheel.records.model import Contributor, Link, PublicationDate, Record, Subject, Text
from bookwheel.records.names import name_of

PAIRS = {
    "bibtex": "bibtex",
    "bookwheel_json": "jsonl",
    "csl_json": "csl_json",
    "csv": "csv",
    "endnote_xml": "endnote",
    "marc": "marc",
    "marcxml": "marcxml",
    "mods": "mods",
    "nbib": "nbib",
    "ris": "ris",
}
"""Format → the export that writes it."""

SAMPLE = 100


def comparable(record: Record) -> Record:
    """Without what is the payload's and not the work's: its address, its glued text, its own wording of the date."""
    published = PublicationDate(record.published.value) if record.published else None
    return replace(
        record,
        id="",
        source_identifier="",
        datestamp="",
        all_text="",
        published=published,
        # Markup within titles and abstracts leaves as plain text.
        title=Text(_plain(record.title.value)),
        abstract=Text(_plain(record.abstract.value)),
        other_titles=tuple(Text(_plain(text.value)) for text in record.other_titles),
        other_abstracts=tuple(Text(_plain(text.value)) for text in record.other_abstracts),
        # The publisher's own number has no tag in these formats, nor has the scheme of a subject or the kind of a link.
        # In MARC every system that passes a record on adds its own number, "(source)7".
        identifiers=tuple(
            sorted((i for i in record.identifiers if i.scheme != "publisher" and i.value[:1] != "("), key=str)
        ),
        subjects=tuple(sorted({Subject(subject.value) for subject in record.subjects}, key=str)),
        links=tuple(sorted((Link(link.url) for link in record.links), key=str)),
        contributors=tuple(map(_person, record.contributors)),
    )


def differences(one: Record, two: Record | None) -> dict[str, tuple[object, object]]:
    """Field → before and after, where they are not the same."""
    assert two is not None
    one, two = comparable(one), comparable(two)
    pairs = {field.name: (getattr(one, field.name), getattr(two, field.name)) for field in fields(Record)}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _person(person: Contributor) -> Contributor:
    """With its name in one order; RIS, BibTeX and tables have no place for an ORCID of each."""
    name = person.name if person.is_organisation else name_of(person).inverted
    return Contributor(name, person.role, affiliations=("; ".join(person.affiliations),))


def _plain(text: str) -> str:
    for tag in ("i", "b", "sub", "sup"):
        text = text.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    return text


def again(records: list[Record], name: str, folder: Path) -> Iterator[Record | None]:
    """The records written in a format and read from it."""
    file = folder / "written"
    file.write_bytes(b"".join(EXPORTS[PAIRS[name]].write([Item(record.id, record) for record in records])))
    for raw, reading in readings([file]):
        assert raw.format == name
        yield reading.record


CASES = [case for case in cases() if case.raw.format in PAIRS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
def test_a_record_read_again_from_its_own_format_stays_so(case: Case, tmp_path: Path) -> None:
    """From the second time on nothing changes: what a format cannot hold is lost once, and nothing drifts."""
    record = case.reading.record
    assert record is not None
    (once,) = again([record], case.raw.format, tmp_path)
    assert once is not None
    (twice,) = again([once], case.raw.format, tmp_path)
    assert twice is not None
    assert differences(once, twice) == {}
    assert comparable(once).title == comparable(record).title
    assert comparable(once).contributors == comparable(record).contributors
    assert once.doi == record.doi


FILES = (
    "ris-bibtex/asysd_zotero_export.ris.gz",
    "ris-bibtex/asysd_ris_export.txt.gz",
    "ris-bibtex/asreview/scopus.ris",
    "ris-bibtex/asreview/embase.ris",
    "ris-bibtex/asreview/proquest.ris",
    "ris-bibtex/asreview/pubmed_zotero.ris",
    "ris-bibtex/litsearchr_scopus.ris.gz",
    "ris-bibtex/asysd_zotero_export.bib.gz",
    "ris-bibtex/asysd_zotero_export.csv.gz",
    "ris-bibtex/biopython_pubmed_result2.nbib",
    "ris-bibtex/asysd_zotero_export.xml.gz",
    "ris-bibtex/asysd_mendeley_export.xml.gz",
    "marc/evergreen_jazz_1k.mrc.gz",
    "marc/evergreen_french_500.mrc.gz",
    "marc/traject_test_data.utf8.marc.xml",
    "dedupe-labelled/asysd_labelled_test_set.csv.gz",
)


@pytest.mark.realdata
@pytest.mark.parametrize("file", FILES)
def test_real_references_lose_nothing(file: str, tmp_path: Path) -> None:
    folder, _, name = file.partition("/")
    found = islice(readings([collection(folder) / name]), SAMPLE)
    records = [reading.record for _, reading in found if reading.record]
    name = records[0].record_format
    back = list(again(records, name, tmp_path))
    assert len(back) == len(records)
    lost = [differences(one, two) for one, two in zip(records, back, strict=True)]
    assert [found for found in lost if found] == []


@pytest.mark.realdata
@pytest.mark.parametrize("file", ["api-json-samples/crossref_api_works.json", "api-json-samples/datacite_500.jsonl.gz"])
def test_our_own_lines_hold_everything(file: str, tmp_path: Path) -> None:
    folder, _, name = file.partition("/")
    records = [reading.record for _, reading in readings([collection(folder) / name]) if reading.record]
    back = again(records, "bookwheel_json", tmp_path)
    for one, two in zip(records, back, strict=True):
        assert two is not None
        assert replace(two, source_identifier=one.source_identifier, source=one.source) == one
        assert FORMATS["bookwheel_json"].has_ids
