"""Looks terms and headings up in the vocabularies of a catalogue, as `search.synonyms` and `search.headings` ask."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bookwheel.errors import VocabularyError
from bookwheel.search.headings import MAX_HEADINGS, MAX_SUBJECTS, Exploded
from bookwheel.search.synonyms import Sense, term_key
from bookwheel.vocabulary.concepts import as_said
from bookwheel.vocabulary.file import VocabularyFile

_log = logging.getLogger(__name__)

_MOST_TERMS = 60
"""Names of a concept a term is widened from: those that come first in the file are the usual ones."""

_KEPT = 32
"""Headings whose subjects are remembered: a search is read several times for one page."""

_PARTS = 900
"""Values in one question: SQLite takes at least 999."""


_NAMED = """
SELECT t.key, t.concept, t.place, c.code, n.label || ', version ' || n.number FROM term t
JOIN concept c ON c.id = t.concept JOIN vocabulary v ON v.id = c.vocabulary
JOIN version n ON n.vocabulary = v.id AND n.number = v.version
"""


class VocabularyLookup:
    """Answers from the current versions; see `search.reading.Vocabularies`.

    A search goes on without vocabularies when their file cannot be read; the log says why.
    """

    def __init__(self, file: VocabularyFile) -> None:
        self._file = file
        self._version: list[Any] = []
        self._exploded: dict[tuple[str, bool], Exploded | None] = {}

    def is_empty(self) -> bool:
        return not self._rows("SELECT 1 FROM vocabulary WHERE version > 0 LIMIT 1")

    def senses(self, keys: Sequence[str]) -> Mapping[str, Sequence[Sense]]:
        """Of a term that names several concepts of a vocabulary none is meant, unless one has it as preferred name."""
        found: dict[str, list[Sense]] = {}
        for key, concepts in self._concepts(keys).items():
            for title, numbers in concepts.items():
                for number in numbers:
                    terms = self._terms(number) or [key]
                    found.setdefault(key, []).append(Sense(terms[0], tuple(map(as_said, terms)), title))
        return found

    def heading(self, text: str, exploded: bool) -> Exploded | None:
        """The heading of this name or, where no heading has it, this synonym; in vocabularies with a tree."""
        version = self._rows("PRAGMA data_version")
        if version != self._version or len(self._exploded) >= _KEPT:
            self._version, self._exploded = version, {}
        asked = (text, exploded)
        if asked not in self._exploded:
            self._exploded[asked] = self._heading(text, exploded)
        return self._exploded[asked]

    def _heading(self, text: str, exploded: bool) -> Exploded | None:
        found = self._rows(
            _NAMED + "WHERE t.key = ? AND t.key <> '' AND c.code <> '' "  # noqa: S608
            "AND EXISTS (SELECT 1 FROM tree o JOIN concept w ON w.id = o.concept WHERE w.vocabulary = c.vocabulary) "
            "ORDER BY t.place, v.name LIMIT 1",
            (term_key(as_said(text)),),
        )
        if not found:
            return None
        _, number, _, _, title = found[0]
        numbers = self._below(number) if exploded else [number]
        subjects = self._subjects(numbers[:MAX_HEADINGS])
        is_cut = len(numbers) > MAX_HEADINGS or len(subjects) > MAX_SUBJECTS
        return Exploded(self._terms(number)[0], subjects[:MAX_SUBJECTS], min(len(numbers), MAX_HEADINGS), title, is_cut)

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        try:
            return self._file.rows(sql, values)
        except VocabularyError as error:
            _log.warning("searching without vocabularies: %s", error)
            return []

    def _concepts(self, keys: Sequence[str]) -> dict[str, dict[str, list[int]]]:
        """key → title of the vocabulary → numbers of the concepts meant."""
        named: dict[tuple[str, str], list[tuple[int, int, bool]]] = {}
        for part in _parts(keys):
            sql = f"{_NAMED} WHERE t.key IN ({_marks(part)}) AND t.key <> '' ORDER BY v.name, t.concept, t.place"
            for key, number, place, code, title in self._rows(sql, part):
                named.setdefault((key, title), []).append((number, place, bool(code)))
        found: dict[str, dict[str, list[int]]] = {}
        for (key, title), all_of_them in named.items():
            if meant := _meant(all_of_them):
                found.setdefault(key, {})[title] = meant
        return found

    def _terms(self, number: int) -> list[str]:
        rows = self._rows("SELECT text FROM term WHERE concept = ? ORDER BY place LIMIT ?", (number, _MOST_TERMS))
        return [row[0] for row in rows]

    def _below(self, number: int) -> list[int]:
        """The concept and those that stand below it at any of its places, itself first."""
        rows = self._rows(
            "SELECT DISTINCT below.concept FROM tree own JOIN tree below "
            "ON below.number > own.number || '.' AND below.number < own.number || '/' "
            "WHERE own.concept = ? LIMIT ?",
            (number, MAX_HEADINGS + 1),
        )
        return [number, *(row[0] for row in rows if row[0] != number)]

    def _subjects(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """All names of the concepts, as they are written and as they are said, the preferred ones first."""
        found: dict[str, None] = {}
        rows: list[tuple[int, str]] = []
        for part in _parts(numbers):
            rows += self._rows(f"SELECT place, text FROM term WHERE concept IN ({_marks(part)})", part)  # noqa: S608
        for _, text in sorted(rows, key=lambda row: row[0]):
            found[text] = None
            found[as_said(text)] = None
        return tuple(found)


def _meant(concepts: Sequence[tuple[int, int, bool]]) -> list[int]:
    """The numbers of the concepts a term means: every rule; of numbered concepts one, or none where it is not clear."""
    rules = [number for number, _, is_numbered in concepts if not is_numbered]
    numbered = {number for number, _, is_numbered in concepts if is_numbered}
    preferred = {number for number, place, is_numbered in concepts if is_numbered and place == 0}
    meant = preferred or numbered
    return list(dict.fromkeys([*rules, *(meant if len(meant) == 1 else ())]))


def _parts(values: Sequence[object]) -> Iterator[Sequence[object]]:
    return (values[start : start + _PARTS] for start in range(0, len(values), _PARTS))


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
