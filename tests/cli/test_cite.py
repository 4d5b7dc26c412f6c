"""`bookwheel cite`."""

import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from tests.cli.conftest import SEED_ID, Typed


def test_one_record_is_one_line(typed: Typed, filled: Path) -> None:
    outcome = typed("cite", SEED_ID, "--style", "vancouver", "--catalogue", filled)
    assert outcome.out == (
        "Cortelezzi A, Sciumè M, Reda G. Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia. "
        "Adv Hematol. 2012;2012:393864. doi:10.1155/2012/393864\n"
    )


def test_html_and_another_language(typed: Typed, filled: Path) -> None:
    outcome = typed("cite", SEED_ID, "--style", "mla", "--html", "--language", "de-DE", "--catalogue", filled)
    assert "„Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia“" in outcome.out
    assert "<i>Advances in Hematology</i>" in outcome.out


def test_several_records_are_a_list_in_the_style_s_order(typed: Typed, filled: Path) -> None:
    found = json.loads(typed("search", "study", "--json", "--catalogue", filled).out)
    ids = (SEED_ID, *[hit["id"] for hit in found["hits"][:3]])
    made = json.loads(typed("cite", *ids, "--json", "--catalogue", filled).out)
    texts = [entry["citation"]["text"] for entry in made]
    assert sorted(entry["id"] for entry in made) == sorted(ids)
    assert texts == sorted(texts, key=str.casefold)


def test_a_style_of_the_catalogue_s_folder(typed: Typed, catalogue: Path) -> None:
    (catalogue / "styles").mkdir()
    source = Path(str(files("bookwheel.exports") / "styles" / "ieee.csl"))
    shutil.copy(source, catalogue / "styles" / "ours.csl")
    (catalogue / "styles" / "broken.csl").write_text("<style")
    ours, theirs = (typed("cite", SEED_ID, "--style", name, "--catalogue", catalogue).out for name in ("ours", "ieee"))
    assert ours == theirs
    assert "broken.csl" in typed("check", "--catalogue", catalogue).out


@pytest.mark.parametrize(("arguments", "said"), [((SEED_ID, "--style", "ap"), "'apa'"), (("nobody",), "'nobody'")])
def test_what_is_unknown_is_named(typed: Typed, filled: Path, arguments: tuple[str, ...], said: str) -> None:
    outcome = typed("cite", *arguments, "--catalogue", filled)
    assert (outcome.code, outcome.out) != (0, "")
    assert said in outcome.err
