"""A bibliography in Markdown, a paragraph for each record, its text escaped so that it shows as it is."""

import re
from collections.abc import Iterable, Iterator

from bookwheel.exports.base import STYLE, Item
from bookwheel.exports.citation import bibliography
from bookwheel.exports.runs import Run, runs
from bookwheel.exports.shelf import Listed

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~^$]|&(?=#?\w+;))")
_BEGINS_A_LIST = re.compile(r"(\d+)([.)])(?=\s)|([-+=])(?=\s|$)")
_AROUND = {
    "italic": ("*", "*"),
    "bold": ("**", "**"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
}


def write(items: Iterable[Item], style: str | Listed = STYLE) -> Iterator[bytes]:
    yield b""
    for citation in bibliography(items, style):
        text = "".join(map(_written, runs(citation.html)))
        yield f"{_BEGINS_A_LIST.sub(_kept_plain, text, count=1) if _BEGINS_A_LIST.match(text) else text}\n\n".encode()
    yield b""


def _written(run: Run) -> str:
    if run.address:
        if run.text == run.address:
            return f"<{run.address}>"
        return f"[{_SIGNS.sub(_backslashed, run.text)}](<{run.address}>)"
    text = _SIGNS.sub(_backslashed, run.text)
    inside = text.strip()
    if not inside:
        return text
    for mark in sorted(run.marks & _AROUND.keys()):
        before, behind = _AROUND[mark]
        inside = f"{before}{inside}{behind}"
    # Blanks stand outside the marks: Markdown takes a star beside a blank for a star.
    return text[: len(text) - len(text.lstrip())] + inside + text[len(text.rstrip()) :]


def _backslashed(sign: re.Match[str]) -> str:
    return f"\\{sign[1]}"


def _kept_plain(begin: re.Match[str]) -> str:
    return f"{begin[1]}\\{begin[2]}" if begin[1] else f"\\{begin[3]}"
