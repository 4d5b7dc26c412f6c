"""`bookwheel record`."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import SEED, SEED_ID, Typed

VUFIND_FIELDS = [
    "_version_",
    "author",
    "author_facet",
    "author_sort",
    "collection",
    "description",
    "format",
    "id",
    "institution",
    "issn",
    "language",
    "publishDate",
    "publisher",
    "record_format",
    "series",
    "spelling",
    "spellingShingle",
    "title",
    "title_full",
    "title_fullStr",
    "title_full_unstemmed",
    "title_short",
    "title_sort",
    "url",
    "work_keys_str_mv",
]
"""What VuFind's staff view shows of the real record."""


def test_the_document_holds_every_field_of_the_staff_view(typed: Typed, filled: Path) -> None:
    outcome = typed("record", SEED_ID, "--as", "document", "--json", "--catalogue", filled)
    document = json.loads(outcome.out)
    assert outcome.code == 0
    assert [name for name in VUFIND_FIELDS if name not in document] == []
    assert document["title_sort"] == ["lenalidomide in the treatment of chronic lymphocytic leukemia"]
    assert document["author"] == ["Agostino Cortelezzi", "Mariarita Sciumè", "Gianluigi Reda"]


def test_the_document_for_people_has_one_value_a_line(typed: Typed, filled: Path) -> None:
    lines = typed("record", SEED_ID, "--catalogue", filled).out.splitlines()
    assert "issn 1687-9104" in lines
    assert "     1687-9112" in lines


def test_the_record_as_values(typed: Typed, filled: Path) -> None:
    record = json.loads(typed("record", SEED_ID, "--as", "record", "--catalogue", filled).out)
    assert record["container"]["title"] == "Advances in Hematology"


def test_the_payload_is_the_element_as_it_came(typed: Typed, filled: Path) -> None:
    payload = typed("record", SEED_ID, "--as", "payload", "--catalogue", filled).out.rstrip("\n")
    opened, _, rest = payload.partition(">")
    assert opened.startswith("<oai_doaj:doajArticle ")
    assert rest in SEED.read_text(encoding="utf-8")
    asked_as_json = typed("record", SEED_ID, "--as", "payload", "--json", "--catalogue", filled).out
    assert json.loads(asked_as_json)["payload"] == payload


def test_the_provenance_names_elements(typed: Typed, filled: Path) -> None:
    found = json.loads(typed("record", SEED_ID, "--as", "provenance", "--json", "--catalogue", filled).out)
    assert {"field", "element", "rule"} == set(found["provenance"][0])
    assert "title" in typed("record", SEED_ID, "--as", "provenance", "--catalogue", filled).out


@pytest.mark.parametrize("view", ["document", "record", "payload", "provenance"])
def test_an_id_no_record_has(view: str, typed: Typed, filled: Path) -> None:
    outcome = typed("record", "nothing", "--as", view, "--catalogue", filled)
    assert outcome.code == 4
    assert "no record has the id 'nothing'" in outcome.err
