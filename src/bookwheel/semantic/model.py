"""The sentence model at work: texts become vectors of length 1, and near vectors mean near meanings."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import onnxruntime

from bookwheel.errors import ConfigError
from bookwheel.semantic import files
from bookwheel.semantic.wordpiece import WordPieces

MAX_PIECES = 64
"""Word pieces of a text that are read: title and beginning of the abstract. `docs/semantic.md` has the measurements."""

BATCH = 32
"""Texts that go through the model at once, sorted by length so that little is filled up."""

STEP = 0.25 / 127
"""Numbers of a vector are kept as whole multiples of it, cut at ±0.25: beyond lie fewer than one in a million."""

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float32]]


class SentenceModel:
    """all-MiniLM-L6-v2 in numbers of 8 bits. About 100 MB of memory once opened."""

    name = f"{files.MODEL_SHA256[:16]}-{MAX_PIECES}"

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Open the model in `folder`. Raises ConfigError when its files are missing or damaged."""
        try:
            model = files.verified(folder / files.MODEL, files.MODEL_SHA256)
            pieces = files.verified(folder / files.PIECES, files.PIECES_SHA256)
        except FileNotFoundError as error:
            raise ConfigError(f"{folder} holds no sentence model: 'bookwheel vectors' makes it.") from error
        self._pieces = WordPieces(pieces.decode().splitlines())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        vectors = np.clip(np.rint(self._floats(texts) / STEP), -127, 127).astype(np.int8)
        return [vector.tobytes() for vector in vectors]

    def nearness(self, text: str, vectors: Sequence[bytes]) -> list[float]:
        """Cosines, from -1 to 1."""
        matrix = np.frombuffer(b"".join(vectors), np.int8).reshape(len(vectors), files.WIDTH)
        found: list[float] = (matrix.astype(np.float32) @ self._floats([text])[0] * STEP).tolist()
        return found

    def _floats(self, texts: Sequence[str]) -> Floats:
        numbers = [self._pieces.numbers(text, MAX_PIECES) for text in texts]
        order = sorted(range(len(texts)), key=lambda place: len(numbers[place]))
        vectors: Floats = np.empty((len(texts), files.WIDTH), np.float32)
        for begin in range(0, len(order), BATCH):
            places = order[begin : begin + BATCH]
            vectors[places] = self._batch([numbers[place] for place in places])
        return vectors

    def _batch(self, numbers: Sequence[Sequence[int]]) -> Floats:
        ids: np.ndarray[Any, np.dtype[np.int32]] = np.zeros((len(numbers), max(map(len, numbers))), np.int32)
        mask = np.zeros_like(ids)
        for row, pieces in enumerate(numbers):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        vectors: Floats = self._session.run(["vectors"], {"ids": ids, "mask": mask})[0]
        return vectors
