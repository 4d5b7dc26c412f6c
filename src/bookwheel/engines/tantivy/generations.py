"""The folders of an index: one generation is live, another may be filled beside it, a pointer file says which.

    index/
      current          the live generation's name, replaced atomically
      lock.sqlite3     held in an exclusive transaction by the one process that writes
      gen-0001/
        manifest.json  what the generation was made with; another schema or engine version makes it count as lost
        checksums.json SHA-256 of the segment files, for the check
        values.sqlite3 the dictionary of facet values
        segments/      the engine's own files

Nothing here is created by reading.
"""

import json
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bookwheel.errors import EngineError, IndexBusyError

POINTER = "current"
MANIFEST = "manifest.json"
SEGMENTS = "segments"
VALUES = "values.sqlite3"

_NAME = re.compile(r"gen-\d{4,}")


def current(folder: Path) -> Path | None:
    """The live generation's folder as the pointer names it; None without a usable pointer."""
    try:
        name = (folder / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return folder / name if _NAME.fullmatch(name) else None


def exist(folder: Path) -> bool:
    """Whether there is a generation or a pointer to one, usable or not."""
    return (folder / POINTER).exists() or bool(_generations(folder))


def create(folder: Path, manifest: dict[str, str]) -> Path:
    """An empty generation with a number never used before in this folder; not yet live."""
    numbers = [int(path.name[4:]) for path in _generations(folder)]
    if live := current(folder):
        numbers.append(int(live.name[4:]))
    made = folder / f"gen-{max(numbers, default=0) + 1:04}"
    (made / SEGMENTS).mkdir(parents=True)
    write_atomically(made / MANIFEST, json.dumps(manifest, indent=1))
    return made


def make_live(generation: Path) -> None:
    """Point readers at a generation whose files are complete. Readers of the one before keep what they have open."""
    for path in generation, generation / SEGMENTS:
        sync_folder(path)
    write_atomically(generation.parent / POINTER, f"{generation.name}\n")


def matches(generation: Path, manifest: dict[str, str]) -> bool:
    """Whether the generation was made with just this manifest."""
    try:
        found = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(found == manifest)


def remove_orphans(folder: Path) -> None:
    """Remove every generation but the live one: what a killed rebuild left, and those swapped out.

    To be called under the lock alone. A reader that still has an old generation open reads on from its open files.
    """
    live = current(folder)
    for path in _generations(folder):
        if path != live:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the index for writing. A process that dies lets go of it by dying.

    An exclusive SQLite transaction is the one lock of the standard library that works alike on every system.
    Raises IndexBusyError when another process or engine writes.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / "lock.sqlite3", timeout=0, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise EngineError(f"{folder} cannot be written: {error}. Check its owner and the free space.") from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise IndexBusyError(
                f"another process is indexing into {folder} ({error}). Wait until it has finished, or stop it."
            ) from error
        yield


def write_atomically(path: Path, text: str) -> None:
    """Write a small file so that a reader, a kill or a power cut meets the old content or the new, never a part."""
    new = path.with_name(f"{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut, which the engine leaves to us (reliability 0, fact 4)."""
    if os.name == "nt":  # Windows opens no folders; its renames are journalled.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _generations(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_dir()]
