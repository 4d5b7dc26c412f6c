"""A model of meaning that fits a line: words of one group mean the same."""

from collections.abc import Sequence

from bookwheel.search.analysis import folded_words

GROUPS = (("heart", "cardiac"), ("kidney", "renal"), ("blood", "haematology"))


class FakeEncoder:
    """A vector has a byte for each group: 1 where a word of it occurs."""

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        self.encoded += texts
        return [_vector(text) for text in texts]

    def nearness(self, text: str, vectors: Sequence[bytes]) -> list[float]:
        wanted = _vector(text)
        return [float(sum(a * b for a, b in zip(wanted, vector, strict=True))) for vector in vectors]


def _vector(text: str) -> bytes:
    words = set(folded_words(text))
    return bytes(bool(words & set(group)) for group in GROUPS)
