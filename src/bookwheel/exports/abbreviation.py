"""Journal titles shortened as ISO 4 does, for the styles of medicine, chemistry and engineering that print them so."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

_LEFT_OUT_ROW = "a an and at by de del der des di die du e el et for für in la le los of och og on the to und y &"
_LEFT_OUT = frozenset(_LEFT_OUT_ROW.split())
"""Articles, conjunctions and prepositions (ISO 4, 4.2)."""
_STEM_LENGTH = 3
"""Shortest stem in the list, without its hyphen."""


@lru_cache(maxsize=4096)
def abbreviated(title: str) -> str:
    """A journal's title in its short form with full stops; "" unless every word of it is known.

    >>> abbreviated("Advances in Hematology")
    'Adv. Hematol.'
    >>> abbreviated("Blood"), abbreviated("Studia Bibliothecaria Xenica")
    ('Blood', '')

    Half a short form is worse than the whole title, so an unknown word gives nothing, nor does a title with a colon
    or another name beside it. A title of one word is not shortened (ISO 4, 4.3).
    """
    if any(mark in title for mark in ":;=/()"):
        return ""
    words = [word for word in title.replace("'", "’").replace(",", " ").split() if word.lower() not in _LEFT_OUT]
    if len(words) == 1:
        return words[0]
    short = [_word(word) for word in words]
    return " ".join(short) if all(short) else ""


def _word(word: str) -> str:
    lower = word.lower()
    words, stems = _table()
    found = words.get(lower)
    if found is None:
        found = next(
            (stems[lower[:end]] for end in range(len(lower), _STEM_LENGTH - 1, -1) if lower[:end] in stems), ""
        )
    if not found:
        return ""
    if found == lower:
        return word if word[0].isupper() else word.capitalize()
    return found.capitalize()


@cache
def _table() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Whole words and stems, each with what it becomes."""
    words: dict[str, str] = {}
    stems: dict[str, str] = {}
    for line in (files(__package__) / "title_words.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        word, _, short = line.partition(" ")
        (stems if word.endswith("-") else words)[word.rstrip("-")] = short or word
    return words, stems
