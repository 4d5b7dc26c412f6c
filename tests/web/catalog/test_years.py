"""Bars of the histogram."""

from hypothesis import given
from hypothesis import strategies as st

from bookwheel.search.results import FacetValue
from bookwheel.web.catalog.years import HEIGHT, WIDTH, histogram


def test_each_year_has_its_bar_while_there_is_room() -> None:
    drawn = histogram([FacetValue("2001", 4), FacetValue("2003", 2)])
    assert drawn is not None
    assert [(bar.label, bar.count, bar.height) for bar in drawn.bars] == [("2001", 4, HEIGHT), ("2003", 2, HEIGHT / 2)]
    assert (drawn.first, drawn.last) == (2001, 2003)


def test_long_spans_are_drawn_in_steps_of_round_years() -> None:
    drawn = histogram([FacetValue(str(year), 1) for year in range(1921, 2027)])
    assert drawn is not None
    assert drawn.bars[0].label == "1920–1924"
    assert drawn.bars[1].count == 5


def test_no_years_no_drawing() -> None:
    assert histogram([]) is None
    assert histogram([FacetValue("unknown", 3), FacetValue("0", 3)]) is None


@given(st.dictionaries(st.integers(1, 9999), st.integers(1, 10**6), min_size=1, max_size=50))
def test_bars_hold_every_work_and_stay_inside_the_drawing(counts: dict[int, int]) -> None:
    drawn = histogram([FacetValue(str(year), count) for year, count in counts.items()])
    assert drawn is not None
    assert sum(bar.count for bar in drawn.bars) == sum(counts.values())
    for bar in drawn.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT + 0.2
