"""How a search was understood: its parts with counts, remarks in their place, other syntaxes."""

from django.test import Client
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.search.query import Note
from bookwheel.search.url import from_url
from bookwheel.web.search.understood import UnderstoodPanel, understood_panel


def panel(catalogue: StubLibrary, text: str, **more: str) -> UnderstoodPanel:
    query = from_url([("lookfor", text), *more.items()])
    found = understood_panel(catalogue, query, query.notes)
    assert found is not None
    return found


def test_a_search_without_words_has_no_panel(catalogue: StubLibrary) -> None:
    assert understood_panel(catalogue, from_url([]), ()) is None


def test_parts_say_what_each_finds(catalogue: StubLibrary) -> None:
    found = panel(catalogue, 'title:lenalidomide OR ("work number" AND NOT leuk*)')
    assert found.how == "any of these"
    first, second = found.parts
    assert (first.text, first.how, first.field, first.count) == (
        "title:lenalidomide",
        "in any of its forms",
        "Title",
        1,
    )
    assert (second.text, second.how, second.count) == ("", "all of these", 60)
    assert [(part.text, part.how, part.count) for part in second.parts] == [
        ('"work number"', "as a phrase", 60),
        ("NOT leuk*", "none of this", 60),
    ]


def test_remarks_stand_in_their_place(catalogue: StubLibrary) -> None:
    query = from_url([("lookfor", "leukemia [foo]")])
    notes = (Note("x", "Not known.", 9, 14, honoured=False), Note("whole", "All of it."))
    found = understood_panel(catalogue, query, notes)
    assert found is not None
    assert found.typed == "leukemia <mark>[foo]</mark>"
    assert [(remark.place, remark.honoured) for remark in found.remarks] == [("[foo]", False), ("", True)]
    assert not found.is_reproducible


def test_the_text_is_shown_as_text(catalogue: StubLibrary) -> None:
    assert "<script" not in str(panel(catalogue, '<script>alert(1)</script> "').typed)


def test_the_reader_may_choose_the_syntax(catalogue: StubLibrary) -> None:
    found = panel(catalogue, "leukemia AND reda", syntax="pubmed")
    assert found.syntax == "PubMed"
    assert [(choice.label, choice.is_current) for choice in found.choices][:2] == [
        ("Search box", False),
        ("PubMed", True),
    ]
    assert "syntax=box" in found.choices[0].address


def test_the_panel_stands_on_the_result_page(client: Client) -> None:
    page = Page(client.get("/Search/Results?lookfor=leukemia+treatment&type=AllFields"))
    assert page.text("//details[@class='understood']/summary") == "How your search was understood"
    assert page.count("//details[@class='understood']//textarea[@readonly]") >= 1
    assert "Reproducible" in page.text("//p[@class='sign']")
    assert Page(client.get("/Search/Results")).count("//details[@class='understood']") == 0
