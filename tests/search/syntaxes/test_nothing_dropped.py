"""Whatever is put into a valid strategy that cannot be honoured, a note says so, at its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookwheel.search.parse import parse
from bookwheel.search.syntaxes import SYNTAXES

STRATEGIES = {
    "box": ["leukemia treatment", "(title:cell OR cells) AND p53", '"a b"~3 NOT year:[2010 TO 2012]'],
    "pubmed": [
        "lung cancer[tiab] AND (smok*[tw] OR tobacco[ti])",
        "a[ti]\nb[ti]\n#1 OR #2\nc[ab]\n#3 NOT #4",
        "2010:2015[dp] AND english[la] AND Smith J[au]",
    ],
    "ovid": [
        "(macula$ adj3 (oedema or edema)).tw.",
        "a.ti.\nb.ti,ab.\nor/1-2\nc.mp.\n3 and 4",
        "(a or b).tw. and c.ab. not d.ti.",
    ],
    "cql": ['dc.title = "lung cancer" and dc.date > 2010', 'dc.creator any "a b" not dc.subject = c'],
}

UNSUPPORTED = {
    "box": [" *emia", " ab*", " leukemia~5", " [a TO b]", " title:[1 TO 2]", " a NEAR/2 (b AND c)", " x~1"],
    "pubmed": [
        " AND Asthma[mh]", " AND Asthma[mh:noexp]", " AND Asthma[majr]", " AND us[sh]", " AND review[pt]",
        " AND humans[filter]", " AND 2010[edat]", " AND x[zz]", " AND 12[ip]", " AND aspirin[nm]", " AND *itis[ti]",
        " AND ab*[ti]", " AND x[1au]", " AND #99", " OR (x[ti] NOT medline[sb])", " AND 2010/05[dp]", " AND x y[mh:~2]",
        " AND Asthma/therapy[mh]", " AND",
    ],
    "ovid": [
        " and exp Asthma/", " and Asthma/", " and *Asthma/", " and Asthma/th", " and aspirin.nm.", " and review.pt.",
        " and $itis.tw.", " and a/freq=3", " and ((a and b) adj2 c).tw.", " and humans.sh.", " and 99.dt.",
        "\nlimit 1 to humans", "\nremove duplicates from 1", " and", " and or/88-89",
    ],
    "cql": [
        " and foo.bar = x", " sortBy dc.title", " and/rel.combine=sum a",
        " prox/unit=sentence a", " and dc.title = \"^a\"",
        " and dc.title exact a", " and dc.title < a", " and dc.date = soon", " and dc.title = *itis", " and a = b",
    ],
}  # fmt: skip

CASES = [
    (syntax, strategy, operator)
    for syntax, strategies in STRATEGIES.items()
    for strategy in strategies
    for operator in UNSUPPORTED[syntax]
]


@pytest.mark.parametrize(("syntax", "strategy"), [(syntax, one) for syntax, all_ in STRATEGIES.items() for one in all_])
def test_the_strategies_are_honoured_as_they_are(syntax: str, strategy: str) -> None:
    assert parse(strategy, syntax=syntax).reproducible


@pytest.mark.parametrize(("syntax", "strategy", "operator"), CASES)
def test_an_unsupported_operator_is_noted_where_it_stands(syntax: str, strategy: str, operator: str) -> None:
    found = parse(strategy + operator, syntax=syntax)
    assert not found.reproducible
    ends = [note.end for note in found.notes if not note.honoured and note.end is not None]
    assert max(ends) > len(strategy)


@settings(deadline=None)
@given(data=st.data(), syntax=st.sampled_from(sorted(UNSUPPORTED)))
def test_several_unsupported_operators_are_all_noted(data: st.DataObject, syntax: str) -> None:
    """One on each line of a group, so that none hides another."""
    chosen = data.draw(st.lists(st.sampled_from(UNSUPPORTED[syntax][:4]), min_size=1, max_size=4, unique=True))
    strategy = data.draw(st.sampled_from([one for one in STRATEGIES[syntax] if "\n" not in one]))
    if syntax == "cql":
        chosen = chosen[:1]
    found = parse(strategy + "".join(chosen), syntax=syntax)
    assert len([note for note in found.notes if not note.honoured]) >= len(chosen)


_SIGNS = st.sampled_from(
    [*'ab1 ()[]"*?$#/.:^~+-&|<>=\\{}\n', " AND ", " or ", " not ", " adj3 ", ".ti,ab.", ".mp.", "[tiab]", "[mh]",
     "[dp]", "#1", "or/1-3", "exp ", " prox/distance<3 ", "dc.title = ", "limit 1 to ", "2010:2012", "“", "é", "北"]
)  # fmt: skip


@settings(deadline=None)
@given(text=st.text(max_size=200) | st.lists(_SIGNS, max_size=60).map("".join), syntax=st.sampled_from(["", *SYNTAXES]))
def test_no_text_is_an_error(text: str, syntax: str) -> None:
    found = parse(text, syntax=syntax)
    assert found == parse(text, syntax=syntax)
    for note in found.notes:
        assert note.text
        if note.start is not None and note.end is not None:
            assert 0 <= note.start <= note.end <= len(text)
