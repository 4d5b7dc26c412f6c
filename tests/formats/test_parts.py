import pytest

from bookwheel.formats import parts
from bookwheel.formats.reading import Findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1032-8", ("1032", "1038")),
        ("S112-9", ("S112", "S119")),
        ("199-201", ("199", "201")),
        ("99-8", ("99", "8")),
        ("12-34, 56", ("12", "34")),
        ("e1001710", ("e1001710", "")),
        ("pp. 5–9", ("5", "9")),
        ("", ("", "")),
    ],
)
def test_pages(text: str, expected: tuple[str, str]) -> None:
    assert parts.pages(text) == expected


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        (["http://creativecommons.org/licenses/by/2.0"], "CC BY"),
        (["https://creativecommons.org/licenses/by-nc-nd/4.0/"], "CC BY-NC-ND"),
        (["https://creativecommons.org/publicdomain/zero/1.0/"], "CC0"),
        (["under the Creative Commons Attribution License"], "CC BY"),
        (["the Creative Commons Attribution-NonCommercial-ShareAlike licence"], "CC BY-NC-SA"),
        (["All rights reserved", "https://example.org/terms"], "https://example.org/terms"),
        (["All rights reserved"], ""),
        ([], ""),
    ],
)
def test_licence(candidates: list[str], expected: str) -> None:
    assert parts.licence(candidates) == expected


def test_a_wrong_check_digit_is_kept_and_no_issn_is_not() -> None:
    findings = Findings()
    assert parts.issn("1234-5678", findings) == "1234-5678"
    assert parts.issn("none", findings) == ""
    assert len(findings.problems) == 2


@pytest.mark.parametrize(
    ("payload", "expected"),
    [(b"&eacute;", b"&#233;"), (b"&amp;", b"&amp;"), (b"&unknown;", b"&unknown;"), (b"&lt;&#38;", b"&lt;&#38;")],
)
def test_named_entities_become_numbers(payload: bytes, expected: bytes) -> None:
    assert parts.without_named_entities(payload) == expected
