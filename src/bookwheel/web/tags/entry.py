"""What a reader typed, as tags: VuFind's rules for blanks and quotes, and commas and semicolons besides.

A tag is shown as it was written, in Unicode's composed form (NFC), so that a formula keeps its small digits. Which tags
are the same is decided in the compatible form (NFKC) without case: `CLL` in letters of full width, `ﬁbrosis` with a
ligature and `H₂O` are what others type as cll, fibrosis and h2o.
"""

import re
from collections.abc import Iterable
from unicodedata import category, normalize

LONGEST = 64
"""Characters of a tag: VuFind counts bytes, and cuts words of other scripts in the middle."""
LONGEST_FOLDED = 200
"""Characters of what tags are compared by; a few signs stand for whole phrases, no word of a language reaches this."""
LONGEST_TEXT = 2_000
"""Characters that a form takes at once."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟＂«»", '"'))
"""What telephones and languages put where a keyboard has the straight one."""
_PART = re.compile(r'"[^"]*"|[^\s,;，、；،؛]+')
_JOINERS = "\u200c\u200d"
"""Persian, Indic scripts and pictures are spelled with them; every other format character is dropped."""
_INVISIBLE = "\u034f\u115f\u1160\u3164\uffa0"
"""Letters and marks by their category, and nothing to see."""


def split(text: str) -> tuple[str, ...]:
    """The tags in a text, in the order written; of those that are the same the first. Some may be too long.

    >>> split('leukemia, "targeted therapy" Leukemia "to read')
    ('leukemia', 'targeted therapy', 'to', 'read')
    """
    found: dict[str, str] = {}
    for part in _PART.findall(_clean(text)):
        tag = _as_written(part)
        if folded := fold(tag):
            found.setdefault(folded, tag)
    return tuple(found.values())


def joined(tags: Iterable[str]) -> str:
    """A text that `split` makes the same tags of: for a form with the tags there are."""
    return ", ".join(f'"{tag}"' if _PART.fullmatch(tag) is None else tag for tag in tags)


def single(text: str) -> str:
    """All of a text as one tag, where a form asks for one; "" when nothing is left of it.

    >>> single(' targeted   "therapy" ')
    'targeted therapy'
    """
    tag = _as_written(_clean(text))
    return tag if fold(tag) else ""


def fold(tag: str) -> str:
    """What tags are compared by.

    >>> fold("Straße") == fold("STRASSE"), fold("ＣＬＬ")
    (True, 'cll')
    """
    before, folded = "", tag
    while folded != before:
        # One round seldom leaves work for a second; the last one finds that nothing changes any more.
        before, folded = folded, normalize("NFKC", folded).casefold()
        folded = "".join(c for c in folded if category(c) != "Cf" and c not in _INVISIBLE)
    return " ".join(folded.replace('"', "").split())


def is_too_long(tag: str) -> bool:
    return len(tag) > LONGEST or len(fold(tag)) > LONGEST_FOLDED


def _as_written(part: str) -> str:
    return normalize("NFC", " ".join(part.replace('"', "").split()))


def _clean(text: str) -> str:
    """Composed, quotes straight; without control and direction characters, halves of pairs, and unused code points."""
    kept = (c for c in text if c.isspace() or c in _JOINERS or category(c) not in ("Cc", "Cf", "Cs", "Cn"))
    return normalize("NFC", "".join(c for c in kept if c not in _INVISIBLE)).translate(_QUOTES)
