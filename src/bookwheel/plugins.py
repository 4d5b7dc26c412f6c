"""A name becomes an implementation, imported when it is asked for: ours, or an installed package's.

Ours stand in one table; other packages join through entry points of the group `bookwheel.<point>`.
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Any

from bookwheel.errors import ConfigError, UnknownNameError

POINTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "engine": {
            "tantivy": "bookwheel.engines.tantivy:TantivyEngine",
        },
        "export": {
            "bibo": "bookwheel.exports.bibo:write",
            "bibtex": "bookwheel.exports.bibtex:write",
            "csl_json": "bookwheel.exports.csl_json:write",
            "csv": "bookwheel.exports.csv:write",
            "datacite": "bookwheel.exports.datacite:write",
            "docx": "bookwheel.exports.docx:write",
            "dois": "bookwheel.exports.dois:write",
            "endnote": "bookwheel.exports.endnote:write",
            "jsonl": "bookwheel.exports.jsonl:write",
            "marc": "bookwheel.exports.marc:write",
            "marcxml": "bookwheel.exports.marcxml:write",
            "markdown": "bookwheel.exports.markdown:write",
            "mods": "bookwheel.exports.mods:write",
            "nbib": "bookwheel.exports.nbib:write",
            "oai_dc": "bookwheel.exports.oai_dc:write",
            "ris": "bookwheel.exports.ris:write",
            "text": "bookwheel.exports.text:write",
            "turtle": "bookwheel.exports.turtle:write",
            "xlsx": "bookwheel.exports.xlsx:write",
        },
        "format": {
            "bibtex": "bookwheel.formats.bibtex:read",
            "bookwheel_json": "bookwheel.formats.bookwheel_json:read",
            "crossref": "bookwheel.formats.crossref:read",
            "csl_json": "bookwheel.formats.csl_json:read",
            "csv": "bookwheel.formats.table:read_csv",
            "datacite": "bookwheel.formats.datacite:read",
            "doaj_json": "bookwheel.formats.doaj_json:read",
            "endnote_xml": "bookwheel.formats.endnote_xml:read",
            "jats": "bookwheel.formats.jats:read",
            "json": "bookwheel.formats.table:read_json",
            "marc": "bookwheel.formats.marc:read",
            "marcxml": "bookwheel.formats.marc:read_xml",
            "mods": "bookwheel.formats.mods:read",
            "nbib": "bookwheel.formats.nbib:read",
            "oai_dc": "bookwheel.formats.oai_dc:read",
            "oai_doaj": "bookwheel.formats.oai_doaj:read",
            "openalex": "bookwheel.formats.openalex:read",
            "pubmed": "bookwheel.formats.pubmed:read",
            "ris": "bookwheel.formats.ris:read",
            "wos": "bookwheel.formats.wos:read",
        },
        "source": {
            "files": "bookwheel.sources.files:FilesSource",
            "folder": "bookwheel.sources.folder:FolderSource",
            "http": "bookwheel.sources.web_files:WebFilesSource",
            "oai": "bookwheel.sources.oai:OaiSource",
            "resourcesync": "bookwheel.sources.resourcesync:ResourceSyncSource",
        },
    }
)


def load(point: str, name: str) -> Any:
    """The implementation of `name` at an extension point.

    Raises UnknownNameError with the known names, ConfigError when its module cannot be imported.
    """
    target = POINTS[point].get(name) or _foreign(point).get(name)
    if target is None:
        raise UnknownNameError(point, name, names(point))
    module, _, attribute = target.partition(":")
    try:
        return getattr(import_module(module), attribute)
    except ImportError as error:
        raise ConfigError(f"{point} {name!r} cannot be imported: {error}. Is its package installed?") from error


def names(point: str) -> tuple[str, ...]:
    """Every name known at an extension point, sorted."""
    return tuple(sorted({*POINTS[point], *_foreign(point)}))


def _foreign(point: str) -> dict[str, str]:
    return {entry.name: entry.value for entry in entry_points(group=f"bookwheel.{point}")}
