"""SHA-256 of the engine's files, since it does not verify its own checksums when it opens (reliability 0, fact 5).

Segment files never change once written, so a sum taken at the commit that brought the file in stays true.
The engine's list of segments, meta.json, and the dictionary change; their sums hold for one modification time.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from bookwheel.engines.tantivy.generations import SEGMENTS, VALUES, write_atomically
from bookwheel.records.raw import Problem

CHECKSUMS = "checksums.json"
META = "meta.json"

_CHANGING = (META, VALUES)


def record(generation: Path) -> None:
    """Bring the generation's list up to date: new files are summed, those merged away fall out.

    To be called once more when the dictionary is closed: while it is open, it is not judged.
    """
    known = _known(generation)
    segments = generation / SEGMENTS
    live = _live_stems(generation)
    sums = {
        path.name: known.get(path.name) or _sha256(path)
        for path in segments.iterdir()
        if _is_live(path.name, live or {})
    }
    sums |= {name: _dated_sum(_path(generation, name)) for name in _CHANGING}
    if sums != known:
        write_atomically(generation / CHECKSUMS, json.dumps(sums, indent=0, sort_keys=True))


def verify(generation: Path) -> Iterator[Problem]:
    """What differs from the list: a changed, cut or missing file. Files newer than the list are not judged."""
    known = _known(generation)
    if not known:
        yield _problem(generation / CHECKSUMS, "is missing or unreadable")
    live = _live_stems(generation)
    for name, expected in sorted(known.items()):
        path = _path(generation, name)
        if name not in _CHANGING and live is not None and not _is_live(name, live):
            continue  # Merged away since the list was made.
        try:
            sound = _is_sound_or_newer(path, expected) if name in _CHANGING else _sha256(path) == expected
        except OSError as error:
            yield _problem(path, f"cannot be read ({error.strerror})")
            continue
        if not sound:
            yield _problem(path, "is not what was written (SHA-256 differs)")


def _problem(path: Path, what: str) -> Problem:
    return Problem("index", f"{path} {what}; 'bookwheel index --rebuild' makes the index anew.", "error")


def _live_stems(generation: Path) -> dict[str, str] | None:
    """Segments meta.json names, as their files are named, each with its file of deletions or ""; None if unreadable."""
    try:
        meta = json.loads((generation / SEGMENTS / META).read_bytes())
        stems = {}
        for segment in meta["segments"]:
            stem = segment["segment_id"].replace("-", "")
            deletes = segment["deletes"]
            stems[stem] = f"{stem}.{deletes['opstamp']}.del" if deletes else ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return stems


def _is_live(name: str, stems: dict[str, str]) -> bool:
    stem = name.split(".")[0]
    return stem in stems and (not name.endswith(".del") or name == stems[stem])


def _path(generation: Path, name: str) -> Path:
    return generation / name if name == VALUES else generation / SEGMENTS / name


def _dated_sum(path: Path) -> str:
    return f"{path.stat().st_mtime_ns}:{_sha256(path)}"


def _is_sound_or_newer(path: Path, expected: str) -> bool:
    modified, _, digest = expected.partition(":")
    return str(path.stat().st_mtime_ns) != modified or _sha256(path) == digest


def _known(generation: Path) -> dict[str, str]:
    try:
        return dict(json.loads((generation / CHECKSUMS).read_bytes()))
    except (OSError, ValueError, TypeError):
        return {}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
