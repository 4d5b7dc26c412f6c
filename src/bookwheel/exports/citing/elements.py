"""The elements of a style become functions from an entry to text: text, number, label, date, names, group, choose."""

from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from bookwheel.exports.citing import conditions, dates, names
from bookwheel.exports.citing.entry import NUMBERS, Entry
from bookwheel.exports.citing.formatting import Formatting
from bookwheel.exports.citing.names import Inherited, Render
from bookwheel.exports.citing.numbers import is_plural, numbered, paged
from bookwheel.exports.citing.output import SAFE_ADDRESS
from bookwheel.exports.citing.rich import Rich, Span, joined, parse, woven
from bookwheel.exports.citing.xml import CSL, attributes

_ADDRESSES = {
    "DOI": "https://doi.org/",
    "PMID": "https://pubmed.ncbi.nlm.nih.gov/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "URL": "",
}
"""Variables that are links, and what goes before their value in the address."""


class Elements:
    """Compiles elements within one layout; macros once each, when they are first called.

    `options` are the name attributes of the style and its layout, `macros` the style's by name.
    """

    def __init__(self, macros: Mapping[str, etree._Element], options: Mapping[str, str], page_format: str) -> None:
        self._macros, self._options, self._page_format = macros, options, page_format
        self._compiled: dict[str, list[Render]] = {}

    def children(self, element: etree._Element, inherited: Inherited | None = None) -> list[Render]:
        return [self.compile(child, inherited) for child in element if isinstance(child.tag, str)]

    def compile(self, element: etree._Element, inherited: Inherited | None = None) -> Render:
        match element.tag.removeprefix(CSL):
            case "text":
                return self._text(element)
            case "number":
                return self._number(element)
            case "label":
                return self._label(element)
            case "date":
                return dates.compiled(element)
            case "names":
                return names.compiled(element, self._options, inherited, self.children)
            case "group":
                return self._group(element, inherited)
            case "choose":
                return self._choose(element, inherited)
        return lambda entry: []

    def macro(self, name: str) -> Render:
        """A macro's children in one text; one that the style lacks, or that calls itself, is empty."""

        def show(entry: Entry) -> list[Rich]:
            if name not in self._compiled:
                element = self._macros.get(name)
                self._compiled[name] = [] if element is None else self.children(element)
            if name in entry.inside:
                return []
            entry.inside.append(name)
            parts = run(self._compiled[name], entry)
            entry.inside.pop()
            return parts

        return show

    def _text(self, element: etree._Element) -> Render:
        formatting = Formatting(attributes(element))
        if (name := element.get("macro")) is not None:
            macro = self.macro(name)
            return lambda entry: _formatted(formatting, joined(_counted(macro, entry)), entry)
        if (variable := element.get("variable")) is not None:
            return self._variable(variable, element.get("form") or "long", formatting)
        if (term := element.get("term")) is not None:
            form, plural = element.get("form") or "long", element.get("plural") == "true"
            return lambda entry: _formatted(formatting, entry.locale.term(term, form, plural=plural), entry)
        value = parse(element.get("value") or "")
        return lambda entry: _formatted(formatting, value, entry)

    def _variable(self, variable: str, form: str, formatting: Formatting) -> Render:
        if variable == "year-suffix":
            # Never given, as nothing is told apart; nor does its absence empty the group around it.
            return lambda entry: []
        if variable in _ADDRESSES:
            return lambda entry: _linked(variable, entry.text(variable), formatting)

        def show(entry: Entry) -> list[Rich]:
            value = entry.text(variable, form)
            if not value:
                return []
            if variable == "page":
                return _formatted(formatting, self._pages(value, entry), entry)
            if variable in NUMBERS:
                return _formatted(formatting, parse(numbered(value, "numeric", entry.locale)), entry)
            return _formatted(formatting, parse(value), entry)

        return show

    def _pages(self, value: str, entry: Entry) -> str:
        return paged(value, self._page_format, entry.locale.term("page-range-delimiter") or "–")

    def _number(self, element: etree._Element) -> Render:
        variable, form = element.get("variable") or "", element.get("form") or "numeric"
        formatting = Formatting(attributes(element))

        def show(entry: Entry) -> list[Rich]:
            value = entry.text(variable)
            if variable == "page":
                return _formatted(formatting, self._pages(value, entry), entry)
            term = entry.locale.find(variable)
            return _formatted(formatting, numbered(value, form, entry.locale, term.gender if term else ""), entry)

        return show

    def _label(self, element: etree._Element) -> Render:
        variable, form = element.get("variable") or "", element.get("form") or "long"
        formatting, wanted = Formatting(attributes(element)), element.get("plural") or "contextual"

        def show(entry: Entry) -> list[Rich]:
            value = "" if variable in entry.suppressed else str(entry.raw(variable) or "")
            if not value:
                return []
            plural = is_plural(variable, value) if wanted == "contextual" else wanted == "always"
            return _formatted(formatting, entry.locale.term(variable, form, plural=plural), entry)

        return show

    def _group(self, element: etree._Element, inherited: Inherited | None) -> Render:
        formatting, delimiter = Formatting(attributes(element)), element.get("delimiter") or ""
        renders = self.children(element, inherited)

        def show(entry: Entry) -> list[Rich]:
            called, filled, touched = entry.called, entry.filled, len(entry.touched)
            entry.called = entry.filled = 0
            parts = run(renders, entry)
            asked, found = entry.called, entry.filled
            entry.called, entry.filled = called + asked, filled + found
            if asked and not found:
                # Words around nothing, such as "In" before an absent book, are left out.
                del entry.touched[touched:]
                return []
            shown = _formatted(formatting, joined(woven(parts, delimiter)), entry)
            if shown and not asked:
                entry.called, entry.filled = entry.called + 1, entry.filled + 1
            return shown

        return show

    def _choose(self, element: etree._Element, inherited: Inherited | None) -> Render:
        branches: list[tuple[conditions.Test, list[Render]]] = []
        for branch in element:
            test = _always if branch.tag == f"{CSL}else" else conditions.compiled(branch)
            branches.append((test, self.children(branch, inherited)))

        def show(entry: Entry) -> list[Rich]:
            for test, renders in branches:
                if test(entry):
                    return run(renders, entry)
            return []

        return show


def run(renders: Sequence[Callable[[Entry], list[Rich]]], entry: Entry) -> list[Rich]:
    """What the functions give, in order, without what is empty."""
    return [part for render in renders for part in render(entry) if part]


def _counted(macro: Render, entry: Entry) -> list[Rich]:
    """A macro that gives anything counts as a variable found (specification, "Group")."""
    parts = macro(entry)
    if parts:
        entry.called, entry.filled = entry.called + 1, entry.filled + 1
    return parts


def _formatted(formatting: Formatting, rich: Rich, entry: Entry) -> list[Rich]:
    shown = formatting.apply(rich, english=entry.is_english)
    return [shown] if shown else []


def _linked(variable: str, value: str, formatting: Formatting) -> list[Rich]:
    """A link whose text is the value, with the resolver's address in front of it where the style prints that."""
    if not value:
        return []
    base = _ADDRESSES[variable]
    target = value if SAFE_ADDRESS.match(value) else base + value if base else ""
    lead = formatting.prefix if formatting.prefix.startswith("http") else ""
    before = "" if lead else formatting.prefix
    shown: Rich = value.removeprefix(base) if lead else value
    if lead:
        shown = joined((lead, shown))
    linked: Rich = Span((shown,), "link", target) if SAFE_ADDRESS.match(target) else shown
    return [joined((before, linked, formatting.suffix))]


def _always(_: Entry) -> bool:
    return True
