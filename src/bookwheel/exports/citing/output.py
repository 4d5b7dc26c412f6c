"""A finished tree becomes text or HTML: quotation marks set, italics turned about, punctuation that meets settled."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from bookwheel.exports.citing.locale import Locale
from bookwheel.exports.citing.rich import Rich, Span

_OPPOSITE = {"italic": "roman", "bold": "light", "small-caps": "normal-caps", "underline": "plain"}
_TAGS = {
    "italic": ("<i>", "</i>"),
    "roman": ('<span style="font-style:normal;">', "</span>"),
    "bold": ("<b>", "</b>"),
    "light": ('<span style="font-weight:normal;">', "</span>"),
    "small-caps": ('<span style="font-variant:small-caps;">', "</span>"),
    "normal-caps": ('<span style="font-variant:normal;">', "</span>"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
    "baseline": ('<span style="vertical-align:baseline;">', "</span>"),
    "underline": ('<span style="text-decoration:underline;">', "</span>"),
    "plain": ('<span style="text-decoration:none;">', "</span>"),
}

_KEPT = {
    "!": {".": "!", ":": "!", "!": "!"},
    "?": {".": "?", ":": "?", "?": "?"},
    ".": {".": "."},
    ":": {".": ":", ":": ":", "!": "!", "?": "?"},
    ";": {".": ";", ":": ";", ";": ";", "!": "!", "?": "?"},
    ",": {",": ","},
}
"""Where two marks meet, the one that stays; pairs that are missing stay both.

Source: the suite's punctuation_FullMontyPlain."""

Format = tuple[str, str]
"""A span's format and target."""


@dataclass(slots=True)
class Run:
    """A stretch of text under the formats around it, outermost first; `closes` marks a closing quotation mark."""

    text: str
    formats: tuple[Format, ...]
    closes: bool = False


def runs(rich: Rich, locale: Locale) -> list[Run]:
    """The tree laid flat, with quotation marks of the locale and no mark or blank doubled where parts meet."""
    settled: list[Run] = []
    for run in _flat(rich, locale, (), 0):
        _meet(settled, run, inside_quotes=locale.punctuation_in_quote)
        if run.text:
            settled.append(run)
    return settled


def to_text(settled: list[Run]) -> str:
    return "".join(run.text for run in settled).strip()


def to_html(settled: list[Run], *, links: bool = True) -> str:
    """HTML with the text escaped; addresses become links when `links` is set."""
    pieces: list[str] = []
    opened: tuple[Format, ...] = ()
    for run in settled:
        formats = run.formats if links else tuple(one for one in run.formats if one[0] != "link")
        common = 0
        while common < min(len(opened), len(formats)) and opened[common] == formats[common]:
            common += 1
        pieces += [_tag(one)[1] for one in reversed(opened[common:])]
        pieces += [_tag(one)[0] for one in formats[common:]]
        pieces.append(escape(run.text, quote=False))
        opened = formats
    pieces += [_tag(one)[1] for one in reversed(opened)]
    return "".join(pieces).strip()


def _flat(rich: Rich, locale: Locale, formats: tuple[Format, ...], depth: int) -> Iterator[Run]:
    if isinstance(rich, str):
        if rich:
            yield Run(rich, formats)
    elif rich.format == "quote":
        opening, closing = locale.quotes(inner=depth % 2 == 1)
        yield Run(opening, formats)
        yield from _flat_parts(rich, locale, formats, depth + 1)
        yield Run(closing, formats, closes=True)
    elif rich.format in ("", "nocase"):
        yield from _flat_parts(rich, locale, formats, depth)
    else:
        turned = _turned(rich.format, formats)
        within = (*formats, (turned, rich.target)) if turned else formats
        yield from _flat_parts(rich, locale, within, depth)


def _flat_parts(span: Span, locale: Locale, formats: tuple[Format, ...], depth: int) -> Iterator[Run]:
    for part in span.parts:
        yield from _flat(part, locale, formats, depth)


def _turned(name: str, formats: tuple[Format, ...]) -> str:
    """Italics within italics stand upright; what is upright already needs no word. Empty when nothing changes."""
    for loud, quiet in _OPPOSITE.items():
        if name not in (loud, quiet):
            continue
        current = next((one for one, _ in reversed(formats) if one in (loud, quiet)), quiet)
        if name == loud:
            return quiet if current == loud else loud
        return "" if current == quiet else quiet
    if name == "baseline":
        return "baseline" if any(one in ("superscript", "subscript") for one, _ in formats) else ""
    return name


def _meet(settled: list[Run], run: Run, *, inside_quotes: bool) -> None:
    """Settle what happens where `run` follows: marks move, and doubled ones fall away, in place."""
    if not settled or not run.text:
        return
    last = settled[-1]
    if last.closes and run.text[0] in ".,;:!?":
        _meet_quote(settled, run, inside_quotes=inside_quotes)
        return
    _meet_mark(last, run)
    while settled and not settled[-1].text:
        settled.pop()


def _meet_quote(settled: list[Run], run: Run, *, inside_quotes: bool) -> None:
    within = next((place for place in reversed(settled) if not place.closes), None)
    if within is None or not within.text:
        return
    mark = run.text[0]
    if mark in ".," and inside_quotes:
        moved = Run(mark, within.formats)
        _meet_mark(within, moved)
        within.text += moved.text
        run.text = run.text[1:]
    elif within.text[-1] in ".,:;" and _KEPT.get(within.text[-1], {}).get(mark):
        within.text = within.text[:-1]
    elif mark == "." and within.text[-1] in "!?":
        run.text = run.text[1:]


def _meet_mark(last: Run, run: Run) -> None:
    before, after = last.text[-1], run.text[0]
    if before.isspace() and (after == " " or after in ".,;:"):
        if after == " ":
            run.text = run.text[1:]
        else:
            last.text = last.text[:-1]
        return
    kept = _KEPT.get(before, {}).get(after)
    if kept == before:
        run.text = run.text[1:]
    elif kept == after:
        last.text = last.text[:-1]


def _tag(one: Format) -> tuple[str, str]:
    name, target = one
    if name == "link":
        return f'<a href="{escape(target)}">', "</a>"
    return _TAGS[name]


SAFE_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
"""What may become a link: nothing that a browser would run."""
