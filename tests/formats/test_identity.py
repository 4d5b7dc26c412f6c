import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.formats.identity import address, fingerprint


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("10.5555/meadow.2021", "p-10.5555-meadow.2021"),
        ("10.5555/MEADOW-2021", "p-10.5555-meadow-2021"),
        ("oai:example.org:7", "p-7"),
        ("", ""),
    ],
)
def test_address(identifier: str, expected: str) -> None:
    assert address(identifier, "p-") == expected


@given(
    st.text(alphabet="ab-/()<>:;_.", min_size=1, max_size=8), st.text(alphabet="ab-/()<>:;_.", min_size=1, max_size=8)
)
def test_dois_that_differ_have_addresses_that_differ(first: str, second: str) -> None:
    one, two = f"10.5555/a{first}b", f"10.5555/a{second}b"
    assert (address(one, "p-") == address(two, "p-")) == (one == two)
    assert not set(address(one, "p-")) & set("/()<>:;_ ")


def test_a_fingerprint_minds_words_not_signs() -> None:
    assert fingerprint("The Daisy.", "2021") == fingerprint("the daisy", "2021") != fingerprint("the daisy 2021", "")
    assert fingerprint("", " ") == ""
