"""Years as a histogram: bars as numbers for an SVG drawn on the server, and the same as a table."""

from collections.abc import Iterable
from dataclasses import dataclass

from bookwheel.search.results import FacetValue

WIDTH, HEIGHT = 240, 56
"""Units of the drawing; the page scales it."""
_MOST_BARS = 48
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Bar:
    """Works of the years `first` to `last`; x, y, width, height place its bar in the drawing."""

    first: int
    last: int
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def label(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Histogram:
    first: int
    last: int
    bars: tuple[Bar, ...]


def histogram(values: Iterable[FacetValue]) -> Histogram | None:
    """Bars for the counted years, several years to a bar where one each would be too thin; None without years."""
    counts = {int(v.value): v.count for v in values if v.value.isdecimal() and int(v.value) > 0}
    if not counts:
        return None
    first, last = min(counts), max(counts)
    step = next((s for s in _STEPS if (last - first) // s < _MOST_BARS), _STEPS[-1])
    start = first - first % step
    sums: dict[int, int] = {}
    for year, count in counts.items():
        sums[(year - start) // step] = sums.get((year - start) // step, 0) + count
    slots = (last - start) // step + 1
    tallest = max(sums.values())
    bars = tuple(
        _bar(start + slot * step, step, sums[slot], slot, slots, tallest)
        for slot in sorted(sums)
        if slot <= 10 * _MOST_BARS
    )
    return Histogram(first, last, bars)


def _bar(year: int, step: int, count: int, slot: int, slots: int, tallest: int) -> Bar:
    """The smallest bar is two units high, so that a single work can still be seen."""
    pitch = WIDTH / max(slots, 8)
    height = max(2.0, round(HEIGHT * count / tallest, 1))
    return Bar(
        year, year + step - 1, count, round(slot * pitch, 2), round(HEIGHT - height, 1), round(pitch * 0.82, 2), height
    )
