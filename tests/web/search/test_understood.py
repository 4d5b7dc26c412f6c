"""How a search was understood: its parts with counts, remarks in their place, other syntaxes."""

from django.test import Client
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.search.query import Note
from bookwheel.search.results import SearchResult
from bookwheel.search.url import from_url
from bookwheel.web.search.understood import UnderstoodPanel, understood_panel


def panel(catalogue: StubLibrary, text: str, **more: str) -> UnderstoodPanel:
    query = from_url([("lookfor", text), *more.items()])
    return understood_panel(query, catalogue.understand(query))


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
    found = understood_panel(query, catalogue.understand(query, SearchResult(0, notes=notes)))
    assert found.typed == "leukemia <mark>[foo]</mark>"
    assert [(remark.text, remark.places, remark.honoured) for remark in found.remarks] == [
        ("Not known.", ("[foo]",), False)
    ]
    assert found.lost == 1
    assert not found.is_reproducible


def test_what_is_said_of_several_places_is_said_once(catalogue: StubLibrary) -> None:
    found = panel(catalogue, "leukemia[mh] OR reda[mh] OR milan[mh:noexp] OR (reda[ti]")
    assert sorted((remark.places, remark.honoured) for remark in found.remarks) == [
        (("(",), False),
        (("leukemia[mh]", "reda[mh]"), False),
        (("milan[mh:noexp]",), False),
    ]
    assert found.lost == 4


def test_a_strategy_is_shown_by_its_lines(catalogue: StubLibrary) -> None:
    found = panel(catalogue, "Population\n1. lenalidomide.ti.\n2. exp Leukemia/ or\n   work.ti.\n\n3. 1 or 2")
    assert [(line.number, str(line.text), line.count) for line in found.lines] == [
        (0, "<mark>Population</mark>", None),
        (1, "lenalidomide.ti.", 1),
        (2, "<mark>exp Leukemia/</mark> or", 61),
        (0, "   work.ti.", None),
        (3, "1 or 2", 61),
    ]
    assert found.parts == ()


def test_remarks_are_in_the_language_of_the_page(client: Client) -> None:
    address = "/Search/Results?lookfor=leukemia%5Bmh%5D+AND+reda%5Bnm%5D&type=AllFields"
    page = Page(client.get(address, headers={"accept-language": "de"}))
    assert [text.split("; ")[0] for text in page.texts("//ul[@class='remarks']/li")] == [
        "Hier ist keine Liste von Schlagwörtern geladen",
        "Der Katalog hat keine Substanzen",
    ]


def test_a_remark_stands_in_one_place_only(client: Client) -> None:
    page = Page(client.get("/Search/Results?lookfor=leukemia+OR+reda%5Bti%5D&type=AllFields"))
    whole = "Words without a tag are searched in all fields, by their stems; PubMed would map them."
    assert page.texts("//p[@class='remark']") == [whole]
    assert page.count("//ul[@class='remarks']") == 0


def test_the_chosen_syntax_goes_along_with_the_form(client: Client) -> None:
    page = Page(client.get("/Search/Results?lookfor=leukemia+reda&type=AllFields&syntax=pubmed"))
    assert page.root.xpath("//form[@id='search']/input[@name='syntax']/@value") == ["pubmed"]


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
