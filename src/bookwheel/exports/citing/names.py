"""`cs:names`: people and bodies in a style's order, shortened to "et al.", labelled, or replaced where none are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from bookwheel.exports.citing.entry import Entry
from bookwheel.exports.citing.formatting import Formatting
from bookwheel.exports.citing.naming import NameStyle
from bookwheel.exports.citing.people import Person, person
from bookwheel.exports.citing.rich import Rich, joined, plain, woven
from bookwheel.exports.citing.xml import CSL, attributes

Render = Callable[[Entry], list[Rich]]


@dataclass(frozen=True, slots=True)
class Inherited:
    """The parts of a `cs:names` that a shorthand one within its `cs:substitute` takes over."""

    name: NameStyle
    et_al: tuple[str, Formatting]
    label: tuple[etree._Element, bool] | None
    delimiter: str


def compiled(
    element: etree._Element,
    options: Mapping[str, str],
    inherited: Inherited | None,
    substitute: Callable[[etree._Element, Inherited], list[Render]],
) -> Render:
    """What shows a `cs:names` element. `substitute` compiles the children of its `cs:substitute`."""
    variables = (element.get("variable") or "").split()
    parts = _parts(element, options, inherited)
    formatting = Formatting(attributes(element))
    instead_element = element.find(f"{CSL}substitute")
    instead = substitute(instead_element, parts) if instead_element is not None else []

    def show(entry: Entry) -> list[Rich]:
        shown = _shown(variables, parts, entry)
        if shown:
            return [formatting.apply(joined(woven(shown, parts.delimiter)), english=False)]
        for render in instead:
            since = len(entry.touched)
            replaced = [part for part in render(entry) if part]
            if replaced:
                entry.suppressed |= frozenset(entry.touched[since:])
                return [formatting.apply(joined(replaced), english=False)]
        return []

    return show


def _parts(element: etree._Element, options: Mapping[str, str], inherited: Inherited | None) -> Inherited:
    name, et_al, label = (element.find(f"{CSL}{tag}") for tag in ("name", "et-al", "label"))
    if inherited is not None and name is None and et_al is None and label is None:
        return Inherited(
            inherited.name, inherited.et_al, inherited.label, element.get("delimiter") or inherited.delimiter
        )
    delimiter = element.get("delimiter") or options.get("names-delimiter", "")
    et_al_term = et_al.get("term") or "et-al" if et_al is not None else "et-al"
    et_al_format = Formatting(attributes(et_al))
    label_first = label is not None and (name is None or element.index(label) < element.index(name))
    found_label = None if label is None else (label, label_first and name is not None)
    return Inherited(NameStyle(options, name), (et_al_term, et_al_format), found_label, delimiter)


def _shown(variables: Sequence[str], parts: Inherited, entry: Entry) -> list[Rich]:
    """One text for each variable that has people; editors who are the translators too stand once."""
    found: list[tuple[str, list[Person]]] = []
    for variable in variables:
        raw = entry.raw(variable)
        is_free = isinstance(raw, list) and variable not in entry.suppressed
        people = [person(one) for one in raw if one] if is_free else []
        if entry.noted(variable, "found" if people else ""):
            found.append((variable, people))
    if entry.sorting:
        return [parts.name.sort_key(people) for _, people in found]
    if parts.name.form == "count":
        total = sum(int(plain(parts.name.join(people, entry.locale, parts.et_al))) for _, people in found)
        return [str(total)] if total else []
    if sorted(variable for variable, _ in found) == ["editor", "translator"] and found[0][1] == found[1][1]:
        found = [("editortranslator", found[0][1])] if parts.label else found
    return [_labelled(parts, variable, people, entry) for variable, people in found]


def _labelled(parts: Inherited, variable: str, people: Sequence[Person], entry: Entry) -> Rich:
    names = parts.name.join(people, entry.locale, parts.et_al)
    if parts.label is None or not names:
        return names
    element, first = parts.label
    plural = {"always": True, "never": False}.get(element.get("plural") or "", len(people) > 1)
    term = entry.locale.term(variable, element.get("form") or "long", plural=plural)
    label = Formatting(attributes(element)).apply(term, english=entry.is_english)
    return joined([label, names] if first else [names, label])
