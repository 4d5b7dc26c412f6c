"""Terms are found by their stems, ambiguous ones are left alone, and headings reach down the tree."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.realdata import collection

from bookwheel.search import headings
from bookwheel.search.parse import parse
from bookwheel.search.synonyms import term_key, widened
from bookwheel.vocabulary import lookup
from bookwheel.vocabulary.concepts import Concept
from bookwheel.vocabulary.file import VocabularyFile
from bookwheel.vocabulary.lookup import VocabularyLookup
from bookwheel.vocabulary.reading import read

MESH = [
    Concept("Neoplasms", ("Tumor", "Tumors", "Cancer"), "D1", ("C04",)),
    Concept("Leukemia", (), "D2", ("C04.557.337",)),
    Concept("Leukemia, Myeloid", ("Myeloid Leukemia",), "D3", ("C04.557.337.539", "C15.9")),
    Concept("Other", (), "D4", ("C041", "C05")),
    Concept("Common Cold", ("Cold",), "D5", ("C01",)),
    Concept("Cold Temperature", ("Cold",), "D6", ("G16",)),
    Concept("Lead", (), "D7", ("D01",)),
    Concept("Leadership", ("Lead",), "D8", ("F01",)),
]
OWN = [Concept("widget", ("gadget",), one_way=True), Concept("cancer", ("crab",)), Concept("cancer", ("Krebs",))]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[VocabularyFile]:
    opened = VocabularyFile(tmp_path / "vocabulary.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def words(file: VocabularyFile) -> VocabularyLookup:
    file.load("mesh", "MeSH 2026", "desc2026.xml", MESH)
    file.load("own", "Own", "own.txt", OWN)
    return VocabularyLookup(file)


def test_there_may_be_none(file: VocabularyFile) -> None:
    words = VocabularyLookup(file)
    assert words.is_empty()
    assert words.senses(["cancer"]) == {}
    assert words.heading("Neoplasms", True) is None
    file.load("own", "Own", "own.txt", OWN)
    assert not words.is_empty()
    file.remove("own")
    assert words.is_empty()


@pytest.mark.parametrize(
    ("term", "senses"),
    [
        ("tumors", [("Neoplasms", "MeSH 2026, version 1")]),
        ("cancers", [("Neoplasms", "MeSH 2026, version 1"), *[("cancer", "Own, version 1")] * 2]),
        ("Myeloid Leukemia", [("Leukemia, Myeloid", "MeSH 2026, version 1")]),
        ("lead", [("Lead", "MeSH 2026, version 1")]),
        ("cold", []),
        ("widget", [("widget", "Own, version 1")]),
        ("gadget", []),
        ("nowhere", []),
    ],
)
def test_a_term_has_its_senses(words: VocabularyLookup, term: str, senses: list[tuple[str, str]]) -> None:
    found = words.senses([term_key(term), "", "another"]).get(term_key(term), ())
    assert [(sense.name, sense.vocabulary) for sense in found] == senses


def test_terms_are_as_they_are_said(words: VocabularyLookup) -> None:
    (sense,) = words.senses(["myeloid leukemia"])["myeloid leukemia"]
    assert sense.terms == ("Myeloid Leukemia", "Myeloid Leukemia")


@pytest.mark.parametrize(
    ("text", "exploded", "subjects", "count"),
    [
        (
            "Neoplasms",
            True,
            {"Neoplasms", "Tumor", "Tumors", "Cancer", "Leukemia", "Leukemia, Myeloid", "Myeloid Leukemia"},
            3,
        ),
        ("Neoplasms", False, {"Neoplasms", "Tumor", "Tumors", "Cancer"}, 1),
        ("cancer", False, {"Neoplasms", "Tumor", "Tumors", "Cancer"}, 1),
        ("Leukemia", True, {"Leukemia", "Leukemia, Myeloid", "Myeloid Leukemia"}, 2),
        ("Myeloid Leukemia", True, {"Leukemia, Myeloid", "Myeloid Leukemia"}, 1),
        ("leadership", True, {"Leadership", "Lead"}, 1),
    ],
)
def test_a_heading_has_what_stands_below_it(
    words: VocabularyLookup, text: str, exploded: bool, subjects: set[str], count: int
) -> None:
    found = words.heading(text, exploded)
    assert found is not None
    assert (set(found.subjects), found.count, found.is_cut) == (subjects, count, False)
    assert found.vocabulary == "MeSH 2026, version 1"


@pytest.mark.parametrize("text", ["widget", "nowhere", "", "—"])
def test_only_headings_of_a_tree_are_headings(words: VocabularyLookup, text: str) -> None:
    assert words.heading(text, True) is None


def test_headings_are_bounded(words: VocabularyLookup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "MAX_HEADINGS", 2)
    found = words.heading("Neoplasms", True)
    assert found is not None
    assert (found.count, found.is_cut) == (2, True)
    monkeypatch.setattr(lookup, "MAX_SUBJECTS", 1)
    assert getattr(words.heading("Neoplasms", False), "subjects", ()) == ("Neoplasms",)


def test_a_search_goes_on_without_a_damaged_file(file: VocabularyFile, caplog: pytest.LogCaptureFixture) -> None:
    file.path.write_bytes(b"no database" * 1000)
    words = VocabularyLookup(file)
    with caplog.at_level(logging.WARNING):
        assert words.is_empty()
        assert words.senses(["x"]) == {}
        assert words.heading("x", True) is None
    assert "searching without vocabularies" in caplog.text


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VocabularyLookup]:
    folder = collection("vocab")
    file = VocabularyFile(tmp_path_factory.mktemp("real") / "vocabulary.sqlite3")
    for name in ("mesh_descriptors", "drug_names", "disease_names_do2015"):
        file.load(name, name, name, read(folder / f"{name}.tsv.gz"))
    yield VocabularyLookup(file)
    file.close()


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("heart attack in women", "myocardial infarction"),
        ("acetaminophen overdose", "Paracetamol"),
        ("chronic lymphocytic leukemia", "CLL"),
        ("kidney stones", "nephrolithiasis"),
    ],
)
def test_real_vocabularies_bridge_the_gap(real: VocabularyLookup, text: str, also: str) -> None:
    found = widened(parse(text).tree, "AllFields", real)
    assert term_key(also) in {term_key(term) for each in found.expansions for term in each.also}


@pytest.mark.realdata
def test_real_headings_are_exploded(real: VocabularyLookup) -> None:
    found = real.heading("Neoplasms", True)
    assert found is not None
    assert found.count > 600
    assert {"Leukemia, Myeloid, Acute", "Acute Myeloid Leukemia", "Breast Neoplasms"} <= set(found.subjects)
    assert len(found.subjects) <= headings.MAX_SUBJECTS
