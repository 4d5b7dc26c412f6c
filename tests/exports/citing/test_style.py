"""Small styles, each for one rule."""

from typing import Any

import pytest

from bookwheel.errors import ConfigError
from bookwheel.exports.citing.output import to_html, to_text
from bookwheel.exports.citing.style import Style
from bookwheel.exports.shelf import locale_file

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"'
WERF = {"family": "van der Werf", "given": "Tjip S."}
BOOK: dict[str, Any] = {"id": "1", "type": "book", "title": "The wheel", "author": [WERF]}


def style(layout: str, attributes: str = "", more: str = "", sort: str = "") -> Style:
    citation = "<citation><layout><text variable='title'/></layout></citation>"
    bibliography = f"<bibliography {attributes}>{sort}<layout>{layout}</layout></bibliography>"
    source = f"{HEAD}><info><title>Test</title></info>{more}{citation}{bibliography}</style>"
    return Style(source.encode(), locale_file)


def entry(layout: str, item: dict[str, Any] = BOOK, language: str = "", **more: str) -> str:
    return to_html(style(layout, **more).entry(item, language=language).body)


def test_a_group_without_its_variables_is_left_out() -> None:
    layout = '<text variable="title"/><group prefix=" " delimiter=" "><text term="in"/><text variable="{}"/></group>'
    assert entry(layout.format("container-title")) == "The wheel"
    assert entry(layout.format("title")) == "The wheel in The wheel"


def test_a_title_that_stands_for_the_author_is_not_printed_again() -> None:
    layout = """<group delimiter=". "><names variable="author"><substitute><text variable="title"/></substitute></names>
        <text variable="title"/></group>"""
    assert entry(layout, {"id": "1", "type": "book", "title": "The wheel"}) == "The wheel"
    assert entry(layout) == "Tjip S. van der Werf. The wheel"


@pytest.mark.parametrize(
    ("demoted", "shown"), [("never", "van der Werf, Tjip S."), ("display-and-sort", "Werf, Tjip S. van der")]
)
def test_particles_go_where_the_style_puts_them(demoted: str, shown: str) -> None:
    layout = '<names variable="author"><name name-as-sort-order="all"/></names>'
    assert entry(layout, attributes=f'demote-non-dropping-particle="{demoted}"') == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [(1, "A"), (2, "A and B"), (3, "A, B, and C"), (4, "A, B, … D")],
)
def test_names_are_joined_and_cut(count: int, shown: str) -> None:
    item = {**BOOK, "author": [{"family": letter} for letter in "ABCD"[:count]]}
    name = '<name and="text" et-al-min="4" et-al-use-first="2" et-al-use-last="true"/>'
    assert entry(f'<names variable="author">{name}</names>', item) == shown


@pytest.mark.parametrize(
    ("issued", "shown"),
    [
        ([[2012]], "2012"),
        ([[2012, 3]], "March 2012"),
        ([[2012, 3, 15]], "March 15, 2012"),
        ([[2012, 3, 1], [2012, 3, 5]], "March 1–5, 2012"),
        ([[2012], [2014]], "2012–2014"),
        ([[-44, 3, 15]], "March 15, 44 BC"),
    ],
)
def test_dates_have_the_precision_that_is_known(issued: list[list[int]], shown: str) -> None:
    item = {**BOOK, "issued": {"date-parts": issued}}
    assert entry('<date variable="issued" form="text"/>', item, "en-US").replace("44BC", "44 BC") == shown


def test_terms_are_the_language_s_and_the_style_s_own_win() -> None:
    assert entry('<text term="and"/>', language="de-AT") == "und"
    assert entry('<text term="and"/>', language="xx-XX") == "and"
    own = '<locale xml:lang="de"><terms><term name="and">sowie</term></terms></locale>'
    assert entry('<text term="and"/>', language="de-DE", more=own) == "sowie"


def test_the_number_of_an_entry_stands_apart() -> None:
    numbered = style(
        '<text variable="citation-number" suffix="."/><text variable="title"/>', 'second-field-align="flush"'
    )
    shown = numbered.entry(BOOK, number=7)
    assert (to_text(shown.label), to_text(shown.body)) == ("7.", "The wheel")


def test_entries_are_sorted_by_the_keys_of_the_style_and_what_lacks_one_comes_last() -> None:
    keys = '<sort><key variable="author"/><key variable="issued" sort="descending"/></sort>'
    sorting = style('<text variable="title"/>', sort=keys)
    items: list[dict[str, Any]] = [
        {"id": "none", "type": "book"},
        {"id": "Zorn", "author": [{"family": "Zorn"}]},
        {"id": "Éclair 2001", "author": [{"family": "Éclair"}], "issued": {"date-parts": [[2001]]}},
        {"id": "Éclair 2009", "author": [{"family": "Éclair"}], "issued": {"date-parts": [[2009]]}},
    ]
    assert [i["id"] for i in sorted(items, key=sorting.sort_key)] == ["Éclair 2009", "Éclair 2001", "Zorn", "none"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"<style", "not well-formed"),
        (b"<a/>", "not a CSL style"),
        (f"{HEAD}><info><title>x</title></info></style>".encode(), "dependent style"),
    ],
)
def test_a_file_that_is_no_style_is_refused_by_name(source: bytes, reason: str) -> None:
    with pytest.raises(ConfigError, match=f"nature.csl: .*{reason}"):
        Style(source, locale_file, where="nature.csl")


def test_a_macro_that_calls_itself_ends() -> None:
    assert entry('<text macro="m"/>', more='<macro name="m"><text value="x"/><text macro="m"/></macro>') == "x"
