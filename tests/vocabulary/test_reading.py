"""Each form of file gives the same concepts; what cannot be read says where."""

import gzip
from pathlib import Path

import pytest

from bookwheel.errors import VocabularyError
from bookwheel.vocabulary.concepts import Concept
from bookwheel.vocabulary.reading import label_of, read

XML = b"""<?xml version="1.0"?>
<!DOCTYPE DescriptorRecordSet SYSTEM "https://www.nlm.nih.gov/databases/dtd/nlmdescriptorrecordset_20260101.dtd">
<DescriptorRecordSet LanguageCode="eng">
<DescriptorRecord DescriptorClass="1">
  <DescriptorUI>D009203</DescriptorUI>
  <DescriptorName><String>Myocardial Infarction</String></DescriptorName>
  <TreeNumberList><TreeNumber>C14.280.647.500</TreeNumber></TreeNumberList>
  <ConceptList>
    <Concept PreferredConceptYN="Y"><ConceptName><String>Myocardial Infarction</String></ConceptName>
      <TermList>
        <Term><String>Myocardial Infarction</String></Term><Term><String>Heart Attack</String></Term>
      </TermList></Concept>
  </ConceptList>
</DescriptorRecord>
<DescriptorRecord DescriptorClass="3"><DescriptorUI>D1</DescriptorUI>
  <DescriptorName><String>R &amp; D</String></DescriptorName></DescriptorRecord>
</DescriptorRecordSet>
"""

ASCII = """*NEWRECORD
RECTYPE = D
MH = Myocardial Infarction
ENTRY = Heart Attack|T047|NON|EQV|NLM (1990)|900130|abbcdef
MN = C14.280.647.500
UI = D009203

*NEWRECORD
RECTYPE = D
MH = R & D
UI = D1
"""

INFARCTION = Concept("Myocardial Infarction", ("Heart Attack",), "D009203", ("C14.280.647.500",))
MESH = [INFARCTION, Concept("R & D", (), "D1")]


def concepts(folder: Path, name: str, content: str | bytes) -> list[Concept]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read(path))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("desc2026.xml", XML, MESH),
        ("desc2026.gz", gzip.compress(XML), MESH),
        ("d2026.bin", ASCII, MESH),
        (
            "m.tsv",
            "id\tname\tsynonyms\ttree_numbers\n"
            "D009203\tMyocardial Infarction\tHeart Attack\tC14.280.647.500\nD1\tR & D\t\t",
            MESH,
        ),
        ("m.tsv.gz", gzip.compress(b"Name\tSynonyms\na\tb|c\n"), [Concept("a", ("b", "c"))]),
        ("byte-order.csv", "\ufeffterm,synonyms\na,b; c\n", [Concept("a", ("b", "c"))]),
        ("quoted.csv", 'name,synonyms\n"a, b",c\n', [Concept("a, b", ("c",))]),
        ("inches.tsv", 'name\tsynonyms\n5"-x\tb\nc\td\n', [Concept('5"-x', ("b",)), Concept("c", ("d",))]),
        (
            "rows.tsv",
            "doid\tname\ttype\n1\ta\tname\n1\tb\texact-synonym\n2\tc\tname\n",
            [Concept("a", ("b",), "1"), Concept("c", (), "2")],
        ),
        ("headless.csv", "heart attack,infarction,MI\n", [Concept("heart attack", ("infarction", "MI"))]),
        ("short.csv", "name,synonyms\na\n,b\n\n", [Concept("a")]),
        (
            "own.txt",
            "# mine\n\na, b,c\nx, y => z\n1\\,2 , d\n",
            [
                Concept("a", ("b", "c")),
                Concept("x", ("z",), one_way=True),
                Concept("y", ("z",), one_way=True),
                Concept("1,2", ("d",)),
            ],
        ),
    ],
)
def test_every_form_is_read(tmp_path: Path, name: str, content: str | bytes, expected: list[Concept]) -> None:
    assert concepts(tmp_path, name, content) == expected


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bad.txt", "a => b => c\n", "line 1: 'a => b => c' is no rule"),
        ("bad.txt", "a =>\n", "line 1"),
        ("empty.csv", "", "holds no terms"),
        ("latin1.txt", "caf\xe9, a".encode("latin-1"), "latin1.txt: 'utf-8'"),
        ("cut.xml", XML[:400], "cut off"),
        ("cut.tsv.gz", gzip.compress(b"name\tsynonyms\n" + b"a\tb\n" * 100_000)[:150], "cut.tsv.gz"),
        ("entity.xml", XML.replace(b"&amp;", b"&bad;"), "entity.xml"),
        ("terms.doc", "a,b", "no form is known for the ending '.doc'"),
        ("other.xml", b"<a/>", "holds no terms"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    with pytest.raises(VocabularyError, match=message.replace("(", r"\(")):
        concepts(tmp_path, name, content)


def test_records_across_blocks_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (1, 7, 100):
        monkeypatch.setattr("bookwheel.vocabulary.mesh._BLOCK", size)
        assert concepts(tmp_path, "desc2026.xml", XML) == MESH


def test_a_record_without_end_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookwheel.vocabulary.mesh._MAX_RECORD", 1_000)
    monkeypatch.setattr("bookwheel.vocabulary.mesh._BLOCK", 100)
    with pytest.raises(VocabularyError, match="more than 1000 bytes"):
        concepts(tmp_path, "x.xml", b"<a><DescriptorRecord>" + b"x" * 3_000)


@pytest.mark.parametrize(
    ("name", "label"), [("desc2026.xml", "MeSH 2026"), ("d2025.bin.gz", "MeSH 2025"), ("drugs.tsv.gz", "drugs")]
)
def test_a_file_names_itself(name: str, label: str) -> None:
    assert label_of(Path(name)) == label
