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
        "format": {
            "doaj_json": "bookwheel.formats.doaj_json:read",
            "oai_dc": "bookwheel.formats.oai_dc:read",
            "oai_doaj": "bookwheel.formats.oai_doaj:read",
        },
        "source": {
            "files": "bookwheel.sources.files:FilesSource",
            "oai": "bookwheel.sources.oai:OaiSource",
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
