"""Programs of other houses read the real record: yaz-marcdump (Index Data), bibutils, rapper (Redland).

They are packages of Debian; where one is missing its test is left out and says so.
"""

import shutil
import subprocess

import pytest
from lxml import etree
from tests.exports.test_cases import item
from tests.formats.cases import case, cases

from bookwheel.exports import EXPORTS, Item

SEED = item(case("doaj-art-a34e60229e934aac998908d0fd28b026"))
EVERY = [item(one) for one in cases()]

TITLE = "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"
MODS = {"m": "http://www.loc.gov/mods/v3"}


def run(command: list[str], name: str, items: list[Item]) -> str:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    data = b"".join(EXPORTS[name].write(items))
    done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def test_yaz_reads_marc() -> None:
    text = run(["yaz-marcdump", "-i", "marc", "-o", "line", "-f", "utf-8", "-t", "utf-8", "/dev/stdin"], "marc", EVERY)
    assert text.count("\n001 ") + text.startswith("001 ") == len(EVERY)
    assert "773 0  $t Advances in Hematology $g volume 2012 (2012), article 393864 $x 1687-9104 $q 2012<393864" in text
    assert "700 1  $a Sciumè, Mariarita $e author" in text
    assert "024 7  $a 10.1155/2012/393864 $2 doi" in text


def test_yaz_turns_marcxml_into_the_same_marc() -> None:
    command = ["yaz-marcdump", "-o", "line", "-f", "utf-8", "-t", "utf-8", "/dev/stdin"]
    from_xml = run([command[0], "-i", "marcxml", *command[1:]], "marcxml", [SEED])
    from_marc = run([command[0], "-i", "marc", *command[1:]], "marc", [SEED])
    assert from_xml.splitlines()[1:] == from_marc.splitlines()[1:]


@pytest.mark.parametrize(("program", "name"), [("ris2xml", "ris"), ("bib2xml", "bibtex"), ("endx2xml", "endnote")])
def test_bibutils_reads(program: str, name: str) -> None:
    (mods,) = etree.fromstring(run([program], name, [SEED]).encode()).iterfind("m:mods", MODS)
    found = " ".join(map(str, mods.itertext()))
    for wanted in (TITLE, "Cortelezzi", "Sciumè", "Reda", "Advances in Hematology", "393864", "10.1155/2012/393864"):
        assert wanted in found
    assert "alemtuzumab" in found


def test_bibutils_makes_ris_of_mods() -> None:
    text = run(["xml2ris"], "mods", [SEED])
    for wanted in (
        "TY  - JOUR",
        "AU  - Cortelezzi, Agostino",
        "VL  - 2012",
        "DO  - 10.1155/2012/393864",
        "SP  - 393864",
    ):
        assert wanted in text


@pytest.mark.parametrize(("form", "name"), [("turtle", "turtle"), ("rdfxml", "bibo")])
def test_rapper_reads(form: str, name: str) -> None:
    triples = run(["rapper", "-q", "-i", form, "-o", "ntriples", "-", "http://example.org/"], name, EVERY)
    assert f'"{TITLE}"' in triples


def test_both_forms_of_linked_data_say_the_same() -> None:
    command = ["rapper", "-q", "-o", "ntriples", "-", "http://example.org/"]
    turtle = run([*command[:2], "-i", "turtle", *command[2:]], "turtle", EVERY)
    rdf = run([*command[:2], "-i", "rdfxml", *command[2:]], "bibo", EVERY)
    assert len(set(turtle.splitlines())) == len(set(rdf.splitlines()))
