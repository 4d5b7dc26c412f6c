"""Rules that are written are the rules that are read."""

import io

from hypothesis import given
from hypothesis import strategies as st

from bookwheel.vocabulary.concepts import Concept
from bookwheel.vocabulary.tables import read_rules, written_rules

# A name as the file gives it back: no blanks around it, one line, and no backslash, which escapes.
NAMES = st.text(st.sampled_from("abc ,=>#é-"), min_size=1, max_size=8).map(str.strip).filter(bool)
RULES = st.builds(
    lambda name, others, one_way: Concept(name, tuple(others), one_way=one_way and bool(others)),
    NAMES,
    st.lists(NAMES, max_size=3),
    st.booleans(),
)


@given(st.lists(RULES, max_size=5))
def test_rules_come_back_as_they_were(rules: list[Concept]) -> None:
    assert list(read_rules(io.BytesIO(written_rules(rules).encode()))) == rules


def test_rules_are_written_as_people_write_them() -> None:
    rules = [
        Concept("covid", ("covid-19", "sars-cov-2")),
        Concept("thesis", ("dissertation",), one_way=True),
        Concept("theses", ("dissertation",), one_way=True),
    ]
    assert written_rules(rules) == "covid, covid-19, sars-cov-2\nthesis, theses => dissertation\n"
