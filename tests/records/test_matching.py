from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookwheel.records.matching import MAX_KEY_AUTHORS, normal_title, work_ids, work_keys
from bookwheel.records.model import Contributor, Identifier, PublicationDate, Record, Text

RECORD = Record(
    id="a",
    source="s",
    source_identifier="s:a",
    datestamp="",
    format="Article",
    record_format="Article",
    title=Text("Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"),
    contributors=(Contributor("Agostino Cortelezzi"), Contributor("Mariarita Sciumè")),
    published=PublicationDate("2012"),
)


@pytest.mark.parametrize(
    ("title", "authors", "expected"),
    [
        ("Lenalidomide, again", ["Mariarita Sciumè"], ("AT mariaritasciume lenalidomideagain",)),
        ("The Wheel", ["A. Ł. Øre"], ("AT ałøre thewheel", "AT ałøre wheel")),
        ("Aβ and μ-opioid", ["X"], ("AT x abandmopioid",)),
        ("½ ² Ⅳ ﬁ ａ", ["X"], ("AT x 1⁄22ivfia",)),
        ("Title", [], ()),
        ("Title", ["", "?!"], ()),
        ("...", ["X"], ()),
        ("0", ["X"], ()),
    ],
)
def test_work_keys(title: str, authors: list[str], expected: tuple[str, ...]) -> None:
    assert work_keys(title, authors) == expected


def test_parts_are_cut_at_255_characters() -> None:
    (key,) = work_keys("t" * 300, ["a" * 300])
    assert key == f"AT {'a' * 255} {'t' * 255}"


def test_the_first_authors_make_keys() -> None:
    assert len(work_keys("Title", [f"Author {number}" for number in range(20_000)])) == MAX_KEY_AUTHORS


@given(st.text(), st.lists(st.text(), max_size=3))
def test_no_key_has_an_empty_part(title: str, authors: list[str]) -> None:
    assert all(all(key.split(" ")) for key in work_keys(title, authors))


def test_both_forms_of_a_name_give_one_key() -> None:
    inverted = replace(RECORD, contributors=(Contributor("Cortelezzi, Agostino M."),))
    assert work_ids(RECORD) == work_ids(inverted)
    assert work_ids(RECORD) == ("WK agostino.cortelezzi lenalidomideinthetreatmentofchroniclymphocyticleukemia 2012",)


def test_the_doi_is_a_key() -> None:
    assert work_ids(replace(RECORD, identifiers=(Identifier("doi", "10.1/x"),), title=Text(""))) == ("DOI 10.1/x",)


@pytest.mark.parametrize(
    "change",
    [{"title": Text("Letter to the editor")}, {"title": Text("!")}, {"contributors": ()}, {"published": None}],
    ids=str,
)
def test_too_little_gives_no_key(change: dict[str, object]) -> None:
    assert work_ids(replace(RECORD, **change)) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Éclair: a life.", "Éclair – A Life"),
        ("<i>E. coli</i> in mice", "E coli in Mice"),
        ("p < 0.05 matters", "p 0 05 matters"),
    ],
)
def test_normal_titles_agree(one: str, other: str) -> None:
    assert normal_title(one) == normal_title(other)
