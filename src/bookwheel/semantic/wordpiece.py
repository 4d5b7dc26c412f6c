"""Texts become the numbers of word pieces, as the sentence model was taught them.

Kept equal to BERT's uncased tokenizer (google-research/bert, tokenization.py, and its port in the package
`tokenizers`), in pure Python: that package brings a network client along.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category, normalize

CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
MAX_WORD = 100
"""Longer words are unknown as a whole."""


class WordPieces:
    """A vocabulary, and texts taken apart by it."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """`vocabulary` gives the pieces in the order of their numbers; "##" marks those that go on a word."""
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._cls, self._sep, self._unknown = (self._numbers[name] for name in (CLS, SEP, UNKNOWN))
        self._of_word = lru_cache(100_000)(self._pieces)

    def numbers(self, text: str, most: int) -> list[int]:
        """The numbers of a text with those of its begin and end; what goes beyond `most` of them is cut off."""
        found = [self._cls]
        for word in words(text):
            found += self._of_word(word)
            if len(found) >= most:
                break
        return [*found[: most - 1], self._sep]

    def _pieces(self, word: str) -> tuple[int, ...]:
        """The longest known piece from the left, again and again; a word that cannot be made of pieces is unknown."""
        if len(word) > MAX_WORD:
            return (self._unknown,)
        found = []
        begin = 0
        while begin < len(word):
            mark = "##" if begin else ""
            for end in range(len(word), begin, -1):
                number = self._numbers.get(mark + word[begin:end])
                if number is not None:
                    break
            else:
                return (self._unknown,)
            found.append(number)
            begin = end
        return tuple(found)


def words(text: str) -> list[str]:
    """Lower-case words without accents; punctuation marks and Chinese characters are words of their own."""
    if not text.isascii():
        text = normalize("NFD", text.translate(_CLEANED)).lower().translate(_MARKED)
    else:
        text = text.lower().translate(_CLEANED)
    return _WORD.findall(text)


class _Cleaned(dict[int, int | str | None]):
    """Every sort of space becomes a blank; control characters go; Chinese characters get room."""

    def __missing__(self, code: int) -> int | str | None:
        character = chr(code)
        kind = category(character)
        found: int | str | None = code
        if character in "\t\n\r" or kind == "Zs":
            found = " "
        elif kind in ("Cc", "Cf", "Co") or code == 0xFFFD:
            found = None
        elif _CHINESE.match(character):
            found = f" {character} "
        self[code] = found
        return found


class _Marked(dict[int, int | str | None]):
    """Accents go; punctuation beyond ASCII gets room, so that it stands alone."""

    def __missing__(self, code: int) -> int | str | None:
        kind = category(chr(code))
        found: int | str | None = code
        if kind == "Mn":
            found = None
        elif kind[0] == "P" and code > 127:
            found = f" {chr(code)} "
        self[code] = found
        return found


_CLEANED = _Cleaned()
_MARKED = _Marked()
_WORD = re.compile(r"[!-/:-@\[-`{-~]|[^\s!-/:-@\[-`{-~]+")
_CHINESE = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ceaf\U0002f800-\U0002fa1f]"
)
