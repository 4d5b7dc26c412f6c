"""Invented authors, their affiliations and numbers, and the numbers of invented journals."""

from collections.abc import Callable
from functools import lru_cache
from zlib import crc32

from bookwheel.demo.sample import Author
from bookwheel.demo.vocabulary import Tradition, vocabulary


def authors(draw: Callable[[], int], departments: tuple[str, ...], tradition: int | None) -> tuple[Author, ...]:
    """One to eight authors, most of them of one tradition of names: the one given, or one drawn.

    `draw` gives random numbers from 0 to 65,535. The same name has the same ORCID everywhere.
    """
    traditions = vocabulary().traditions
    number = draw()
    count = 1 + (8 * number * number >> 32)
    home = traditions[len(traditions) * draw() >> 16 if tradition is None else tradition]
    place = draw()
    found = []
    for _ in range(count):
        number = draw()
        guest = number & 7 == 7
        name = _name(traditions[number * len(traditions) >> 16] if guest else home, number)
        found.append(Author(name, orcid(name), affiliation(departments, place + guest)))
    return tuple(found)


def _name(tradition: Tradition, number: int) -> str:
    number = number * 40503 & 0xFFFFFF
    given = tradition.given[number % len(tradition.given)]
    family = tradition.family[(number >> 8) % len(tradition.family)]
    return tradition.pattern % {"given": given, "family": family}


@lru_cache(maxsize=100_000)
def orcid(name: str) -> str:
    """An ORCID for one name in four, else nothing.

    The block 0000-0005 is none that ORCID gives out, so no real person is named by it.

    >>> orcid("Agnes Bennett"), orcid("Agnes Ashworth")
    ('', '0000-0005-3199-4754')
    """
    number = crc32(name.encode())
    if number % 4:
        return ""
    digits = f"00000005{number // 4 % 10_000_000:07}"
    digits += _check_digit_11_2(digits)
    return "-".join(digits[i : i + 4] for i in (0, 4, 8, 12))


def _check_digit_11_2(digits: str) -> str:
    """ISO 7064 MOD 11-2, as ORCID uses it."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


@lru_cache(maxsize=1_000)
def issn(journal: str, block: str) -> str:
    """An ISSN with a valid check digit for an invented journal.

    The blocks 98 and 99 are far above any ISSN given out.

    >>> issn("Invented Agronomy", "98")
    '9813-0935'
    """
    digits = f"{block}{crc32(journal.encode()) % 100_000:05}"
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits, strict=True))
    return f"{digits[:4]}-{digits[4:]}{'0123456789X'[-total % 11]}"


@lru_cache(maxsize=200_000)
def affiliation(departments: tuple[str, ...], number: int) -> str:
    """Department, university, town and country; the number picks them."""
    common = vocabulary().common
    number = number * 2654435761 & 0xFFFFFFFF
    firsts, lasts, countries = common["towns_first"], common["towns_last"], common["countries"]
    town = firsts[(number >> 4) % len(firsts)] + lasts[(number >> 12) % len(lasts)]
    department = departments[number % len(departments)]
    return f"{department}, University of {town}, {town}, {countries[(number >> 20) % len(countries)]}"
