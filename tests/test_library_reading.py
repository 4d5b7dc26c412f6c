"""A long question is read the same way on every page and under every filter; offers come with their counts."""

import json
from collections.abc import Iterator

import pytest

from bookwheel.library import Library
from bookwheel.search.query import FacetRequest
from bookwheel.search.results import SearchResult
from bookwheel.search.url import from_url

SENTENCE = "what is the effect of lenalidomide on chronic leukemia of children"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("catalogue")
    (folder / "bookwheel.toml").write_text("index_memory_mb = 16\n")
    titles = [f"Chronic leukemia, part {number}" for number in range(24)] + ["Lenalidomide in chronic leukemia"]
    articles = [
        {"id": f"{number:032x}", "bibjson": {"title": title, "year": str(2000 + number % 3)}}
        for number, title in enumerate(titles)
    ]
    (folder / "articles.jsonl").write_text("".join(f"{json.dumps(article)}\n" for article in articles))
    with Library.open(folder) as opened:
        opened.import_files([folder / "articles.jsonl"], as_format="doaj_json")
        opened.index()
        yield opened


def ask(library: Library, text: str, *more: tuple[str, str]) -> SearchResult:
    return library.search(from_url([("lookfor", text), *more], facets=[FacetRequest("publishDateSort")]))


def is_relaxed(result: SearchResult) -> bool:
    return any(note.kind == "relaxed" for note in result.notes)


def test_a_sentence_finds_what_has_most_to_do_with_it(library: Library) -> None:
    result = ask(library, SENTENCE)
    assert is_relaxed(result)
    assert result.total == 25
    assert result.hits[0].document["title"] == ("Lenalidomide in chronic leukemia",)
    assert sum(value.count for value in result.facets["publishDateSort"].values) == result.total


def test_pages_are_of_one_reading(library: Library) -> None:
    pages = [ask(library, SENTENCE, ("page", page), ("limit", "10")) for page in "123"]
    assert all(is_relaxed(page) and page.total == 25 for page in pages)
    assert len({hit.id for page in pages for hit in page.hits}) == 25


@pytest.mark.parametrize("text", [SENTENCE, "chronic leukemia part"])
def test_a_filter_never_makes_a_result_grow(library: Library, text: str) -> None:
    whole = ask(library, text)
    narrowed = [ask(library, text, ("filter[]", f'publishDateSort:"{year}"')) for year in (2000, 2001, 2002)]
    assert sum(part.total for part in narrowed) == whole.total
    assert {is_relaxed(part) for part in narrowed} == {is_relaxed(whole)}


def test_what_enough_records_satisfy_stays_strict(library: Library) -> None:
    result = ask(library, "chronic leukemia part")
    assert not is_relaxed(result)
    assert result.total == 24


@pytest.mark.parametrize("text", ["chronic AND leukemia AND children", '"chronic leukemia of children"'])
def test_operators_and_phrases_mean_what_they_say(library: Library, text: str) -> None:
    assert ask(library, text).total == 0


def test_suggestions_and_offers_are_those_of_the_catalogue(library: Library) -> None:
    query = from_url([("lookfor", "lenalidomid leukemai")])
    result = library.search(query)
    assert next(each.text for each in library.suggestions(query, result)) == "lenalidomide leukemia"
    assert [(offer.kind, offer.count) for offer in library.offers(query)] == [
        ("spelling", 1),
        ("any-word", 1),
    ]
