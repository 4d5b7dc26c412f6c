import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.formats import tex


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"M\"uller", "Müller"),
        (r"M{\"u}ller", "Müller"),
        (r"M\"{u}ller", "Müller"),
        (r"{\'\i}", "í"),
        (r"\v{C}ech", "Čech"),
        (r"\c c", "ç"),
        (r"{\aa}ngstr{\"o}m", "ångström"),
        (r"Stra{\ss}e", "Straße"),
        (r"\L{}\'od\'z", "Łódź"),
        (r"\O ystein", "Øystein"),
        (r"Smith \& Sons, 5\%", "Smith & Sons, 5%"),
        (r"pp.~12--15 --- all", "pp. 12–15 — all"),
        (r"``so''", "“so”"),
        (r"{The {DNA} of {E. coli}}", "The DNA of E. coli"),
        (r"\emph{Bellis} and {\it Poa}", "<i>Bellis</i> and <i>Poa</i>"),
        (r"CO$_2$ and x$^{10}$", "CO<sub>2</sub> and x<sup>10</sup>"),
        (r"$\beta$-glucan $\leq 5$", "β-glucan ≤5"),
        (r"\href{https://x.org}{here}", "https://x.orghere"),
        (r"\unknown{kept}", "kept"),
        (r"\unknown", ""),
        ("no tex at all", "no tex at all"),
        ("{never closed", "never closed"),
        ("closed too often}}", "closed too often"),
    ],
)
def test_tex_becomes_text(written: str, text: str) -> None:
    assert tex.plain(written) == text


@given(st.text(alphabet="\\{}$~-'`^_\" ab", max_size=40))
def test_no_tex_raises_or_grows(written: str) -> None:
    assert len(tex.plain(written)) <= 20 * len(written) + 20


def test_deep_groups_end() -> None:
    assert tex.plain("{" * 10_000 + "x" + "}" * 10_000) in ("", "x")
