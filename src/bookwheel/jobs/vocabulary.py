"""Loads a vocabulary from files, and says beforehand what that would change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.vocabulary.concepts import Concept
from bookwheel.vocabulary.file import Version, VocabularyFile
from bookwheel.vocabulary.lookup import VocabularyLookup
from bookwheel.vocabulary.reading import label_of, read

_SHOWN = 20
"""Terms of each kind named as examples."""


@dataclass(frozen=True, slots=True)
class Example:
    """A search before and after: how many records it finds, and the other words it is searched by."""

    text: str
    before: int
    after: int
    also_before: tuple[str, ...]
    also_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What another version would change. Concepts are the same when their code, or without one their name, is.

    `terms_added` and `terms_removed` count names of concepts; `added` and `removed` are the first of them by alphabet.
    """

    name: str
    concepts: int
    concepts_added: int
    concepts_removed: int
    concepts_changed: int
    terms_added: int
    terms_removed: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    examples: tuple[Example, ...] = ()


TryOut = Callable[[VocabularyLookup, str], tuple[int, tuple[str, ...]]]
"""What a search finds with these vocabularies, and its other words."""


def load_vocabulary(
    file: VocabularyFile, paths: Sequence[Path], name: str = "", label: str = "", progress: Progress = SILENT
) -> Version | None:
    """Make a version of a vocabulary out of files; None when it is the same as the one in use.

    Without a name or label they are made of the first file's name. Raises VocabularyError.
    """
    name = name or default_name(paths[0])
    concepts = chain.from_iterable(read(path) for path in paths)
    files = ", ".join(path.name for path in paths)
    return file.load(name, label or label_of(paths[0]), files, _counted(concepts, progress))


def preview_vocabulary(
    file: VocabularyFile,
    paths: Sequence[Path],
    name: str,
    searches: Sequence[str],
    tried: TryOut,
    progress: Progress = SILENT,
) -> Changes:
    """What `load_vocabulary` would change; nothing is kept. Raises VocabularyError."""
    name = name or default_name(paths[0])
    before = [tried(VocabularyLookup(file), text) for text in searches]
    with TemporaryDirectory() as folder, closing(VocabularyFile(Path(folder) / "vocabulary.sqlite3")) as other:
        file.copy_to(other.path)
        other.create()
        other.rows(f"CREATE TABLE before AS {_TERMS}", (name,))
        load_vocabulary(other, paths, name, "", progress)
        other.rows(f"CREATE TABLE after AS {_TERMS}", (name,))
        after = [tried(VocabularyLookup(other), text) for text in searches]
        examples = tuple(
            Example(text, count, later, also, also_later)
            for text, (count, also), (later, also_later) in zip(searches, before, after, strict=True)
        )
        return _compared(other, name, examples)


def default_name(path: Path) -> str:
    """The name of a vocabulary nobody named: "mesh" for NLM's files, else the file's own without endings."""
    label = label_of(path)
    return "mesh" if label.startswith("MeSH ") else label.lower()


_TERMS = """
    SELECT CASE c.code WHEN '' THEN n.text ELSE c.code END AS concept, t.text AS term
    FROM vocabulary v JOIN concept c ON c.vocabulary = v.id JOIN term n ON n.concept = c.id AND n.place = 0
    JOIN term t ON t.concept = c.id WHERE v.name = ?
"""


def _compared(file: VocabularyFile, name: str, examples: tuple[Example, ...]) -> Changes:
    for table, other in (
        ("added", "after EXCEPT SELECT * FROM before"),
        ("removed", "before EXCEPT SELECT * FROM after"),
    ):
        file.rows(f"CREATE TABLE {table} AS SELECT * FROM {other}")  # noqa: S608

    def number(sql: str) -> int:
        return int(file.rows(f"SELECT count(*) FROM ({sql})")[0][0])  # noqa: S608

    def terms(table: str) -> tuple[str, ...]:
        return tuple(row[0] for row in file.rows(f"SELECT term FROM {table} ORDER BY term LIMIT {_SHOWN}"))  # noqa: S608

    changed = "SELECT concept FROM added UNION SELECT concept FROM removed"
    both = "SELECT concept FROM before INTERSECT SELECT concept FROM after"
    return Changes(
        name,
        concepts=number("SELECT DISTINCT concept FROM after"),
        concepts_added=number("SELECT concept FROM after EXCEPT SELECT concept FROM before"),
        concepts_removed=number("SELECT concept FROM before EXCEPT SELECT concept FROM after"),
        concepts_changed=number(f"SELECT * FROM ({changed}) INTERSECT SELECT * FROM ({both})"),  # noqa: S608
        terms_added=number("SELECT * FROM added"),
        terms_removed=number("SELECT * FROM removed"),
        added=terms("added"),
        removed=terms("removed"),
        examples=examples,
    )


def _counted(concepts: Iterator[Concept], progress: Progress) -> Iterator[Concept]:
    progress.total(None)
    for concept in concepts:
        progress.advance(1)
        yield concept
