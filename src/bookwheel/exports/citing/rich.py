"""Text with formatting: a tree of strings and spans, read from the small markup that titles carry."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Parts under one format.

    `format` is "italic", "roman", "bold", "light", "small-caps", "normal-caps", "superscript", "subscript",
    "baseline", "underline", "plain" (not underlined), "quote", "nocase", "link" (then `target` is the address)
    or "" for parts that merely stand together.
    """

    parts: tuple["Rich", ...]
    format: str = ""
    target: str = ""


Rich = str | Span

_MARKS = {
    "<i>": "italic",
    "<b>": "bold",
    "<sup>": "superscript",
    "<sub>": "subscript",
    "<sc>": "small-caps",
    '<span class="nocase">': "nocase",
    '<span style="font-variant:small-caps;">': "small-caps",
    '<span style="font-variant: small-caps;">': "small-caps",
    "“": "quote",
    "«": "quote",
}
_CLOSING = {"<i>": "</i>", "<b>": "</b>", "<sup>": "</sup>", "<sub>": "</sub>", "<sc>": "</sc>", "“": "”", "«": "»"}
_TOKEN = re.compile(
    r'(</?(?:i|b|sup|sub|sc)>|<span (?:class|style)="[^"]*">|</span>|[“”«»]|(?<!\w)["\'‘]|["\'’](?!\w))'
)
_STRAIGHT = {'"': '"', "'": "'", "‘": "’"}


def joined(parts: Iterable[Rich]) -> Rich:
    """Parts as one; empty ones fall away, and "" is what is left of none."""
    kept = tuple(part for part in parts if part)
    if not kept:
        return ""
    return kept[0] if len(kept) == 1 else Span(kept)


def woven(parts: Iterable[Rich], delimiter: str) -> list[Rich]:
    """The parts that say something, with the delimiter between each two."""
    return [piece for part in parts if part for piece in (delimiter, part)][1:]


def plain(rich: Rich) -> str:
    """The letters alone, quotation marks of spans left out."""
    return rich if isinstance(rich, str) else "".join(plain(part) for part in rich.parts)


def mapped(rich: Rich, change: Callable[[str], str], *, skip: str = "") -> Rich:
    """The same tree with every string changed, spans of the format `skip` left alone."""
    if isinstance(rich, str):
        return change(rich)
    if rich.format == skip and skip:
        return rich
    return Span(tuple(mapped(part, change, skip=skip) for part in rich.parts), rich.format, rich.target)


def parse(text: str) -> Rich:
    """A field's text: its `<i>`, `<b>`, `<sup>`, `<sub>`, small capitals, nocase, and quotation marks that pair.

    A mark without its partner stays a character. Straight and curly marks are read alike, so that a style's own
    quotation marks can be set around and within.
    """
    if not _TOKEN.search(text):
        return text.replace("'", "’")
    return joined(_read(_TOKEN.split(text), 0)[0])


def _read(tokens: list[str], start: int, until: str = "") -> tuple[list[Rich], int]:
    """Parts from `start` up to the token `until`, and the place after it; -1 when it never comes."""
    parts: list[Rich] = []
    at = start
    while at < len(tokens):
        token = tokens[at]
        if until and token == until:
            return parts, at + 1
        closing = _closing(token) if at % 2 else ""
        if closing and closing in tokens[at + 1 :]:
            inner, after = _read(tokens, at + 1, closing)
            if after > 0:
                parts.append(Span(tuple(part for part in inner if part), _MARKS.get(token, "quote")))
                at = after
                continue
        if token:
            parts.append(token.replace("'", "’"))
        at += 1
    return parts, -1 if until else at


def _closing(token: str) -> str:
    if token.startswith("<span "):
        return "</span>" if token in _MARKS else ""
    return _CLOSING.get(token) or _STRAIGHT.get(token, "")
