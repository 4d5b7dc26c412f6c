"""What was known, in few bytes."""

from hypothesis import given
from hypothesis import strategies as st

from bookwheel.web.alerts.baseline import Baseline, pack

IDS = st.sets(st.text(min_size=1, max_size=20, alphabet=st.characters(codec="utf-8")), max_size=50)


@given(IDS, IDS)
def test_holds_what_was_packed_and_nothing_else(known: set[str], others: set[str]) -> None:
    baseline = Baseline(pack(known))
    assert len(baseline) == len(known)
    assert all(each in baseline for each in known)
    assert not any(each in baseline for each in others - known)


def test_takes_about_seven_bytes_a_record() -> None:
    assert len(pack(str(number) for number in range(20_000))) < 20_000 * 7.6
