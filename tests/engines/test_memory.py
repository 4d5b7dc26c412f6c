"""The reference engine keeps the contract."""

import pytest
from tests.contracts.engine import EngineContract, MakeEngine

from bookwheel.engines.memory import MemoryEngine


class TestMemoryEngine(EngineContract):
    @pytest.fixture(scope="class")
    @classmethod
    def make_engine(cls) -> MakeEngine:
        return MemoryEngine
