"""The little markup of titles and abstracts: what is a tag, what is only an angle bracket, and the words alone."""

import re
from html import unescape

INLINE = frozenset({"i", "b", "em", "strong", "sub", "sup"})
BLOCK = INLINE | {"p", "br"}

# Tags that publishers put into abstracts and nobody keeps; their text is kept.
_PUBLISHERS_TAGS = """
a abbr article big blockquote center cite code dd div dl dt font h1 h2 h3 h4 h5 h6 hr img italic bold li ol
q s sc section small span strike table tbody td th thead title tr tt u ul
"""
_DROPPED = frozenset(_PUBLISHERS_TAGS.split())
_APART_ROW = "article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li p sec section td th title tr"
_APART = frozenset(_APART_ROW.split())
"""Tags that stand between words: what they held apart stays apart."""

TAG = re.compile(r"</?((?:jats:)?[A-Za-z][A-Za-z0-9]{0,20})((?:\s[^<>]*)?)/?>")


def is_markup(tag: re.Match[str]) -> bool:
    """Whether a match of TAG is a tag and not a reader's "a <b and c> d".

    Tags have a known name, and attributes have a "=".
    """
    name, rest = tag[1].lower(), tag[2].strip().rstrip("/")
    known = name in BLOCK or name in _DROPPED or name.startswith("jats:")
    return known and (not rest or "=" in rest)


def plain(text: str) -> str:
    """The words alone: tags taken out, entities read; "p<0.05" stays.

    >>> plain("<jats:title>Aim</jats:title><jats:p>H<sub>2</sub>O &amp; p<0.05</jats:p>")
    'Aim  H2O & p<0.05'
    """
    if "<" in text:
        text = TAG.sub(_taken_out, text).strip()
    return unescape(text) if "&" in text else text


def _taken_out(tag: re.Match[str]) -> str:
    if not is_markup(tag):
        return tag[0]
    return " " if tag[1].lower().removeprefix("jats:") in _APART else ""
