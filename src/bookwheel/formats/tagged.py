"""Texts of tagged lines: RIS, PubMed's NBIB, Web of Science. One record's lines as tags with their values in order."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bookwheel.formats.elements import Rules
from bookwheel.formats.reading import Findings


@dataclass(frozen=True, slots=True)
class Line:
    tag: str
    value: str


def decoded(payload: bytes, findings: Findings) -> str:
    """The payload as text. What is not UTF-8 is read as Windows-1252, which every older exporter wrote."""
    try:
        return payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        findings.problem("payload", "not in UTF-8: read as Windows-1252", "note")
        return payload.decode("cp1252", errors="replace")


def lines(text: str, line: re.Pattern[str]) -> list[Line]:
    """The tags and values of a record; what follows without a tag belongs to the value before.

    `line` has the groups "tag" and "value".
    """
    found: list[tuple[str, list[str]]] = []
    for written in _ENDS.split(text):
        if match := line.match(written):
            found.append((match["tag"], [match["value"]]))
        elif found and written.strip():
            found[-1][1].append(written.strip())
    return [Line(tag, "\n".join(part for part in map(str.strip, values) if part)) for tag, values in found]


_ENDS = re.compile(r"\r\n|\n|\r")


class Tags:
    """The values of one record by tag, and the account of which tags became a field."""

    __slots__ = ("_found",)

    def __init__(self, found: Iterable[Line]) -> None:
        self._found: dict[str, list[str]] = {}
        for line in found:
            if line.value:
                self._found.setdefault(line.tag, []).append(line.value)

    def all(self, *tags: str) -> list[str]:
        """The values of the tags, tag by tag, in the payload's order, each in one line."""
        return [value.replace("\n", " ") for tag in tags for value in self._found.get(tag, ())]

    def listed(self, *tags: str) -> list[str]:
        """The same where each line of a value is one of its own, as EndNote writes keywords."""
        return [line for tag in tags for value in self._found.get(tag, ()) for line in value.split("\n")]

    def first(self, *tags: str) -> str:
        return next(iter(self.all(*tags)), "")

    def __bool__(self) -> bool:
        return bool(self._found)

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def trace(self, rules: Rules, findings: Findings) -> None:
        """Put rules of tags with values, and the tags nobody knows, into the findings."""
        for tag in self._found:
            if known := rules.by_path.get(tag):
                findings.rules.extend(known)
            else:
                findings.unused.append(tag)
