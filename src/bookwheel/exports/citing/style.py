"""A CSL style file, compiled: items go in, entries of a bibliography and citations in text come out."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from bookwheel.errors import ConfigError
from bookwheel.exports.citing.elements import Elements, run
from bookwheel.exports.citing.entry import DATES, NAMES, Entry, Item
from bookwheel.exports.citing.formatting import Formatting
from bookwheel.exports.citing.locale import Locale, chain, layered
from bookwheel.exports.citing.names import Render
from bookwheel.exports.citing.output import Run, runs
from bookwheel.exports.citing.rich import plain
from bookwheel.exports.citing.xml import CSL, XML_LANG, attributes, parse

LocaleFiles = Callable[[str], bytes | None]
"""A locale file's bytes by its language ("en-US"), or None where there is none."""


class Shown(NamedTuple):
    """One entry: its runs of text, and the number or key that stands before them ("1.", "[1]"), apart."""

    label: list[Run]
    body: list[Run]


class Layout(NamedTuple):
    renders: list[Render]
    formatting: Formatting
    separates_label: bool
    keys: list[tuple[Callable[[Entry], str], bool]]


class Style:
    """One style. `title` and `language` ("" when the style leaves it open) are its own.

    Raises ConfigError for a file that is no independent CSL style, naming `where` it lies.
    """

    def __init__(self, source: bytes, locale_files: LocaleFiles, *, where: str = "a style") -> None:
        self._root = parse(source, where)
        if self._root.tag != f"{CSL}style":
            raise ConfigError(f"{where}: the root element is {self._root.tag!r}, not a CSL style; take a .csl file")
        if self._root.find(f"{CSL}citation") is None:
            raise ConfigError(f"{where}: a dependent style points to another one; put that one into the folder instead")
        self._locale_files = locale_files
        self.title = self._root.findtext(f"{CSL}info/{CSL}title") or where
        self.language = self._root.get("default-locale") or ""
        self.is_note = self._root.get("class") == "note"
        self._macros = {macro.get("name") or "": macro for macro in self._root.findall(f"{CSL}macro")}
        self._locales: dict[str, Locale] = {}
        self._layouts = {tag: self._layout(tag) for tag in ("citation", "bibliography")}

    @property
    def has_bibliography(self) -> bool:
        return self._layouts["bibliography"] is not None

    @property
    def is_numeric(self) -> bool:
        """Whether works are cited by their number in a list."""
        return self._root.find(f"{CSL}info/{CSL}category[@citation-format='numeric']") is not None

    def entry(self, item: Item, *, language: str = "", number: int = 1) -> Shown:
        """The item as a bibliography has it; a style without one gives its citation."""
        layout = self._layouts["bibliography"]
        if layout is None:
            return Shown([], self.citation(item, language=language))
        locale = self.locale(language)
        entry = Entry(item, locale, number)
        if not layout.separates_label:
            return Shown([], runs(layout.formatting.apply_inside(run(layout.renders, entry)), locale))
        label = run(layout.renders[:1], entry)
        body = layout.formatting.apply_inside(run(layout.renders[1:], entry))
        return Shown(runs(label[0] if label else "", locale), runs(body, locale))

    def citation(self, item: Item, *, language: str = "", number: int = 1) -> list[Run]:
        """The item as it is first cited in text or in a note."""
        layout = self._layouts["citation"]
        assert layout is not None
        locale = self.locale(language)
        entry = Entry(item, locale, number, position="first")
        parts = run(layout.renders, entry)
        return runs(layout.formatting.apply_inside(parts), locale) if parts else []

    def sort_key(self, item: Item, *, language: str = "") -> tuple[tuple[bool, str], ...]:
        """A key that puts entries in the style's order for ascending keys; empty when the style keeps the given one."""
        layout = self._layouts["bibliography"]
        locale = self.locale(language)
        return tuple(
            _ordered(key(Entry(item, locale, sorting=True)), descending=descending)
            for key, descending in (layout.keys if layout else ())
        )

    def locale(self, language: str = "") -> Locale:
        """Terms and dates for a language: the style's own first, then the language's files, then American English."""
        wanted = language or self.language or "en-US"
        if wanted not in self._locales:
            self._locales[wanted] = layered(wanted, self._layers(wanted))
        return self._locales[wanted]

    def _layers(self, language: str) -> Iterator[etree._Element]:
        languages = chain(language)
        for name in languages:
            source = self._locale_files(name)
            if source is not None:
                yield parse(source, f"locale {name}")
        own = {element.get(XML_LANG) or "": element for element in self._root.findall(f"{CSL}locale")}
        for name in ("", language.split("-")[0], language):
            if name in own:
                yield own.pop(name)

    def _layout(self, tag: str) -> Layout | None:
        element = self._root.find(f"{CSL}{tag}")
        layout = element.find(f"{CSL}layout") if element is not None else None
        if element is None or layout is None:
            return None
        options = {**attributes(self._root), **attributes(element)}
        elements = Elements(self._macros, options, self._root.get("page-range-format") or "")
        separates = element.get("second-field-align") is not None
        return Layout(
            elements.children(layout), Formatting(attributes(layout)), separates, self._keys(element, options)
        )

    def _keys(self, element: etree._Element, options: Mapping[str, str]) -> list[tuple[Callable[[Entry], str], bool]]:
        keys = []
        for key in element.findall(f"{CSL}sort/{CSL}key"):
            shortened = {name: value for given, name in _NAMES_LIMITS.items() if (value := key.get(given))}
            elements = Elements(self._macros, {**options, **shortened}, "")
            keys.append((_key(key, elements), key.get("sort") == "descending"))
        return keys


_NAMES_LIMITS = {"names-min": "et-al-min", "names-use-first": "et-al-use-first", "names-use-last": "et-al-use-last"}


def _key(key: etree._Element, elements: Elements) -> Callable[[Entry], str]:
    name, variable = key.get("macro"), key.get("variable") or ""
    if name is not None:
        macro = elements.macro(name)
        return lambda entry: "".join(plain(part) for part in macro(entry))
    element = etree.Element(f"{CSL}{_tag(variable)}", {"variable": variable})
    render = elements.compile(element)
    return lambda entry: "".join(plain(part) for part in render(entry))


def _tag(variable: str) -> str:
    return "names" if variable in NAMES else "date" if variable in DATES else "text"


def _ordered(text: str, *, descending: bool) -> tuple[bool, str]:
    """Letters without marks or case; what is empty comes last either way (specification, "Sorting")."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    key = "".join(letter for letter in folded if letter.isalnum() or letter.isspace())
    key = "".join(f"{int(word):012d} " if word.isdigit() else f"{word} " for word in key.split())
    if descending:
        key = "".join(chr(0x10FFFF - ord(letter)) for letter in key) + "\U0010ffff"
    return not text, key
