"""Titles and abstracts that come with JATS, MathML or HTML in them: four inline tags stay, all else is text."""

import re
from html import unescape

from bookwheel.formats.reading import plain
from bookwheel.records import markup

_TAG = re.compile(r"<(/?)((?:jats|mml|m|ali|xlink):)?([A-Za-z][\w-]{0,30})((?:\s[^<>]*)?)/?>")
_INLINE = {"italic": "i", "i": "i", "em": "i", "bold": "b", "b": "b", "strong": "b", "sub": "sub", "sup": "sup"}
_GLUED = frozenset(
    ("sc", "underline", "monospace", "span", "xref", "a", "font", "u", "named-content", "styled-content")
)
_HEADING = re.compile(r"<(?:jats:)?title(?:\s[^<>]*)?>(.{0,200}?)</(?:jats:)?title>", re.DOTALL)
_NO_HEADING = frozenset(("abstract", "summary", "résumé", "resumen", "resumo", "zusammenfassung", "abstract:"))


def from_jats(text: str) -> str:
    """An abstract in one line: headings become "Aim: …", the heading "Abstract" falls away.

    >>> from_jats("<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title><jats:p>To see.</jats:p>")
    'Aim: To see.'
    """
    return inline(_HEADING.sub(_worded, text)) if "<" in text or "&" in text else plain(text)


def _worded(heading: re.Match[str]) -> str:
    words = heading[1].strip()
    if words.lower() in _NO_HEADING:
        return " "
    return f" {words}{'' if words.endswith((':', '.', '?')) else ':'} "


def inline(text: str) -> str:
    """One clean line with <i>, <b>, <sub> and <sup> alone; an angle bracket that opens no tag stays.

    >>> inline("<jats:italic>E. coli</jats:italic> &amp; CO<sub>2</sub>, p&lt;0.05")
    '<i>E. coli</i> & CO<sub>2</sub>, p<0.05'
    """
    if "<" in text:
        text = _TAG.sub(_kept, text)
    if "&" in text:
        # Escaped twice by many publishers.
        text = _TAG.sub(_kept, unescape(unescape(text)))
    return plain(text)


def words(text: str) -> str:
    """One clean line without any tags: names, search text."""
    if "<" in text or "&" in text:
        return plain(markup.plain(inline(text)))
    return plain(text)


def _kept(tag: re.Match[str]) -> str:
    name = tag[3].lower()
    if name in _INLINE and not (tag[4].strip() and "=" not in tag[4]):
        return f"<{tag[1]}{_INLINE[name]}>"
    if tag[2]:
        return "" if name in _GLUED or tag[2] in ("mml:", "m:") else " "
    known = markup.TAG.fullmatch(tag[0])
    if known is None or not markup.is_markup(known):
        return tag[0]
    return "" if name in _GLUED else " "
