"""The synonyms that curators keep by hand, as text: what it holds, what it would change, and versions to go back to."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bookwheel.errors import UnknownNameError
from bookwheel.jobs.vocabulary import Changes, load_vocabulary, preview_vocabulary
from bookwheel.vocabulary.file import Version, VocabularyFile
from bookwheel.vocabulary.tables import written_rules

NAME = "synonyms"
"""The vocabulary that `bookwheel vocabulary load synonyms.txt` makes: one text, by page or by file."""
LABEL = "Synonyms"
MOST_RULES = 5_000
LONGEST = 200_000
"""Characters of the text: five thousand rules of forty."""
SHOWN_VERSIONS = 20

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SynonymsPage:
    """`is_editable` is False for a vocabulary that is no list of rules, or too long for a page."""

    text: str
    is_editable: bool
    versions: tuple[Version, ...]


def synonyms_page(file: VocabularyFile) -> SynonymsPage:
    rules = list(islice(file.concepts(NAME), MOST_RULES + 1))
    text = written_rules(rules)
    is_editable = len(rules) <= MOST_RULES and len(text) <= LONGEST and not any(each.code for each in rules)
    return SynonymsPage(text if is_editable else "", is_editable, _versions(file))


def changes(file: VocabularyFile, text: str) -> Changes:
    """What keeping the text would change. Raises VocabularyError for a line that is no rule."""
    return _with_file(text, lambda path: preview_vocabulary(file, [path], NAME, (), lambda words, search: (0, ())))


def keep(file: VocabularyFile, text: str) -> Version | None:
    """Use the text from the next search on; None when nothing is new. Raises VocabularyError as `changes` does."""
    return _with_file(text, lambda path: load_vocabulary(file, [path], NAME, LABEL))


def restore(file: VocabularyFile, number: int) -> Version:
    """Use an earlier version again. Raises UnknownNameError."""
    return file.restore(NAME, number)


def _versions(file: VocabularyFile) -> tuple[Version, ...]:
    try:
        return file.history(NAME)[:SHOWN_VERSIONS]
    except UnknownNameError:
        return ()


def _with_file(text: str, use: Callable[[Path], T]) -> T:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{NAME}.txt"
        path.write_text(text, encoding="utf-8")
        return use(path)
