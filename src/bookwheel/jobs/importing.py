"""Takes in files as a harvest takes in a list; an import that was cut short goes on where it was."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from bookwheel.formats.columns import Columns
from bookwheel.jobs.harvest import closed_on_failure, walk
from bookwheel.jobs.progress import SILENT, Progress
from bookwheel.jobs.taking import Taking
from bookwheel.sources.base import Source
from bookwheel.store import Store
from bookwheel.store.model import ListKey, Run


def import_files(
    source: Source,
    paths: Iterable[Path],
    store: Store,
    *,
    id_prefix: str = "",
    columns: Columns | None = None,
    progress: Progress = SILENT,
) -> Run:
    """Take in a source of files; `paths` are the files and folders it reads, `columns` maps its tables.

    Goes on where an import of the same files stopped; with any of them changed, it begins again. It never moves
    the bound that a harvest of the same source begins at. Gives and raises what `harvest` does.
    """
    taking = Taking(store, store.start_run(source.name, "import"), id_prefix, columns)
    key = ListKey(source.name, "import", _fingerprint(paths), source.format)
    with closed_on_failure(taking):
        is_complete = walk(source, taking, key, timedelta(), progress)
    return taking.finish("complete" if is_complete else "incomplete")


def _fingerprint(paths: Iterable[Path]) -> str:
    """Equal for the same files with the same sizes and times."""
    found = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in _files(paths)]
    return sha256(repr(found).encode()).hexdigest()


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*")) if path.is_dir() else filter(Path.exists, [path])
