import pytest
from tests.formats.cases import case

from bookwheel.formats import marc, marc_kinds
from bookwheel.formats.marc_fields import Field, Marc, from_iso2709
from bookwheel.records import kinds
from bookwheel.records.model import Record
from bookwheel.records.raw import RawRecord, Reading


def read(fields: str, leader: str = "00000nam a2200000 a 4500") -> Reading:
    payload = f'<record><leader>{leader}</leader><controlfield tag="001">1</controlfield>{fields}</record>'
    return marc.read_xml(RawRecord("s", "", "", "marcxml", payload.encode()))


def field(tag: str, indicators: str = "  ", **subfields: str) -> str:
    inside = "".join(f'<subfield code="{code.strip("_")}">{value}</subfield>' for code, value in subfields.items())
    return f'<datafield tag="{tag}" ind1="{indicators[0]}" ind2="{indicators[1]}">{inside}</datafield>'


def record(fields: str) -> Record:
    found = read(field("245", a="Wheels") + fields).record
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("subfields", "expected"),
    [
        ({"a": "Jazz styles :", "b": "history /", "c": "M. Gridley."}, "Jazz styles: history"),
        ({"a": "Symphonies.", "n": "No. 5,", "p": "Allegro."}, "Symphonies. No. 5, Allegro"),
        ({"a": "[Wheels]"}, "Wheels"),
        ({"a": "Papers of J. R. R."}, "Papers of J. R. R."),
    ],
)
def test_title_without_punctuation_between_parts(subfields: dict[str, str], expected: str) -> None:
    found = read(field("245", **subfields)).record
    assert found is not None
    assert found.title.value == expected


@pytest.mark.parametrize(
    ("heading", "name", "family", "given", "role"),
    [
        (field("100", "1 ", a="Twain, Mark,", d="1835-1910."), "Twain, Mark, 1835-1910", "Twain", "Mark", "author"),
        (field("100", "0 ", a="Aristotle."), "Aristotle", "Aristotle", "", "author"),
        (field("700", "1 ", a="Werf, T. van der,", e="ed."), "Werf, T. van der", "Werf", "T. van der", "editor"),
        (field("700", "1 ", a="Li, Wei,", _4="relators/trl"), "Li, Wei", "Li", "Wei", "translator"),
        (field("700", "1 ", a="Li, Wei."), "Li, Wei", "Li", "Wei", "contributor"),
    ],
)
def test_names(heading: str, name: str, family: str, given: str, role: str) -> None:
    found = record(heading).contributors[0]
    assert (found.name, found.family, found.given, found.role) == (name, family, given, role)


def test_a_work_named_in_an_added_heading_is_no_author() -> None:
    found = record(field("700", "12", a="Vitruvius.", t="De architectura."))
    assert found.contributors == ()
    assert found.relations[0].kind == "part"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"g": "Vol. 24, pt. B no. 9 (Sept. 1993), p. 235-48"}, ("24", "9", "235", "248", "")),
        ({"g": "Bd. 3 (2001), S. 17-29"}, ("3", "", "17", "29", "")),
        ({"g": "vol. 2012, article 393864"}, ("2012", "", "", "", "393864")),
        ({"q": "24:B:9&lt;235"}, ("24", "B", "235", "", "")),
        ({}, ("", "", "", "", "")),
    ],
)
def test_place_in_the_host(where: dict[str, str], expected: tuple[str, ...]) -> None:
    found = record(field("773", "0 ", t="Journal.", **where)).container
    assert (found.volume, found.issue, found.start_page, found.end_page, found.article_number) == expected


@pytest.mark.parametrize(
    ("leader", "coded", "extra", "expected"),
    [
        ("am", "", (), kinds.BOOK),
        ("as", "", (), kinds.JOURNAL),
        ("ab", "", (), kinds.ARTICLE),
        ("aa", "", (Field("773", subfields=(("x", "0000-0000"),)),), kinds.ARTICLE),
        ("aa", "", (Field("773", subfields=(("z", "0"),)),), kinds.CHAPTER),
        ("am", "", (Field("502"),), kinds.THESIS),
        ("am", " " * 29 + "1", (), kinds.PROCEEDINGS),
        ("tm", "", (), kinds.MANUSCRIPT),
        ("cm", "", (), kinds.SCORE),
        ("jm", "", (), kinds.AUDIO),
        ("gm", " " * 33 + "s", (), kinds.IMAGE),
        ("gm", " " * 33 + "v", (), kinds.VIDEO),
        ("em", "", (), kinds.MAP),
        ("mm", " " * 26 + "a", (), kinds.DATASET),
        ("xx", "", (), kinds.OTHER),
        ("", "", (), kinds.OTHER),
    ],
)
def test_kinds(leader: str, coded: str, extra: tuple[Field, ...], expected: str) -> None:
    found = marc_kinds.kind(Marc(f"00000n{leader}", [Field("008", data=coded), *extra]))
    assert found == expected or (leader == "" and found == kinds.BOOK)


@pytest.mark.parametrize(("kind", "what"), [("z", "authority"), ("u", "holdings"), ("w", "classification")])
def test_records_of_no_work_are_refused_by_name(kind: str, what: str) -> None:
    reading = read("", leader=f"00000n{kind}  a2200000 a 4500")
    assert reading.record is None
    assert what in reading.problems[0].message


def test_linked_fields_in_another_script_stand_beside() -> None:
    found = case("example-heb-880").reading.record
    assert found is not None
    assert found.other_titles[0].value.startswith("הגלגל")
    assert found.contributors[0].variants == ("גלגל, שלמה, 1900-1970",)
    assert len(found.contributors) == 2


def test_marc8_and_utf8_are_told_apart_by_the_bytes() -> None:
    payload = case("example-marc8-1").raw.payload
    assert "Métayer" in from_iso2709(payload).all("100")[0].first("a")
    utf8 = case("example-heb-880").raw.payload
    wrong = utf8[:9] + b" " + utf8[10:]
    read_wrong = from_iso2709(wrong)
    assert read_wrong.all("880")[0].first("a").startswith("גלגל")
    assert "it is UTF-8" in read_wrong.remarks[0]
    wrong = payload[:9] + b"a" + payload[10:]
    assert "Métayer" in from_iso2709(wrong).all("100")[0].first("a")


def test_a_wrong_length_is_forgiven_and_told() -> None:
    raw = case("example-marc8-1").raw
    reading = marc.read(RawRecord("s", "1", "", "marc", b"00001" + raw.payload[5:]))
    assert reading.record is not None
    assert "tells 1 bytes" in reading.problems[0].message


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 60, b"00000nam a2299999 a 4500" + b"1" * 40])
def test_damage_is_told(damage: bytes) -> None:
    reading = marc.read(RawRecord("s", "1", "", "marc", damage))
    assert reading.record is None
    assert reading.problems[0].severity == "error"


def test_a_damaged_directory_is_told() -> None:
    payload = case("example-marc8-1").raw.payload
    reading = marc.read(RawRecord("s", "1", "", "marc", payload[:30] + b"X" + payload[31:]))
    assert reading.record is None


def test_languages_without_blanks_are_taken_apart() -> None:
    assert record(field("041", a="engfreger")).languages == ("eng", "fra", "deu")


def test_control_numbers_keep_their_signs() -> None:
    payload = '<record><leader>00000nam a</leader><controlfield tag="001">a:b 7</controlfield></record>'
    payload = payload.replace("</record>", field("245", a="W") + "</record>")
    found = marc.read_xml(RawRecord("s", "a:b 7", "", "marcxml", payload.encode())).record
    assert found is not None
    assert found.id == "s-a:b 7"
