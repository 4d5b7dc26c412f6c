"""The reference page of formats, made from the rules each of them reads by."""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from types import ModuleType

from bookwheel.formats import FORMATS, Format
from bookwheel.plugins import POINTS
from bookwheel.records.raw import Provenance
from bookwheel.sources.files import FORMS
from bookwheel.sources.forms import Form

_MORE = {
    "marc": ("bookwheel.formats.marc_rules",),
    "marcxml": ("bookwheel.formats.marc_rules",),
    "pubmed": ("bookwheel.formats.pubmed_book",),
}
"""Modules beside a format's own that hold rules of it."""


def formats(made: str) -> str:
    """What files may hold, and for each format which element becomes which field of a record; `made` is the notice."""
    parts = [
        "# Formats",
        made,
        "What a file holds is told by its content: its name says nothing.\n"
        "Each of these may be packed (`.gz`, `.zst`) or stand in a `.tar.gz`.",
        "## Forms of files",
        _table(("form", "formats of its records"), ((form.name, ", ".join(_held(form))) for form in FORMS)),
        "What no rule names is not lost: the payload is kept byte for byte.\n"
        "The staff view and the report of a run list the elements that became no field.",
    ]
    for name, format_ in sorted(FORMATS.items()):
        parts += [f"## {name}", _about(format_), _rules_table(name)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _held(form: Form) -> Iterable[str]:
    """A repository's answer holds what has an element of its own."""
    is_any = len(form.formats) == len(FORMATS)
    return (name for name in form.formats if not is_any or FORMATS[name].roots)


def _about(format_: Format) -> str:
    told = [f"Collection `{format_.collection}`."] if format_.collection else []
    prefix = f"`{format_.id_prefix}`" if format_.id_prefix else "the source's name and a hyphen"
    told.append("Ids are in the payload." if format_.has_ids else f"Ids begin with {prefix}.")
    return " ".join(told)


def _rules_table(name: str) -> str:
    modules = (POINTS["format"][name].partition(":")[0], *_MORE.get(name, ()))
    rules = [rule for module in modules for rule in _rules(import_module(module))]
    return _table(("element", "field", "rule"), ((f"`{r.element}`", f"`{r.field}`", r.rule) for r in rules))


def _rules(module: ModuleType) -> Iterator[Provenance]:
    found = getattr(module, "RULES", ()) or getattr(module, "_RULES", ())
    for rule in found.values() if isinstance(found, Mapping) else found:
        yield from (rule,) if isinstance(rule, Provenance) else rule


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *lines]) if lines else ""
