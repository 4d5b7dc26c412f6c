"""Letters as a style wants them: sentence, title, first, all, upper and lower."""

import re
from collections.abc import Callable
from itertools import pairwise

from bookwheel.exports.citing.rich import Rich, Span, plain

_SMALL_WORDS = """
a about above across after against al along alongside amid amidst among amongst an and around as aside at atop before
behind below beneath beside besides between beyond but by c ca circa d de despite down during et except for from
given in inside into la le like near next nor notwithstanding of off on onto or out over per plus pro qua sans since
so than the through throughout till to toward towards under underneath until unto up upon v van versus via von vs
with within without y yet
"""
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words that stay small inside an English title: articles, conjunctions, prepositions (specification, "Text-case")."""

_BETWEEN = "-–—/:?!"
_WORD = re.compile(r"[^\s\-–—/:?!]+|[\s\-–—/:?!]+")


def cased(rich: Rich, case: str, *, english: bool) -> Rich:
    """The tree in a `text-case` of CSL; "title" leaves words of other languages alone."""
    match case:
        case "lowercase":
            return _walked(rich, str.lower)
        case "uppercase":
            return _walked(rich, str.upper)
        case "capitalize-first":
            return _first(rich, _capital)[0]
        case "capitalize-all":
            return _walked(rich, lambda text: re.sub(r"\S+", lambda word: _capital(word[0]), text))
        case "sentence":
            shouted = plain(rich).isupper()
            return _first(_walked(rich, str.lower) if shouted else rich, _capital)[0]
        case "title" if english:
            return _titled(rich)
    return rich


def _walked(rich: Rich, change: Callable[[str], str]) -> Rich:
    if isinstance(rich, str):
        return change(rich)
    if rich.format == "nocase":
        return rich
    return Span(tuple(_walked(part, change) for part in rich.parts), rich.format, rich.target)


def _first(rich: Rich, change: Callable[[str], str]) -> tuple[Rich, bool]:
    """Change the first string that has a letter; the flag says whether there was one."""
    if isinstance(rich, str):
        begin = len(rich) - len(rich.lstrip())
        return rich[:begin] + change(rich[begin:]), any(letter.isalnum() for letter in rich)
    if rich.format == "nocase":
        return rich, True
    parts = list(rich.parts)
    for at, part in enumerate(parts):
        parts[at], done = _first(part, change)
        if done:
            return Span(tuple(parts), rich.format, rich.target), True
    return rich, False


def _capital(word: str) -> str:
    """The first letter large, unless the word has a large one already ("mRNA")."""
    head = word.split(maxsplit=1)[0] if word.strip() else ""
    return word if any(letter.isupper() for letter in head) else word[:1].upper() + word[1:]


def _titled(rich: Rich) -> Rich:
    return _Titling(sum(map(_is_word, _tokens(rich)))).walk(rich)


def _tokens(rich: Rich) -> list[str]:
    return _WORD.findall(rich) if isinstance(rich, str) else [token for part in rich.parts for token in _tokens(part)]


def _is_word(token: str) -> bool:
    return token[0] not in _BETWEEN and not token[0].isspace()


class _Titling:
    """Walks a title once and knows whether the next word opens it, closes it, or follows a colon.

    A word with a capital keeps its letters: it is a name, an acronym, or a title all in capitals, of which nobody
    can tell which words are names.
    """

    def __init__(self, words: int) -> None:
        self.left, self.opens, self.after_stop = words, True, False

    def walk(self, rich: Rich) -> Rich:
        if isinstance(rich, str):
            tokens = _WORD.findall(rich)
            return "".join(self._token(token, following) for token, following in pairwise([*tokens, ""]))
        if rich.format in ("nocase", "small-caps", "superscript", "subscript"):
            self.left -= sum(map(_is_word, _tokens(rich)))
            self.opens = False
            return rich
        return Span(tuple(self.walk(part) for part in rich.parts), rich.format, rich.target)

    def _token(self, token: str, following: str) -> str:
        if not _is_word(token):
            self.opens = self.opens or any(mark in token for mark in ":?!")
            return token
        self.left -= 1
        opens, self.opens = self.opens, False
        # A capital after a full stop begins a sentence; a small letter may follow an abbreviation.
        opens, self.after_stop = opens or (self.after_stop and token[0].isupper()), token.endswith(".")
        # "vs." is a small word, "A." somebody's initial.
        bare = token.strip("“”‘’\"'(),;[]«»." if token.islower() else "“”‘’\"'(),;[]«»").lower()
        if bare in _SMALL and not opens and self.left > 0 and following != "-":
            return token.lower() if token.istitle() else token
        begin = next((place for place, letter in enumerate(token) if letter.isalnum()), 0)
        if any(letter.isupper() for letter in token) or "α" <= token[begin] <= "ω":
            return token
        return token[:begin] + token[begin : begin + 1].upper() + token[begin + 1 :]
