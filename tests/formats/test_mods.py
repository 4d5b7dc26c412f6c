import pytest

from bookwheel.formats import mods
from bookwheel.records import kinds
from bookwheel.records.model import Record
from bookwheel.records.raw import RawRecord


def record(inside: str) -> Record:
    payload = f'<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Wheels</title></titleInfo>{inside}</mods>'
    found = mods.read(RawRecord("s", "1", "", "mods", payload.encode())).record
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("<genre>Journal Article</genre>", kinds.ARTICLE),
        ("<genre>doctoral dissertation</genre>", kinds.THESIS),
        ("<typeOfResource>text</typeOfResource>", kinds.BOOK),
        ("<typeOfResource>notated music</typeOfResource>", kinds.SCORE),
        ('<relatedItem type="host"><titleInfo><title>B</title></titleInfo></relatedItem>', kinds.CHAPTER),
        ("", kinds.OTHER),
    ],
)
def test_kinds(inside: str, kind: str) -> None:
    assert record(inside).format == kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("<namePart>Wiel, Tjip van der</namePart>", ("Wiel, Tjip van der", "Wiel", "author")),
        ("<namePart>Plato</namePart><role><roleTerm>Translator</roleTerm></role>", ("Plato", "", "translator")),
        ("<displayForm>A. Wheel</displayForm><role><roleTerm>creator</roleTerm></role>", ("A. Wheel", "", "author")),
    ],
)
def test_names(name: str, expected: tuple[str, str, str]) -> None:
    found = record(f'<name type="personal">{name}</name>').contributors[0]
    assert (found.name, found.family, found.role) == expected


def test_an_encoded_date_wins_over_words() -> None:
    dates = '<originInfo><dateIssued>c1988</dateIssued><dateIssued encoding="marc">1989</dateIssued></originInfo>'
    published = record(dates).published
    assert published is not None
    assert published.value == "1989"


def test_another_element_is_refused() -> None:
    assert mods.read(RawRecord("s", "1", "", "mods", b"<dc/>")).record is None
