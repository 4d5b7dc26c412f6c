"""The words of the invented records, read once from the data files beside this module."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

Templates: TypeAlias = tuple[str, ...]
"""Sentences for the % operator, which fills a dozen slots four times faster than str.format."""


class Slot(NamedTuple):
    """A place in a template, with its values as they stand inside and at the start of a sentence."""

    name: str
    start: str
    values: tuple[tuple[str, str], ...]


class Field(NamedTuple):
    """A field of research: its journals, its templates and the words that fill them."""

    sets: tuple[str, ...]
    journals: tuple[str, ...]
    departments: tuple[str, ...]
    keywords: tuple[str, ...]
    titles: Templates
    subtitles: Templates
    sections: tuple[tuple[str, Templates], ...]
    slots: tuple[Slot, ...]


class Language(NamedTuple):
    """A language other than English, by its ISO 639-3 code."""

    code: str
    journal: str
    titles: Templates
    abstract: Templates
    keywords: tuple[str, ...]
    slots: tuple[Slot, ...]
    tradition: int


class Tradition(NamedTuple):
    """How names are made somewhere: `pattern` is for the % operator."""

    pattern: str
    given: tuple[str, ...]
    family: tuple[str, ...]


class Vocabulary(NamedTuple):
    fields: tuple[Field, ...]
    languages: tuple[Language, ...]
    traditions: tuple[Tradition, ...]
    common: Mapping[str, tuple[str, ...]]
    preprint_publisher: str


@cache
def vocabulary() -> Vocabulary:
    """Everything, in the order of the files; a change of any file changes the records made from it."""
    names = _read("names.toml")["tradition"]
    common = _read("common.toml")
    preprint_publisher = common.pop("preprint_publisher")
    return Vocabulary(
        tuple(_field(_read(f"fields/{name}.toml")) for name in _FIELDS),
        tuple(_language(code, words, names) for code, words in _read("languages.toml").items()),
        tuple(_tradition(words) for words in names),
        {name: tuple(words) for name, words in common.items()},
        preprint_publisher,
    )


_FIELDS = (
    "public_health",
    "haematology",
    "education",
    "ecology",
    "agriculture",
    "chemistry",
    "computing",
    "psychology",
    "physics",
    "history",
    "linguistics",
    "law",
)
"""Earlier ones are drawn more often."""

_SECTIONS = ("background", "methods", "results", "conclusions")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))


def _field(words: Mapping[str, Any]) -> Field:
    return Field(
        sets=tuple(words["lcc"]),
        journals=tuple(words["journals"]),
        departments=tuple(words["departments"]),
        keywords=tuple(words["keywords"]),
        titles=_templates(words["titles"]),
        subtitles=_templates(words["subtitles"]),
        sections=tuple((section.capitalize(), _templates(words[section])) for section in _SECTIONS),
        slots=tuple(_slot(name, values) for name, values in words["slots"].items()),
    )


def _language(code: str, words: Mapping[str, Any], traditions: list[dict[str, Any]]) -> Language:
    return Language(
        code=code,
        journal=words["journal"],
        titles=_templates(words["titles"]),
        abstract=_templates(words["abstract"]),
        keywords=tuple(words["keywords"]),
        slots=tuple(_slot(name, words[name]) for name in ("topic", "angle", "who") if name in words),
        tradition=next(i for i, tradition in enumerate(traditions) if tradition.get("language") == code),
    )


def _tradition(words: Mapping[str, Any]) -> Tradition:
    order = ("%(family)s", "%(given)s") if words.get("family_first") else ("%(given)s", "%(family)s")
    blank = "" if words.get("joined") else " "
    return Tradition(blank.join(order), tuple(words["given"]), tuple(words["family"]))


def _templates(sentences: list[str]) -> Templates:
    """Sentences with {slots} turned into those of the % operator."""
    return tuple(re.sub(r"\{(\w+)\}", r"%(\1)s", sentence.replace("%", "%%")) for sentence in sentences)


def _slot(name: str, values: list[str]) -> Slot:
    return Slot(name, name.capitalize(), tuple((value, value[:1].upper() + value[1:]) for value in values))
