"""Curators keep synonyms on a page: look first, keep, go back; nobody else finds it."""

from pathlib import Path

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.search.synonyms import term_key
from bookwheel.vocabulary.concepts import Concept
from bookwheel.vocabulary.file import VocabularyFile
from bookwheel.vocabulary.lookup import VocabularyLookup
from bookwheel.web.people.models import Person

PATH = "/Admin/Synonyms"
RULES = "covid, covid-19\r\nthesis => dissertation\r\n"


@pytest.fixture(autouse=True)
def words(catalogue: StubLibrary, tmp_path: Path) -> VocabularyFile:
    catalogue.vocabulary = VocabularyFile(tmp_path / "vocabulary.sqlite3")
    return catalogue.vocabulary


@pytest.fixture
def browser(curator: Person) -> Client:
    return signed_in(curator)


def kept(words: VocabularyFile) -> list[Concept]:
    return list(words.concepts("synonyms"))


def test_rules_are_kept_and_shown_again(browser: Client, words: VocabularyFile) -> None:
    assert browser.post(PATH, {"text": RULES, "do": "keep"})["Location"] == PATH
    page = Page(browser.get(PATH))
    assert page.text("//textarea") == "covid, covid-19 thesis => dissertation"
    assert "Kept as version 1" in page.text("//*[@role='status']")
    assert VocabularyLookup(words).senses([term_key("covid-19")])


def test_looking_shows_what_changes_and_keeps_nothing(browser: Client, words: VocabularyFile) -> None:
    browser.post(PATH, {"text": RULES, "do": "keep"})
    page = Page(browser.post(PATH, {"text": "covid, sars-cov-2", "do": "look"}))
    assert page.texts("//ul[@class='changes']/li") == [
        "1 name comes in: sars-cov-2",
        "3 names go out: covid-19, dissertation, thesis",
    ]
    assert page.text("//textarea") == "covid, sars-cov-2"
    assert len(kept(words)) == 2


def test_a_line_that_is_no_rule_is_named_and_the_text_stays(browser: Client, words: VocabularyFile) -> None:
    answer = browser.post(PATH, {"text": "a, b\nc => ", "do": "keep"})
    assert answer.status_code == 422
    assert "line 2: 'c =>' is no rule" in Page(answer).text("//*[@role='alert']")
    assert Page(answer).text("//textarea") == "a, b c =>"
    assert kept(words) == []


def test_an_earlier_version_is_used_again(browser: Client, words: VocabularyFile) -> None:
    for text in ("a, b", "c, d"):
        browser.post(PATH, {"text": text, "do": "keep"})
    browser.post(f"{PATH}/Restore", {"version": "1"})
    assert kept(words) == [Concept("a", ("b",))]
    assert browser.post(f"{PATH}/Restore", {"version": "9"}).status_code == 404


def test_the_same_text_makes_no_version(browser: Client, words: VocabularyFile) -> None:
    for _ in range(2):
        browser.post(PATH, {"text": "a, b", "do": "keep"})
    assert len(words.history("synonyms")) == 1
    assert "Nothing was new" in Page(browser.get(PATH)).texts("//*[@role='status']")[-1]


def test_a_vocabulary_with_numbers_is_left_to_its_file(browser: Client, words: VocabularyFile) -> None:
    words.load("synonyms", "Drugs", "drugs.tsv", [Concept("aspirin", ("acetylsalicylic acid",), code="D1")])
    assert Page(browser.get(PATH)).count("//textarea") == 0
    browser.post(PATH, {"text": "a, b", "do": "keep"})
    assert kept(words)[0].code == "D1"


def test_readers_and_strangers_find_no_such_page(client: Client, reader: Person, words: VocabularyFile) -> None:
    for browser in (client, signed_in(reader)):
        assert browser.get(PATH).status_code == 404
        assert browser.post(PATH, {"text": "a, b", "do": "keep"}).status_code == 404
    assert kept(words) == []
