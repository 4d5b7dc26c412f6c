"""Text from strangers as safe HTML: a few inline tags survive, everything else is shown as the text it is.

This is the one place where harvested text becomes markup (reliability S1, S3). Templates escape all the rest.
"""

import re
from collections.abc import Iterable
from html import unescape

import nh3
from markupsafe import Markup, escape

INLINE = frozenset({"i", "b", "em", "strong", "sub", "sup"})
BLOCK = INLINE | {"p", "br"}

# Tags that publishers put into abstracts: dropped with their attributes, their text kept.
_PUBLISHERS_TAGS = """
a abbr article big blockquote center cite code dd div dl dt font h1 h2 h3 h4 h5 h6 hr img italic bold li ol
q s sc section small span strike table tbody td th thead title tr tt u ul
"""
_DROPPED = frozenset(_PUBLISHERS_TAGS.split())
_TAG = re.compile(r"</?((?:jats:)?[A-Za-z][A-Za-z0-9]{0,20})((?:\s[^<>]*)?)/?>")
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


def plain(text: str) -> str:
    """The words alone: tags that would be kept or dropped are taken out, entities read."""
    if "<" in text:
        text = _TAG.sub(lambda tag: "" if _is_markup(tag) else tag[0], text)
    return unescape(text) if "&" in text else text


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
    for tag in _TAG.finditer(text):
        pieces += [_escaped(text[place : tag.start()]), _known(tag) if _is_markup(tag) else _escaped(tag[0])]
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


def _is_markup(tag: re.Match[str]) -> bool:
    """Whether this is a tag and not a reader's "a <b and c> d": tags have a known name, and attributes have a "="."""
    name, rest = tag[1].lower(), tag[2].strip().rstrip("/")
    known = name in BLOCK or name in _DROPPED or name.startswith("jats:")
    return known and (not rest or "=" in rest)
