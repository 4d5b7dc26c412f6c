"""What every reader needs while it reads: a place for problems and provenance, and texts made clean."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from operator import attrgetter

from bookwheel.records.model import Container, Record
from bookwheel.records.raw import Problem, Provenance, RawRecord, Reading, Severity
from bookwheel.records.text import clean, without_controls, without_emails


class Findings:
    """Collects what is noticed while one payload is read."""

    __slots__ = ("problems", "rules", "unused")

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.rules: list[Provenance] = []
        self.unused: list[str] = []

    def problem(self, field: str, message: str, severity: Severity = "warning") -> None:
        self.problems.append(Problem(field, message, severity))

    def reading(self, record: Record | None) -> Reading:
        """The reading with its record. An element none of whose rules filled a field made nothing: it is unused."""
        made = [rule for rule in self.rules if record is not None and _FILLED[rule.field](record)]
        used = {rule.element for rule in made}
        unused = [*self.unused, *(rule.element for rule in self.rules if rule.element not in used)]
        return Reading(record, tuple(self.problems), tuple(made), tuple(dict.fromkeys(unused)))


_FILLED: Mapping[str, Callable[[Record], object]] = {
    **{name: attrgetter(name) for name in ("id", "datestamp", "format", "contributors", "published", "publisher")},
    **{name: attrgetter(name) for name in ("languages", "subjects", "identifiers", "links", "licence")},
    **{name: attrgetter(name) for name in ("genres", "edition", "place", "extent", "series", "notes", "relations")},
    **{name: attrgetter(name) for name in ("other_titles", "other_abstracts", "call_numbers", "all_text")},
    **{name: attrgetter(f"{name}.value") for name in ("title", "abstract")},
    **{f"container.{field.name}": attrgetter(f"container.{field.name}") for field in fields(Container)},
    "container": lambda record: record.container != Container(),
    "identifiers.doi": lambda record: record.doi,
    "identifiers.publisher": lambda record: record.identifier("publisher"),
    "contributors.orcid": lambda record: any(contributor.orcid for contributor in record.contributors),
    "contributors.affiliations": lambda record: any(contributor.affiliations for contributor in record.contributors),
}
"""Fields that provenance is told of, and whether a record has them."""


def rejected(raw: RawRecord, message: str) -> Reading:
    """No record, and why."""
    where = raw.identifier or "a payload without identifier"
    return Reading(None, (Problem("payload", f"{where}: {message}", "error"),))


def plain(text: str) -> str:
    """A text for a record: one clean line without e-mail addresses."""
    return clean(without_emails(text))


def record_id(identifier: str, prefix: str) -> str:
    """The prefix and what follows the last colon: "oai:doaj.org/article:a34e" → "doaj-art-a34e"; else ""."""
    last = clean(identifier.rpartition(":")[2])
    return prefix + last if last else ""


def shown(text: str) -> str:
    """A payload's value for a message: quoted, cut after 60 characters."""
    return repr(text if len(text) <= 60 else text[:60] + "…")


_XML_BLANKS = re.compile("[ \t\r\n]+")


def glued(pieces: Iterable[str]) -> str:
    """All texts of a payload without anything between them, as in VuFind's `allfields`, but no e-mail addresses.

    White space is XPath's normalize-space. Addresses are looked for piece by piece, since glued to a neighbour they
    would take it along; and once more at the end, for one that was spread over two pieces.
    """
    listed = list(pieces)
    text = "".join(listed)
    if "@" in text or "＠" in text or "﹫" in text:
        text = without_emails("".join(map(without_emails, listed)))
    # The pattern costs more than all the rest, and most payloads hold single blanks alone.
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        text = _XML_BLANKS.sub(" ", text)
    return without_controls(text.strip(" \t\r\n"))
