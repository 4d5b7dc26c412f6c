"""Makes the ONNX file of the sentence model from its weights, once: matrices in whole numbers of 8 bits.

The graph is BERT's encoder (6 layers, 12 heads, 384 wide), the mean of the last layer over the text's pieces, and
length 1. Weights of matrices are rounded to 7 bits with the sign, by column: with 8, processors without VNNI would
overflow when they add products, and two machines would give two vectors for one text. The same input gives the same
file, byte for byte, so that its SHA-256 can be known beforehand.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bookwheel.semantic.files import POSITIONS, WIDTH, write
from bookwheel.semantic.weights import Shipped, Tensors, read_shipped

LAYERS, HEADS = 6, 12
EPSILON = 1e-12
"""Of the normalisation of layers, as the model was trained."""
LEVELS = 63
"""The greatest whole number a weight becomes: 7 bits with the sign."""


def build(folder: Path, shipped: Shipped | None = None) -> None:
    """Write the model and its vocabulary into `folder`, each as a whole or not at all.

    Raises ConfigError when the package that ships the weights is missing, or brings others.
    """
    shipped = shipped or read_shipped()
    write(folder, shipped.vocabulary, graph(shipped.tensors).SerializeToString(deterministic=True))


def graph(tensors: Tensors) -> onnx.ModelProto:
    """The model: `ids` and `mask`, both (texts, pieces), to `vectors` (texts, WIDTH) of length 1."""
    making = _Graph(tensors)
    hidden = making.embeddings()
    for layer in range(LAYERS):
        hidden = making.layer(hidden, f"encoder.layer.{layer}.")
    making.mean(hidden)
    shape = ["texts", "pieces"]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT32, shape) for name in ("ids", "mask")]
    outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH])]
    found = helper.make_graph(making.nodes, "all-MiniLM-L6-v2", inputs, outputs, making.initializers)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(found, opset_imports=opsets, ir_version=8, producer_name="bookwheel")


class _Graph:
    """Nodes and constants as they are added. A node is named after what it gives."""

    def __init__(self, tensors: Tensors) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self._tensors = tensors

    def embeddings(self) -> str:
        """Word pieces by row in 8 bits; places and the one type of text added up beforehand."""
        table, scales = quantised(self._tensors["embeddings.word_embeddings.weight"].T, levels=127)
        self._constant("words", table.T)
        self._constant("word_scales", scales[:, None])
        places = self._tensors["embeddings.position_embeddings.weight"][:POSITIONS]
        self._constant("places", places + self._tensors["embeddings.token_type_embeddings.weight"][0])
        self._constant("zero", np.array([0], np.int64))
        self._node("Gather", ["words", "ids"], "word_numbers")
        self._node("Cast", ["word_numbers"], "word_floats", to=TensorProto.FLOAT)
        self._node("Gather", ["word_scales", "ids"], "scales")
        self._node("Mul", ["word_floats", "scales"], "word_vectors")
        self._node("Shape", ["ids"], "length", start=1, end=2)
        self._node("Slice", ["places", "zero", "length", "zero"], "place_vectors")
        self._node("Add", ["word_vectors", "place_vectors"], "embedded")
        return self._normalised("embedded", "embeddings.LayerNorm")

    def layer(self, hidden: str, name: str) -> str:
        """Attention and the two matrices behind it, each added to what went in."""
        attended = self._attention(hidden, f"{name}attention.")
        hidden = self._added(attended, hidden, f"{name}attention.output.LayerNorm")
        widened = self._matrix(hidden, f"{name}intermediate.dense")
        self._node("Gelu", [widened], f"{name}gelu", domain="com.microsoft")
        narrowed = self._matrix(f"{name}gelu", f"{name}output.dense")
        return self._added(narrowed, hidden, f"{name}output.LayerNorm")

    def mean(self, hidden: str) -> None:
        self._constant("pieces_axis", np.array([1], np.int64))
        self._constant("last_axis", np.array([2], np.int64))
        self._node("Cast", ["mask"], "mask_floats", to=TensorProto.FLOAT)
        self._node("Unsqueeze", ["mask_floats", "last_axis"], "counted")
        self._node("Mul", [hidden, "counted"], "counted_vectors")
        self._node("ReduceSum", ["counted_vectors", "pieces_axis"], "sum", keepdims=0)
        self._node("LpNormalization", ["sum"], "vectors", axis=-1, p=2)

    def _attention(self, hidden: str, name: str) -> str:
        parts = [f"{name}self.{part}" for part in ("query", "key", "value")]
        together = np.concatenate([self._tensors[f"{part}.weight"] for part in parts])
        weights, scales = quantised(together.T)
        self._constant(f"{name}weights", weights)
        self._constant(f"{name}scales", scales)
        self._constant(f"{name}bias", np.concatenate([self._tensors[f"{part}.bias"] for part in parts]))
        given = [f"{name}input", f"{name}input_scale", f"{name}input_zero"]
        self._nodes("DynamicQuantizeLinear", [hidden], given)
        whole, scale, zero = given
        inputs = [whole, f"{name}weights", f"{name}bias", scale, f"{name}scales", "mask", zero]
        self._node("QAttention", inputs, f"{name}heads", domain="com.microsoft", num_heads=HEADS)
        return self._matrix(f"{name}heads", f"{name}output.dense")

    def _matrix(self, given: str, name: str) -> str:
        weights, scales = quantised(self._tensors[f"{name}.weight"].T)
        self._constant(f"{name}.weights", weights)
        self._constant(f"{name}.scales", scales)
        self._constant(f"{name}.bias", self._tensors[f"{name}.bias"])
        inputs = [given, f"{name}.weights", f"{name}.scales", "", f"{name}.bias"]
        return self._node("DynamicQuantizeMatMul", inputs, f"{name}.product", domain="com.microsoft")

    def _added(self, given: str, before: str, name: str) -> str:
        self._node("Add", [given, before], f"{name}.sum")
        return self._normalised(f"{name}.sum", name)

    def _normalised(self, given: str, name: str) -> str:
        self._constant(f"{name}.weight", self._tensors[f"{name}.weight"])
        self._constant(f"{name}.bias", self._tensors[f"{name}.bias"])
        inputs = [given, f"{name}.weight", f"{name}.bias"]
        return self._node("LayerNormalization", inputs, f"{name}.normal", axis=-1, epsilon=EPSILON)

    def _constant(self, name: str, values: np.ndarray[Any, Any]) -> None:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))

    def _node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self._nodes(kind, inputs, [output], **attributes)
        return output

    def _nodes(self, kind: str, inputs: list[str], outputs: list[str], **attributes: Any) -> None:
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=outputs[0], **attributes))


def quantised(
    matrix: np.ndarray[Any, Any], levels: int = LEVELS
) -> tuple[np.ndarray[Any, np.dtype[np.int8]], np.ndarray[Any, np.dtype[np.float32]]]:
    """A matrix in whole numbers from -levels to levels, and the factor of each column that brings it back."""
    scales = (np.abs(matrix).max(axis=0) / levels).astype(np.float32)
    scales = np.where(scales == 0, np.float32(1), scales)
    return np.rint(matrix / scales).astype(np.int8), scales
