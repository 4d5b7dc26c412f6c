"""What turns texts into vectors: the contract, and the way to the one we have."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from bookwheel.errors import ConfigError
from bookwheel.semantic.files import is_built

EXTRA = ("numpy", "onnx", "onnxruntime")


class Encoder(Protocol):
    """A model of meaning. Safe to share between threads."""

    @property
    def name(self) -> str:
        """Vectors of encoders of different names are never compared."""

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """The vector of each text, to be kept: all of one length."""

    def nearness(self, text: str, vectors: Sequence[bytes]) -> list[float]:
        """How near each vector is to the text in meaning: greater is nearer."""


def load(folder: Path, threads: int = 1, *, make: bool = False) -> Encoder:
    """The sentence model of a catalogue, ready to use; with `make`, its files are made where they are missing.

    Raises ConfigError when the extra is not installed, or the files are missing or damaged.
    """
    if missing := [name for name in EXTRA if find_spec(name) is None]:
        raise ConfigError(
            f"the extra 'semantic' is not installed ({', '.join(missing)} missing): docs/how-to/semantic.md tells how."
        )
    # Imported here, since most catalogues do without the packages, and a search without what makes the files.
    if make and not is_built(folder):
        from bookwheel.semantic.build import build

        build(folder)
    from bookwheel.semantic.model import SentenceModel

    return SentenceModel(folder, threads)
