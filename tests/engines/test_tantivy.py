"""The embedded engine keeps the contract, on an index of as many segments as it keeps apart."""

from collections.abc import Iterator

import pytest
from tests.contracts.engine import EngineContract, MakeEngine

from bookwheel.engines.tantivy import TantivyEngine


class TestTantivyEngine(EngineContract):
    updates = 7

    @pytest.fixture(scope="class")
    @classmethod
    def make_engine(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeEngine]:
        made: list[TantivyEngine] = []

        def make() -> TantivyEngine:
            made.append(TantivyEngine(tmp_path_factory.mktemp("catalogue") / "index", memory_mb=16, threads=1))
            return made[-1]

        yield make
        for engine in made:
            engine.close()
