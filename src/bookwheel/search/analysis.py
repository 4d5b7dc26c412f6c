"""The one analysis of text: what a word is, for every engine, query and highlight.

Engines index `folded_words` and `stems` of each value, joined by blanks, and split at blanks alone.
A word is a run of letters, marks and digits, folded: "Sciumè" is "sciume", "p53" stays whole, "SARS-CoV-2" is three
words. No word is dropped, so "to be or not to be" and "the who" can be found. Folding works character by character
(each maps to some text, whatever stands beside it), so composed and decomposed spelling give the same words and
every word knows its place in the original.
"""

from __future__ import annotations

import re
import threading
from typing import NamedTuple
from unicodedata import category, decimal, normalize

from snowballstemmer.english_stemmer import EnglishStemmer  # type: ignore[import-untyped]

MAX_WORD = 100
"""Characters of a word that count; the rest is cut off, in the index and in the query alike."""


class Token(NamedTuple):
    """A folded word and where it stands: `text_of[start:end]` in characters of the original."""

    text: str
    start: int
    end: int


def folded_words(text: str) -> list[str]:
    """The words of a text, folded, in order: "The Éclair's p53" -> ["the", "eclair", "p53"]."""
    text = _without_possessives(text)
    if not text.isascii():
        # Most texts have a few letters beyond ASCII: fold those alone and take the short way where that is enough.
        text = _BEYOND_ASCII.sub(lambda run: run[0].translate(_FOLDING), text)
    if text.isascii():
        words = text.translate(_ASCII).split()
    else:
        folded = text.translate(_FOLDING)
        words = _WORD.findall(folded) if _UNSPACED.search(folded) else folded.split()
    if words and len(max(words, key=len)) > MAX_WORD:
        return [word[:MAX_WORD] for word in words]
    return words


def stems(text: str) -> list[str]:
    """The words of a text with English endings taken off; same length and places as `folded_words`."""
    return [_STEMS[word] for word in folded_words(text)]


def stem(word: str) -> str:
    """The stem of one folded word; words with digits or letters beyond a-z stay as they are."""
    return _STEMS[word]


def tokens(text: str) -> list[Token]:
    """The words of `folded_words`, each with its place in the original text."""
    text = _without_possessives(text)
    if text.isascii():
        return [Token(run[0][:MAX_WORD], run.start(), run.end()) for run in _ASCII_WORD.finditer(text.lower())]
    pieces = [_FOLDING[ord(character)] for character in text]
    origin = [place for place, piece in enumerate(pieces) for _ in piece]
    found = []
    for match in _WORD.finditer("".join(pieces)):
        end = origin[match.end() - 1] + 1
        while end < len(pieces) and not pieces[end]:
            end += 1
        found.append(Token(match[0][:MAX_WORD], origin[match.start()], end))
    return found


def title_key(title: str) -> str:
    """The words of a whole title as one text, to find a title typed in full whatever its punctuation."""
    return " ".join(folded_words(title))


def isn(text: str) -> str:
    """An ISSN or ISBN as it is compared: digits and x of the first run without blanks; "" under four of them.

    Source: VuFind's field type `isn` (schema.xml).
    """
    first = text.split(maxsplit=1)[:1]
    kept = "".join(character for character in "".join(first).lower() if character in "0123456789x")
    return kept if 4 <= len(kept) <= 100 else ""


def _without_possessives(text: str) -> str:
    """The text with every 's of a possessive blanked out, so that "Crohn's" and "Crohn" are one word."""
    if "'" not in text and "’" not in text:
        return text
    return _POSSESSIVE.sub("  ", text)


_POSSESSIVE = re.compile(r"(?<=[^\W\d_])['’][sS](?![^\W_])")

_ASCII_WORD = re.compile("[a-z0-9]+")

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")

_ASCII = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
"""str.translate takes a short cut for text and table of ASCII: about 3 µs for an abstract."""


class _Folding(dict[int, str]):
    """Character -> its folded text, worked out when first met; a blank where words end."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = "".join(_folded(part) for part in _decomposed(chr(code)))
        return folded


def _decomposed(character: str) -> str:
    # Folding case can bring characters that decompose (İ), decomposing can bring capitals (℡): both, until settled.
    once = normalize("NFKD", normalize("NFKD", character).casefold()).casefold()
    return normalize("NFKD", once)


def _folded(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    kind = category(character)
    if kind == "Nd":
        return str(decimal(character))
    if kind[0] == "M":
        return "" if _is_accent(character) else character
    if kind == "Cf":
        return ""
    return character if kind[0] in "LN" else " "


def _is_accent(mark: str) -> bool:
    """Whether a mark may be left out; vowel signs and viramas of Indic scripts and kana voicing may not."""
    return not ("\u0900" <= mark <= "\u1aaf" or "\u1b00" <= mark <= "\u1dbf" or "\u2c00" <= mark <= "\ufdff"
                or "\U00010a00" <= mark <= "\U000e00ff" or "\u07a6" <= mark <= "\u07b0")  # fmt: skip


_SPECIAL = {
    **dict(zip("łøđæœþðıħŧŀ", ("l", "o", "d", "ae", "oe", "th", "d", "i", "h", "t", "l"), strict=True)),
    # Letters of Arabic script that are written one for the other; the tatweel only stretches a word.
    "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": "",
    # Signs for hamza, ayn and soft sign in transliterations stand inside words and are often left out.
    **dict.fromkeys("ʹʺʻʼʽʾʿˀˁ", ""),
    # Words of Thai and Khmer are sometimes parted by a blank of no width.
    "\u200b": " ",
}  # fmt: skip

_FOLDING = _Folding()

_ALONE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u3096\u309d-\u30fa\u30fc-\u318f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
)
"""Han, kana, Yi and their signs."""
_HANGUL = "\u1100-\u115f\ua960-\ua97f"
_SOUTH_EAST = (
    "\u0e01-\u0e30\u0e32-\u0e33\u0e40-\u0e46\u0e80-\u0eb0\u0eb2-\u0eb3\u0ebd-\u0ec6\u0edc-\u0edf"
    "\u1000-\u102a\u1780-\u17b3"
)
"""Thai, Lao, Burmese, Khmer; below, the marks that stand on their letters."""
_SOUTH_EAST_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3"

_UNSPACED = re.compile(f"[{_ALONE}{_HANGUL}{_SOUTH_EAST}]")
"""Letters of scripts that put no blanks between words, or too few: each is a word, and words are found as phrases."""

_WORD = re.compile(
    f"[{_ALONE}][\u3099\u309a]?|[{_HANGUL}][\u1160-\u11ff]*|[{_SOUTH_EAST}][{_SOUTH_EAST_MARKS}]*"
    f"|[^ {_ALONE}{_HANGUL}{_SOUTH_EAST}]+"
)


class _Stems(dict[str, str]):
    """Folded word -> stem, worked out when first met; emptied when it holds too many."""

    def __init__(self) -> None:
        self._stemmer = EnglishStemmer()
        self._lock = threading.Lock()

    def __missing__(self, word: str) -> str:
        if not (word.isascii() and word.isalpha()):
            return word
        # The stemmer keeps the word it works on in itself, so one thread at a time.
        with self._lock:
            if len(self) >= _MOST_STEMS:
                self.clear()
            found = self[word] = str(self._stemmer.stemWord(word))
        return found


_MOST_STEMS = 500_000
"""About 60 MB; all words of a million abstracts are fewer, misspellings apart."""

_STEMS = _Stems()
