from math import inf

import pytest

from bookwheel.search import deadline as deadlines
from bookwheel.search.deadline import deadline, left, passed


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock shows the only number in this list."""
    shown = [100.0]
    monkeypatch.setattr(deadlines, "now", lambda: shown[0])
    return shown


def test_without_a_deadline_there_is_all_the_time_in_the_world() -> None:
    assert left() == inf
    assert not passed()


def test_time_runs_out(clock: list[float]) -> None:
    with deadline(3):
        assert (left(), passed()) == (3, False)
        clock[0] += 2
        assert (left(), passed()) == (1, False)
        clock[0] += 1
        assert (left(), passed()) == (0, True)
    assert not passed()


def test_an_inner_deadline_is_never_later(clock: list[float]) -> None:
    with deadline(3):
        with deadline(5):
            assert left() == 3
        with deadline(1):
            assert left() == 1
        assert left() == 3
