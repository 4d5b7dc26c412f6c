"""Keys that two records of one work share: VuFind's work keys, and ours beside them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from bookwheel.records import icu
from bookwheel.records.model import Record
from bookwheel.records.text import sort_key, strip_articles

MAX_KEY_AUTHORS = 200
"""Authors that make a key: two records of one work share an early one, and 3,000 keys with a whole title each
would outweigh the record."""

_PART_LENGTH = 255
_RULES = ":: NFD; :: lower; :: Latin; :: [^[:letter:] [:number:]] Remove; :: NFKC;"
_NEITHER_LETTER_NOR_NUMBER = re.compile(r"[\W_]+")
# Neither Latin letters and their marks nor numbers and signs that ICU's "Latin" leaves alone.
_BEYOND_LATIN = re.compile(
    "[^\u0000-\u036f\u1d00-\u1dbf\u1e00-\u1eff\u2000-\u206f\u20a0-\u20cf\u2100-\u23ff\u2c60-\u2c7f\ua722-\ua78e"
    "\ufb00-\ufb06]"
)
_GREEK_ROW = "α:a β:b γ:g δ:d ε:e ζ:z η:ē θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r ς:s σ:s τ:t υ:y φ:ph χ:ch ψ:ps ω:ō"
_GREEK = {ord(pair[0]): pair[2:] for pair in _GREEK_ROW.split(" ")}
"""ICU's Latin for single Greek letters: so common in titles of medicine and chemistry that they must not need ICU."""


def work_keys(title: str, authors: Iterable[str]) -> tuple[str, ...]:
    """VuFind's keys "AT author title", for each form of the title (with and without its article) and each author.

    Equal to VuFind's for Latin script with single Greek letters in it ("β-glucan"). Other scripts are put into Latin
    letters by ICU where PyICU is installed, as in VuFind; without it their letters stay, and such keys meet those of
    other records of ours, but not VuFind's own.
    Two deviations: no key with an empty author or title, which would group unrelated works; the first 200 authors only.

    Source: VuFind, XSLT/Import/VuFindWorkKeys.php with the arguments of doaj.xsl.
    """
    titles = dict.fromkeys((_key_part(title), _key_part(strip_articles(title))))
    names = [name for name in map(_key_part, list(authors)[:MAX_KEY_AUTHORS]) if name]
    # "0" is empty to PHP, so VuFind has no key for a work of that title.
    return tuple(f"AT {name} {part}" for part in titles if part not in ("", "0") for name in names)


def _key_part(text: str) -> str:
    if text.isascii():
        return _NEITHER_LETTER_NOR_NUMBER.sub("", text.lower())[:_PART_LENGTH]
    if _BEYOND_LATIN.search(text) and (transform := icu.transform(_RULES)):
        key = transform(text)
    else:
        letters = _NEITHER_LETTER_NOR_NUMBER.sub("", unicodedata.normalize("NFD", text).lower())
        key = unicodedata.normalize("NFKC", letters.translate(_GREEK))
    return key.lower()[:_PART_LENGTH]


_MIN_TITLE_LENGTH = 20
"""Letters a Latin title needs for a key, others half: "Editorial" and "Letter to the editor" are many works."""


def work_ids(record: Record) -> tuple[str, ...]:
    """Our keys: "DOI 10.…", and "WK name title year" from the first author's sorted name parts.

    "Agostino Cortelezzi" and "Cortelezzi, Agostino M." give one key. No key is made from an empty part.
    """
    keys = [f"DOI {doi}"] if (doi := record.doi) else []
    title = normal_title(record.title.value).replace(" ", "")
    name = _name_part(record.contributors[0].name) if record.contributors else ""
    year = record.published.year if record.published else 0
    if name and year and len(title) >= (_MIN_TITLE_LENGTH if title.isascii() else _MIN_TITLE_LENGTH // 2):
        keys.append(f"WK {name} {title[:_PART_LENGTH]} {year}")
    return tuple(keys)


def _name_part(name: str) -> str:
    parts = sort_key(name).split()
    return ".".join(sorted(_without_initials(parts) or parts))[:_PART_LENGTH]


def _without_initials(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if len(part) > 1 or not part.isascii()]


_TAG = re.compile(r"</?[a-z]{1,10}>", re.I)


def normal_title(title: str) -> str:
    """The title's words for comparison: no case, accents, signs, inline tags or leading English article."""
    if "<" in title:
        title = _TAG.sub("", title)
    return sort_key(strip_articles(title))
