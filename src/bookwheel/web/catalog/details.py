"""What the description tab tells beside the abstract: extent, notes, numbers, and other works this one points to."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext, gettext_noop

from bookwheel.records.model import Record, Relation


@dataclass(frozen=True, slots=True)
class Line:
    """A text, with the address it leads to where there is one."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    label: str
    lines: tuple[Line, ...]


def details(record: Record) -> tuple[Detail, ...]:
    """The rows in VuFind's order; those without lines are left out."""
    isbns = (identifier.value for identifier in record.identifiers if identifier.scheme == "isbn")
    rows = (
        (gettext("Physical Description:"), _lines([record.extent])),
        (gettext("Place of Publication:"), _lines([record.place])),
        (gettext("Genre:"), _lines(record.genres)),
        (gettext("Item Description:"), _lines(record.notes)),
        (gettext("ISBN:"), _lines(isbns)),
        (gettext("Call Number:"), _lines(record.call_numbers)),
        *_related(record.relations),
    )
    return tuple(Detail(label, lines) for label, lines in rows if lines)


def _lines(texts: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(text) for text in texts if text)


_KINDS = {
    "retraction": gettext_noop("Retracted in:"),
    "concern": gettext_noop("Expression of Concern in:"),
    "correction": gettext_noop("Corrected in:"),
    "reinstatement": gettext_noop("Reinstated in:"),
    "subject": gettext_noop("Notice about:"),
    "earlier": gettext_noop("Previous Title:"),
    "later": gettext_noop("Later Title:"),
    "preprint": gettext_noop("Preprint:"),
    "version": gettext_noop("Other Version:"),
    "whole": gettext_noop("Part of:"),
    "part": gettext_noop("Contains:"),
    "data": gettext_noop("Data:"),
    "other": gettext_noop("Related:"),
}


def _related(relations: tuple[Relation, ...]) -> list[tuple[str, tuple[Line, ...]]]:
    by_kind: dict[str, list[Line]] = {kind: [] for kind in _KINDS}
    for relation in relations:
        by_kind.get(relation.kind, by_kind["other"]).append(_line(relation))
    return [(gettext(_KINDS[kind]), tuple(line for line in lines if line.text)) for kind, lines in by_kind.items()]


_ADDRESSES = {
    "doi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "clinicaltrials.gov": "https://clinicaltrials.gov/study/",
}


def _line(relation: Relation) -> Line:
    begin = _ADDRESSES.get(relation.scheme, "")
    address = begin + quote(relation.value, safe="/:;()._-") if begin and relation.value else ""
    return Line(relation.title or relation.value, address)
