"""Text from strangers as safe HTML: a few inline tags survive, everything else is shown as the text it is.

This is the one place where harvested text becomes markup (reliability S1, S3). Templates escape all the rest.
"""

import re
from collections.abc import Iterable
from html import unescape

import nh3
from markupsafe import Markup, escape

from bookwheel.records.markup import BLOCK, INLINE, TAG, is_markup, plain

__all__ = ["block", "breakable", "inline", "marked", "plain", "shortened", "without_emails"]

_PARAGRAPH = {"jats:p": "p", "jats:italic": "i", "jats:bold": "b", "jats:sub": "sub", "jats:sup": "sup"}
_EMAIL = re.compile(r"[^\s<>@\"'():;,]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")


def inline(text: str) -> Markup:
    """A title: italics, sub- and superscripts kept.

    >>> inline("p<0.05 in <i>E. coli</i> & <script>alert(1)</script>")
    Markup('p&lt;0.05 in <i>E. coli</i> &amp; &lt;script&gt;alert(1)&lt;/script&gt;')
    """
    return _clean(text, INLINE)


def block(text: str) -> Markup:
    """An abstract: as a title, with paragraphs and line breaks."""
    return _clean(text, BLOCK)


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """Plain text with the parts from start to end in `<mark>`; every part is escaped before the marks are set."""
    pieces: list[Markup] = []
    place = 0
    for start, end in spans:
        if start < place or end <= start:
            continue
        pieces += [escape(text[place:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        place = end
    return Markup("").join([*pieces, escape(text[place:])])


SHORT = 120
"""Characters of a search where it is named and not shown."""


def shortened(text: str) -> str:
    """A search as a name for it: one line, cut behind a word.

    >>> shortened("one \\n two")
    'one two'
    """
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rsplit(' ', 1)[0]} …"


def breakable(path: str) -> Markup:
    """A technical name that may be broken behind its dots, slashes and underscores."""
    text = str(escape(path))
    for sign in "._/":
        text = text.replace(sign, f"{sign}<wbr>")
    return Markup(text)  # noqa: S704  (escaped in the first line)


def without_emails(text: str) -> str:
    """Payload text with every e-mail address masked.

    >>> without_emails("<email>a.b@example.org</email>")
    '<email>…@…</email>'
    """
    return _EMAIL.sub("…@…", text) if "@" in text else text


def _clean(text: str, allowed: frozenset[str]) -> Markup:
    """Angle brackets that open no known tag are text ("p<0.05"), so nothing a reader should see gets lost."""
    if "<" not in text:
        return escape(unescape(text) if "&" in text else text)
    pieces = []
    place = 0
    for tag in TAG.finditer(text):
        pieces += [_escaped(text[place : tag.start()]), _known(tag) if is_markup(tag) else _escaped(tag[0])]
        place = tag.end()
    pieces.append(_escaped(text[place:]))
    return Markup(nh3.clean("".join(pieces), tags=set(allowed), attributes={}))  # noqa: S704  (nh3 has cleaned it)


def _escaped(text: str) -> str:
    return str(escape(unescape(text)))


def _known(tag: re.Match[str]) -> str:
    """The tag without attributes, JATS names as HTML's."""
    name = tag[1].lower()
    slash = "/" if tag[0].startswith("</") else ""
    return f"<{slash}{_PARAGRAPH.get(name, name.removeprefix('jats:'))}>"
