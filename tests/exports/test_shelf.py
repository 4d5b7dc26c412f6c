from pathlib import Path

import pytest

from bookwheel.errors import UnknownNameError
from bookwheel.exports.base import Item
from bookwheel.exports.citation import cite
from bookwheel.exports.shelf import STYLES, listed, load, locale_file, own_styles
from bookwheel.records.model import Record, Text

OWN = b"""<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="de-DE">
<info><title>Our own</title></info><citation><layout><text variable="title"/></layout></citation>
<bibliography><layout suffix="."><text term="in" suffix=" "/><text variable="title" font-style="italic"/></layout>
</bibliography></style>"""
RECORD = Record("r", "s", "i", "", "Book", "Book", Text("The wheel"))


@pytest.mark.parametrize("name", STYLES)
def test_every_built_in_style_has_a_bibliography(name: str) -> None:
    assert load(STYLES[name]).has_bibliography


def test_an_unknown_style_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="vancouver"):
        listed("vancouvre")


@pytest.mark.parametrize("language", ["en-US", "en-GB", "de-DE", "fr-FR", "es-ES"])
def test_locales_come_with_the_package(language: str) -> None:
    assert locale_file(language)


def test_a_language_s_name_leads_to_no_other_file() -> None:
    assert locale_file("../../NOTICE") is None


def test_a_style_of_the_folder_is_listed_under_its_file_s_name(tmp_path: Path) -> None:
    (tmp_path / "ours.csl").write_bytes(OWN)
    style = own_styles(tmp_path).styles["ours"]
    assert (style.label, style.language) == ("Our own", "de-DE")
    assert cite(Item("r", RECORD), style).html == "in <i>The wheel</i>."


def test_a_broken_style_steps_aside_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "broken.csl").write_bytes(b"<style")
    (tmp_path / "apa.csl").write_bytes(OWN)
    (tmp_path / "ours.csl").write_bytes(OWN)
    shelf = own_styles(tmp_path)
    assert list(shelf.styles) == ["ours"]
    assert [reason.partition(": ")[0] for reason in shelf.problems] == [
        str(tmp_path / n) for n in ("apa.csl", "broken.csl")
    ]


def test_no_folder_is_no_style(tmp_path: Path) -> None:
    assert own_styles(tmp_path / "styles") == ({}, ())
