"""Where citation styles stand: the nine that come with the system, and those an operator puts into a folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from bookwheel.errors import ConfigError, UnknownNameError
from bookwheel.exports.citing.style import Style


@dataclass(frozen=True, slots=True)
class Listed:
    """A style one can choose. `label` is what people call it; `file` its CSL file, a Path where it is an operator's.

    `language` is that of its manual, as a locale. `retraction` is the manual's word before a notice of retraction,
    "" where it has none that fits an entry.
    """

    name: str
    label: str
    file: str | Path
    language: str = "en-US"
    retraction: str = ""


_LISTED = (
    Listed("apa", "APA, 7th edition", "apa.csl"),
    Listed("mla", "MLA, 9th edition", "modern-language-association.csl"),
    Listed("chicago-author-date", "Chicago, 18th edition: author and date", "chicago-author-date.csl"),
    Listed("chicago-notes", "Chicago, 18th edition: notes and bibliography", "chicago-notes-bibliography.csl"),
    Listed("vancouver", "Vancouver (NLM)", "nlm-citation-sequence.csl", retraction="Retraction in: "),
    Listed("ama", "AMA, 11th edition", "american-medical-association.csl", retraction="Retracted in: "),
    Listed("harvard", "Harvard (Cite Them Right)", "harvard-cite-them-right.csl", "en-GB"),
    Listed("ieee", "IEEE", "ieee.csl"),
    Listed("acs", "ACS", "american-chemical-society.csl"),
)

STYLES: Mapping[str, Listed] = MappingProxyType({listed.name: listed for listed in _LISTED})
"""The built-in styles, in the order a page shows them."""


class Shelf(NamedTuple):
    """An operator's styles by name, and a sentence for each file that could not be taken."""

    styles: Mapping[str, Listed]
    problems: tuple[str, ...]


def listed(style: str | Listed) -> Listed:
    """A style by its name; UnknownNameError with the known names for any other."""
    if isinstance(style, Listed):
        return style
    if style not in STYLES:
        raise UnknownNameError("citation style", style, tuple(STYLES))
    return STYLES[style]


@cache
def load(style: Listed) -> Style:
    """The style compiled, once in a process. Raises ConfigError for a file that is no style or has gone."""
    if isinstance(style.file, Path):
        return _read(style.file)
    return Style((files(__package__) / "styles" / style.file).read_bytes(), locale_file, where=style.file)


@cache
def locale_file(language: str) -> bytes | None:
    """The bytes of a bundled locale file; None for a language without one."""
    if not language.replace("-", "").isalnum():
        return None
    file = files(__package__) / "styles" / "locales" / f"locales-{language}.xml"
    return file.read_bytes() if file.is_file() else None


def own_styles(folder: Path) -> Shelf:
    """The styles of a folder by the names of their files; nothing where there is no such folder.

    A file that is no style, or that would hide a built-in one, is left out with a sentence that says so.
    """
    styles, problems = {}, []
    for path in sorted(folder.glob("*.csl")):
        if path.stem in STYLES:
            problems.append(f"{path}: the name {path.stem!r} is a built-in style's; rename the file")
            continue
        try:
            style = _read(path)
        except ConfigError as error:
            problems.append(str(error))
            continue
        styles[path.stem] = Listed(path.stem, style.title, path, style.language or "en-US")
    return Shelf(styles, tuple(problems))


def _read(path: Path) -> Style:
    try:
        return Style(path.read_bytes(), locale_file, where=str(path))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); put the style back or restart") from error
