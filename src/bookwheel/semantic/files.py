"""The files of the meaning of a catalogue, in one folder of it: all are derived, and may be deleted any day."""

import hashlib
from pathlib import Path

from bookwheel.errors import ConfigError

MODEL = "model.onnx"
MODEL_SHA256 = "36a732911e7abb9850cec82459325a36c27dbbb5dc7801cbbf1a3143f8aa9f2c"
"""`build` gives the same bytes everywhere. It also names the model: vectors of two models are never compared."""

PIECES = "vocabulary.txt"
PIECES_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

VECTORS = "vectors.sqlite3"

WIDTH = 384
"""Numbers of a vector."""
POSITIONS = 128
"""Pieces of a text the model was trained with; it has room for 512, which it was never taught."""


def is_built(folder: Path) -> bool:
    """Whether the model's files are there and sound; those of another version of Bookwheel are not."""
    try:
        verified(folder / PIECES, PIECES_SHA256)
        verified(folder / MODEL, MODEL_SHA256)
    except (FileNotFoundError, ConfigError):
        return False
    return True


def write(folder: Path, pieces: bytes, model: bytes) -> None:
    """Put the model's files into their places. A file that is there is whole. Raises ConfigError for another model."""
    if (found := hashlib.sha256(model).hexdigest()) != MODEL_SHA256:
        raise ConfigError(f"the model made has SHA-256 {found}, not {MODEL_SHA256}: install the locked 'onnx'.")
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in ((PIECES, pieces), (MODEL, model)):
        beside = folder / f"{name}.new"
        beside.write_bytes(data)
        beside.replace(folder / name)


def verified(path: Path, sha256: str) -> bytes:
    """The bytes of a file. Raises FileNotFoundError without it, ConfigError when they have another SHA-256."""
    found = path.read_bytes()
    if (digest := hashlib.sha256(found).hexdigest()) != sha256:
        message = f"{path} is not the file it should be: SHA-256 {digest}, expected {sha256}."
        raise ConfigError(f"{message} 'bookwheel vectors' makes it anew.")
    return found
