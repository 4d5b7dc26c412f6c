"""A CSL name taken apart: particles, suffix, initials, and the scripts that write the family first."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple


class Person(NamedTuple):
    """A name's parts; a body has `literal` alone."""

    family: str = ""
    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    literal: str = ""


_LEADING = re.compile(r"((?:[^\W\d_A-Z][\w'’.-]*\s+)+|[^\W\d_A-Z]{1,3}(?:['’]|-(?=[^\W\d_])))(?=\S)")
_TRAILING = re.compile(r"\s+((?:[^\W\d_A-Z][\w'’-]*\s*)+)$")
_SHORTENED = re.compile(r"[^\W\d_]{2,3}\.")
_INITIAL = re.compile(r"[^\W\d_]\.?")


def person(name: Mapping[str, Any]) -> Person:
    """A CSL-JSON name; particles in small letters are found where they are not given apart ("van der Werf")."""

    def part(key: str) -> str:
        return str(name.get(key) or "").replace("'", "’")

    if part("literal"):
        return Person(literal=part("literal"))
    family, given = part("family"), part("given")
    if not family:
        return Person(literal=given)
    dropping, non_dropping = part("dropping-particle"), part("non-dropping-particle")
    if family[0] == family[-1] == '"':
        family = family[1:-1]
    elif not dropping and not non_dropping:
        family, non_dropping = _leading(family)
        given, dropping = _trailing(given)
    suffix, comma = part("suffix"), bool(name.get("comma-suffix"))
    return Person(family, given, dropping, non_dropping, suffix, comma)


def is_western(one: Person) -> bool:
    """Whether a name is written with blanks, given name first: Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian …"""
    return not any(
        unicodedata.name(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))
        for letter in one.family[:2] + one.given[:2]
    )


def initials(given: str, mark: str, *, hyphenates: bool = True) -> str:
    """Given names as initials, each followed by `mark`: "Karl-Heinz" → "K.-H." with ". "."""
    made = ""
    for word in _words(given):
        if word.endswith("."):
            # Shortened already: "Ph." is one letter in its language, "ME." what somebody made of two names.
            made += word[:-1] + mark
            continue
        if word[:1].islower():
            # A particle or "y" within given names is no name to shorten.
            made = f"{made.rstrip()} {word} " if made.strip() else f"{word} "
            continue
        pieces = [piece for piece in re.split(r"[-‐‑]", word) if piece]
        shown = [_letter(piece) for piece in pieces if piece[:1].isalpha()]
        bare = mark.rstrip()
        between = f"{bare}-" if hyphenates else bare
        made += between.join(shown) + mark
    return re.sub(r"\s+", " ", made).strip() if mark.strip() or mark == "" else made.strip()


def spaced_initials(given: str, mark: str) -> str:
    """Names as they are, but single letters followed by `mark`: "J.R. Ronald" → "J. R. Ronald"."""
    words = []
    for word in re.sub(r"\.(?=\S)", ". ", given).split():
        shortened = _INITIAL.fullmatch(word) or _SHORTENED.fullmatch(word)
        words.append(f"{word.rstrip('.')}{mark}" if shortened else f"{word} ")
    return re.sub(r"\s+", " ", "".join(words)).strip()


def _words(given: str) -> list[str]:
    """The words of given names; what full stops part stands apart ("J.R.R."), single letters without their own."""
    words = re.sub(r"\.(?=[^\s-])", ". ", given).replace(".-", "-").split()
    return [word if _SHORTENED.fullmatch(word) else word.rstrip(".") for word in words]


def _letter(word: str) -> str:
    """The first letter, large."""
    return word[0].upper()


def _leading(family: str) -> tuple[str, str]:
    found = _LEADING.match(family)
    if not found or not family[found.end() :]:
        return family, ""
    return family[found.end() :], found.group().strip()


def _trailing(given: str) -> tuple[str, str]:
    found = _TRAILING.search(given)
    return (given[: found.start()], found.group(1).strip()) if found else (given, "")
