"""The invented records: the same for ever, valid where they should be, and of many kinds."""

import re
from statistics import mean

from hypothesis import given
from hypothesis import strategies as st
from stdnum import issn

from bookwheel.demo.generate import SEED, record
from bookwheel.demo.oddities import ODDITIES, ROUND, TWINS, original_of

NUMBERS = st.integers(0, 5_000_000)
FIRST = [record(number) for number in range(1_500)]
PLAIN = [
    sample for number, sample in enumerate(FIRST) if number % ROUND not in ODDITIES and number % ROUND not in TWINS
]


@given(NUMBERS, st.integers(0, 2**32))
def test_a_record_is_a_function_of_its_number_and_the_seed(number: int, seed: int) -> None:
    assert record(number, seed) == record(number, seed)
    assert record(number, seed).identifier == f"oai:invented.example/article:{number:07}"


def test_the_first_record_stays_what_it_is() -> None:
    """Measurements of different days compare only while the generator gives the same records."""
    sample = record(0, SEED)
    assert sample.title == "Treatment of myelodysplastic syndromes in frail patients: a registry study"
    assert sample.doi == "10.5555/invented.2026.0000000"


def test_another_seed_gives_other_records() -> None:
    assert sum(record(n, 1).title != record(n, 2).title for n in range(100)) > 90


@given(NUMBERS)
def test_every_record_says_that_it_is_invented(number: int) -> None:
    sample = record(number)
    assert "invented" in sample.publisher.lower()
    assert sample.doi == "" or "10.5555/" in sample.doi or sample.doi == "n/a"
    assert "invented" in sample.identifier


def test_numbers_are_valid_and_belong_to_nobody() -> None:
    for sample in PLAIN:
        assert issn.is_valid(sample.issn), sample
        assert sample.issn.startswith("98")
        for author in sample.authors:
            assert author.orcid == "" or _is_orcid(author.orcid), author
            assert author.orcid[:10] in ("", "0000-0005-")


def _is_orcid(text: str) -> bool:
    """ISO 7064 MOD 11-2 over the fifteen digits before the check character."""
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    return len(digits) == 16 and "0123456789X"[(12 - total % 11) % 11] == digits[15]


def test_one_name_has_one_orcid() -> None:
    found: dict[str, set[str]] = {}
    for sample in PLAIN:
        for author in sample.authors:
            found.setdefault(author.name, set()).add(author.orcid)
    assert all(len(orcids) == 1 for orcids in found.values())


def test_stamps_climb_with_the_number() -> None:
    stamps = [sample.datestamp for sample in FIRST]
    assert stamps == sorted(stamps)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamps[0])


def test_no_sentence_has_an_empty_slot() -> None:
    for sample in PLAIN:
        assert not re.search(r"[{}]|%\(", sample.title + sample.abstract), sample


def test_texts_are_as_long_as_real_ones() -> None:
    words = [len(sample.abstract.split()) for sample in PLAIN if sample.language == "eng"]
    assert 130 < mean(words) < 220
    assert max(words) < 260


def test_the_demo_is_a_mixed_lot() -> None:
    assert len({sample.language for sample in FIRST}) >= 18
    assert len({sample.sets[0] for sample in FIRST}) == 12
    assert {int(sample.published[:4]) for sample in PLAIN} >= set(range(1960, 2027))
    assert len({sample.title for sample in PLAIN}) > 0.9 * len(PLAIN)
    scripts = "АΑاאअ王あ김ა"
    blocks = {ord(letter) >> 7 for sample in FIRST for author in sample.authors for letter in author.name}
    assert {ord(letter) >> 7 for letter in scripts} <= blocks


def test_words_have_a_long_tail() -> None:
    words = {word for sample in FIRST for word in sample.abstract.lower().split()}
    assert len(words) > 4_000


def test_twins_share_authors_and_year_with_their_original() -> None:
    for number, sample in enumerate(FIRST):
        origin = original_of(number)
        if origin is not None:
            assert len(sample.authors) == len(FIRST[origin].authors)
            assert sample.published == FIRST[origin].published
            assert sample.title[:12] == FIRST[origin].title[:12]
