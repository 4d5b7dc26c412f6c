"""Texts made clean, sortable and free of e-mail addresses; every loop here is linear in its input."""

import re
import unicodedata

from bookwheel.records.latin import to_ascii

_UNWANTED = re.compile(
    # Control characters but white space; what XML and databases refuse; halves of surrogate pairs; the byte order mark.
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff"
    # Embeddings, overrides and isolates turn the text around them; the harmless marks U+200E and U+200F stay.
    "\u202a-\u202e\u2066-\u2069]"
)


def clean(text: str) -> str:
    """One line without control characters: runs of white space become one blank, the ends are trimmed.

    Characters that reorder their surroundings (bidi embeddings, overrides, isolates) are dropped: they can make a
    title or address read as another. Markup stays; it is dealt with where text is shown.
    """
    return " ".join(without_controls(text).split())


def without_controls(text: str) -> str:
    """The text without the characters `clean` drops; white space as it is."""
    return text if text.isprintable() else _UNWANTED.sub("", text)


_AT = re.compile("[@＠﹫]")
_LOCAL = frozenset("!#$%&'*+-/=?^_`{|}~.")
_LOCAL_MAX = 64
_DOMAIN_MAX = 255
_WRAPPED = {"<": ">", "(": ")", "[": "]"}


def without_emails(text: str) -> str:
    """The text with every e-mail address taken out, and brackets or "mailto:" that held nothing else.

    An address needs a dotted domain that ends in letters: "precision@10" and "@handle" stay.
    Looks at most 64 characters left and 255 right of each @ (RFC 5321), so time is linear.
    """
    if "@" not in text and "＠" not in text and "﹫" not in text:
        return text
    kept: list[str] = []
    end_of_last = 0
    for at in _AT.finditer(text):
        span = _address(text, at.start(), end_of_last)
        if span is None:
            continue
        start, end = _with_wrapping(text, *span, end_of_last)
        kept.append(text[end_of_last:start])
        if end < len(text) and text[end] == " " and (start == 0 or text[start - 1] == " "):
            end += 1
        end_of_last = end
    kept.append(text[end_of_last:])
    return "".join(kept)


def _address(text: str, at: int, floor: int) -> tuple[int, int] | None:
    start = at
    while start > max(floor, at - _LOCAL_MAX) and (text[start - 1].isalnum() or text[start - 1] in _LOCAL):
        start -= 1
    end = at + 1
    while end < min(len(text), at + _DOMAIN_MAX) and (text[end].isalnum() or text[end] in "-."):
        end += 1
    while end > at and text[end - 1] in "-.":
        end -= 1
    top = text[at + 1 : end].rpartition(".")
    if start >= at or not top[0] or len(top[2]) < 2 or not top[2].isalpha():
        return None
    return start, end


def _with_wrapping(text: str, start: int, end: int, floor: int) -> tuple[int, int]:
    if text[max(floor, start - 7) : start].lower() == "mailto:":
        start -= 7
    if start > floor and end < len(text) and _WRAPPED.get(text[start - 1]) == text[end]:
        return start - 1, end + 1
    return start, end


_PHP_BLANKS = " \t\n\r\0\x0b"
_ARTICLES = ("a ", "an ", "the ")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~ \t-\r]+")


def strip_articles(title: str) -> str:
    """Lower case without one leading "a ", "an " or "the ": "The A to Z" → "a to z".

    Source: VuFind, XSLT/Import/VuFind.php, stripArticles. English articles only, kept equal to it.
    """
    text = title.strip(_PHP_BLANKS).lower()
    for article in _ARTICLES:
        if text.startswith(article):
            return text[len(article) :]
    return text


def title_sort(title: str) -> str:
    """Key that sorts a title where a reader looks for it: "The Éclair: A Life" → "eclair a life".

    One leading a, an, the dropped; Latin letters in ASCII; runs of ASCII punctuation and space become one space;
    lower case; other scripts stay as they are. Empty when the title holds punctuation alone: callers then sort by id.

    Source: VuFind, XSLT/Import/VuFind.php, titleSortLower(stripArticles(title)). Kept equal to it, so that both
    systems may fill one index. Its clean-up of final punctuation never finds any: punctuation is gone by then.
    """
    return _PUNCTUATION.sub(" ", to_ascii(strip_articles(title))).strip(_PHP_BLANKS).lower()


_SIGNS = re.compile(r"[\W_]+")
# Canonical combining classes that belong to the letter: vowel signs, nukta, kana voicing, virama.
_KEPT_MARKS = (0, 7, 8, 9)


def sort_key(text: str) -> str:
    """Key that brings names and headings of any script into a reader's order: "Łódź, ÉTUDES" → "lodz etudes".

    Case and accents are ignored, in other scripts than Latin too; signs become one blank. Plain code point order of
    the keys is meant: no locale, no ICU, so that an index has one order on every machine.
    """
    text = to_ascii(text).casefold()
    if text.isascii():
        return _SIGNS.sub(" ", text).strip()
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(
        c if c.isalnum() or unicodedata.category(c)[0] == "M" else " "
        for c in decomposed
        if unicodedata.combining(c) in _KEPT_MARKS
    )
    return unicodedata.normalize("NFC", " ".join(letters.split()))
