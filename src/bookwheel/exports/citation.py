"""Cite this: a record in a citation style, as plain text and as HTML, alone or in a bibliography."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from bookwheel.exports import parts
from bookwheel.exports.base import Item
from bookwheel.exports.citing.output import to_html, to_text
from bookwheel.exports.citing.style import Style
from bookwheel.exports.csl import to_csl
from bookwheel.exports.shelf import STYLES, Listed, listed, load
from bookwheel.records.model import Record

__all__ = ["STYLES", "Citation", "bibliography", "cite", "in_order"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One entry. `text` and `html` say the same; the HTML is escaped, its DOIs and addresses are links.

    `number` stands before the entry in a list of a style that numbers ("1.", "[1]"). `in_text` is how the work is
    cited in running text, or in a note where the style cites in notes (`is_note`); "" where that is a mere number.
    `warning` is what the entry does not say and its reader must know: a retraction.
    """

    text: str
    html: str
    number: str = ""
    in_text: str = ""
    in_text_html: str = ""
    is_note: bool = False
    warning: str = ""


def cite(item: Item, style: str | Listed = "apa", language: str = "") -> Citation:
    """The record in a style, in its manual's language or another one ("de-DE").

    Raises UnknownNameError for a style nobody knows.
    """
    chosen = listed(style)
    compiled, language = load(chosen), language or chosen.language
    fields = _fields(item, chosen, compiled, language)
    entry = _entry(fields, item.record, chosen, compiled, language, 1)
    if compiled.is_numeric:
        return entry
    in_text = compiled.citation(fields, language=language)
    return replace(entry, in_text=to_text(in_text), in_text_html=to_html(in_text))


def bibliography(items: Iterable[Item], style: str | Listed = "apa", language: str = "") -> Iterator[Citation]:
    """Each item as an entry of a list, in the order given, numbered where the style numbers; in constant memory.

    Raises UnknownNameError for a style nobody knows.
    """
    chosen = listed(style)
    compiled, language = load(chosen), language or chosen.language
    for number, item in enumerate(items, 1):
        fields = _fields(item, chosen, compiled, language)
        entry = _entry(fields, item.record, chosen, compiled, language, number)
        if entry.number:
            text, html = f"{entry.number} {entry.text}", f"{escape(entry.number)} {entry.html}"
            entry = replace(entry, text=text, html=html)
        yield entry


def in_order(items: Iterable[Item], style: str | Listed = "apa") -> list[Item]:
    """The items in the order a style wants its list in: by author, year and title, or as they came."""
    compiled = load(listed(style))
    return sorted(items, key=lambda item: compiled.sort_key(to_csl(item)))


def _fields(item: Item, chosen: Listed, style: Style, language: str) -> dict[str, Any]:
    """The item's variables. A style that knows pages alone finds an article's number where they would stand."""
    fields = to_csl(item)
    number = fields.get("number")
    if chosen.name in STYLES or fields["type"] != "article-journal" or number is None or "page" in fields:
        # The built-in styles all print the number, which a test holds them to.
        return fields
    if number in to_text(style.entry(fields, language=language).body):
        return fields
    return {**fields, "page": number}


def _entry(
    fields: dict[str, Any], record: Record, chosen: Listed, style: Style, language: str, number: int
) -> Citation:
    entry = style.entry(fields, language=language, number=number)
    text, html = to_text(entry.body), to_html(entry.body)
    if chosen.retraction and (notice := _notice(record)):
        text, html = f"{text} {chosen.retraction}{notice}", f"{html} {chosen.retraction}{escape(notice)}"
    warning = parts.retraction(record)
    return Citation(text, html, to_text(entry.label), is_note=style.is_note, warning=warning)


def _notice(record: Record) -> str:
    """Where a work was retracted, as medical styles print it."""
    if not record.is_retracted:
        return ""
    notice = next(relation for relation in record.relations if relation.kind == "retraction")
    where = parts.line(notice.value or notice.title)
    return f"{notice.scheme}:{where}." if notice.scheme and notice.value else f"{where}." if where else ""
