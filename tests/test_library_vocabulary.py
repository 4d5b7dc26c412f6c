"""Synonyms and headings in a whole catalogue: loaded, previewed, used, shown, and switched off."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bookwheel.library import Library
from bookwheel.search.query import Query
from bookwheel.search.url import from_url

ARTICLES = {
    "1": ("Heart attack in women", ["heart"]),
    "2": ("Myocardial infarction of men", ["Myocardial infarction"]),
    "3": ("A cure", ["leukemia, myeloid"]),
    "4": ("Neoplasms in mice", ["mice"]),
    "5": ("Tumours", ["NEOPLASMS"]),
}
MESH = (
    "id\tname\tsynonyms\ttree_numbers\n"
    "D1\tMyocardial Infarction\tHeart Attack\tC14\nD2\tNeoplasms\tTumor\tC04\nD3\tLeukemia, Myeloid\t\tC04.5\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("catalogue")
    (folder / "bookwheel.toml").write_text("index_memory_mb = 16\nsynonyms = true\n")
    articles = [
        {"id": f"{number:0>32}", "bibjson": {"title": title, "keywords": subjects}}
        for number, (title, subjects) in ARTICLES.items()
    ]
    (folder / "articles.jsonl").write_text("".join(f"{json.dumps(article)}\n" for article in articles))
    (folder / "mesh.tsv").write_text(MESH)
    with Library.open(folder) as opened:
        opened.import_files([folder / "articles.jsonl"], as_format="doaj_json")
        opened.index()
        assert opened.load_vocabulary([folder / "mesh.tsv"], label="MeSH 2026") is not None
        yield opened


def query(text: str, **more: str) -> Query:
    return from_url([("lookfor", text), *more.items()])


def found(library: Library, text: str, **more: str) -> list[str]:
    return [hit.id[-1] for hit in library.search(query(text, **more)).hits]


def test_a_search_finds_what_is_meant(library: Library) -> None:
    assert found(library, "heart attack") == ["1", "2"]
    assert found(library, "heart attack", synonyms="0") == ["1"]
    assert found(library, '"heart attack"') == ["1"]
    assert found(library, "myocardial infarction") == ["2", "1"]


def test_the_catalogue_may_leave_it_to_the_reader(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "config", replace(library.config, synonyms=False))
    assert found(library, "heart attack") == ["1"]
    assert found(library, "heart attack", synonyms="1") == ["1", "2"]


def test_the_reader_sees_the_synonyms(library: Library) -> None:
    understood = library.understand(query("heart attack"))
    assert understood.synonyms == "on"
    assert [(each.term, each.also, each.vocabulary) for each in understood.expansions] == [
        ("heart attack", ("Myocardial Infarction",), "MeSH 2026, version 1")
    ]
    assert [(part.text, part.kind, part.count) for part in understood.parts] == [("heart attack", "term", 2)]
    assert not any("Myocardial" in printed.text for printed in understood.printed), "copied as it was typed"


def test_switched_off_the_reader_sees_what_there_is(library: Library) -> None:
    understood = library.understand(query("heart attack", synonyms="0"))
    assert understood.synonyms == "off"
    assert understood.expansions[0].also == ("Myocardial Infarction",)
    assert [(part.text, part.kind) for part in understood.parts] == [("heart", "word"), ("attack", "word")]
    assert library.understand(query("heart[tiab]")).synonyms == "none"


@pytest.mark.parametrize(
    ("text", "syntax", "expected"),
    [
        ("Neoplasms[mh]", "pubmed", ["3", "5"]),
        ("Neoplasms[mh:noexp]", "pubmed", ["5"]),
        ("exp Neoplasms/", "ovid", ["3", "5"]),
        ("Neoplasms/", "ovid", ["5"]),
        ("mh:Tumor", "", ["3", "5"]),
        ("mice[ti] NOT Neoplasms[mh]", "pubmed", ["4"]),
    ],
)
def test_headings_find_subjects(library: Library, text: str, syntax: str, expected: list[str]) -> None:
    result = library.search(query(text, syntax=syntax))
    assert sorted(hit.id[-1] for hit in result.hits) == expected
    assert result.notes == ()


def test_the_reader_sees_how_far_a_heading_reaches(library: Library) -> None:
    asked = query("Neoplasms[mh] AND Rivers[mh]", syntax="pubmed")
    understood = library.understand(asked, library.search(asked))
    assert [(each.heading.text, each.found and each.found.count) for each in understood.headings] == [
        ("Neoplasms", 2),
        ("Rivers", None),
    ]
    assert [part.count for part in understood.parts] == [2, 0]
    assert [asked.text[note.start : note.end] for note in understood.notes] == ["Rivers[mh]"]
    assert not understood.reproducible
    assert library.understand(query("Neoplasms[mh]", syntax="pubmed")).reproducible


def test_a_single_part_is_not_counted_anew(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = query("neoplasms")
    result = library.search(asked)
    monkeypatch.setattr(library, "_count", lambda query: pytest.fail("counted"))
    understood = library.understand(asked, replace(result, total=7))
    assert [part.count for part in understood.parts] == [7]


def test_patterns_show_their_words(library: Library) -> None:
    understood = library.understand(query("myo* OR tumor~ OR w?men"))
    assert [
        (each.pattern, [(word.value, word.count) for word in each.found.words], each.found.total)
        for each in understood.patterns
    ] == [("myo*", [("myocardial", 1)], 1), ("tumor~", [("tumours", 1)], 1), ("w?men", [("women", 1)], 1)]


SENTENCE = "what is the cure of a heart attack"


def test_a_relaxed_reading_is_shown_as_relaxed(library: Library) -> None:
    asked = query(SENTENCE)
    understood = library.understand(asked, library.search(asked))
    assert understood.kind == "some"
    assert understood.ignored == ("what", "is", "the", "of", "a")
    assert [(part.text, part.kind) for part in understood.parts][-2:] == [("a", "ignored"), ("heart attack", "term")]
    assert {part.kind for part in understood.parts if part.count is None} == {"ignored"}
    assert not understood.reproducible
    assert sorted(found(library, SENTENCE)) == ["1", "2", "3"]


def test_explanations_and_lists_follow_the_reading(library: Library) -> None:
    asked = query("heart attack")
    assert library.explain(asked, library.search(asked).hits[1].id) is not None
    assert library.why(asked, "Myocardial infarction of men").found == 1


def test_a_preview_changes_nothing(library: Library, tmp_path: Path) -> None:
    (tmp_path / "mesh.tsv").write_text(
        "id\tname\tsynonyms\ttree_numbers\nD1\tMyocardial Infarction\tCoronary\tC14\nD9\tCure\tNeoplasm\tZ1\n"
    )
    changes = library.preview_vocabulary([tmp_path / "mesh.tsv"], searches=["heart attack", "cure"])
    assert (changes.name, changes.concepts) == ("mesh", 2)
    assert (changes.concepts_added, changes.concepts_removed, changes.concepts_changed) == (1, 2, 1)
    assert changes.added == ("Coronary", "Cure", "Neoplasm")
    assert changes.terms_removed == 4
    assert [(each.text, each.before, each.after, each.also_before, each.also_after) for each in changes.examples] == [
        ("heart attack", 2, 1, ("Myocardial Infarction",), ()),
        ("cure", 1, 3, (), ("Neoplasm",)),
    ]
    assert [version.number for version in library.vocabulary.current()] == [1]


def test_a_preview_of_the_first_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "bookwheel.toml").write_text("")
    (tmp_path / "own.txt").write_text("a thing, b thing\n")
    with Library.open(tmp_path) as opened:
        changes = opened.preview_vocabulary([tmp_path / "own.txt"])
        assert (changes.concepts_added, changes.terms_added, changes.terms_removed) == (1, 2, 0)
        assert not opened.vocabulary.path.exists()
