"""Taking out what is one's own, and putting it back."""

import json
from types import ModuleType
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.page import Page
from tests.web.stub import SEED_ID

from bookwheel.web.account import belongings
from bookwheel.web.people import personal
from bookwheel.web.people.models import Person


class Shelf(ModuleType):
    """A room that keeps personal things, by the address of their owner."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kept: dict[str, list[dict[str, Any]]] = {}

    def take_out(self, person: Person) -> list[dict[str, Any]]:
        return self.kept.get(person.email, [])

    def put_back(self, person: Person, things: list[dict[str, Any]]) -> int:
        if any("title" not in thing for thing in things):
            raise ValueError("A list in this file has no title.")
        mine = self.kept.setdefault(person.email, [])
        new = [thing for thing in things if thing not in mine]
        mine += new
        return len(new)

    def record_ids(self, person: Person) -> list[str]:
        return [record for thing in self.take_out(person) for record in thing["records"]]


@pytest.fixture
def shelves(monkeypatch: pytest.MonkeyPatch) -> dict[str, Shelf]:
    shelves = {kind: Shelf(kind) for kind in personal.KINDS}
    by_path = {path: shelves[kind] for kind, path in personal.KINDS.items()}
    monkeypatch.setattr(personal, "import_module", by_path.__getitem__)
    shelves["lists"].kept["ada@example.org"] = [{"title": "Blood", "records": [SEED_ID, "gone", SEED_ID]}]
    shelves["tags"].kept["ada@example.org"] = [{"title": "a “tag”"}]
    return shelves


def document(client: Client) -> bytes:
    return b"".join(client.get("/MyResearch/TakeOut?as=json"))


def put_back(client: Client, content: bytes) -> Any:
    return client.post("/MyResearch/PutBack", {"file": SimpleUploadedFile("mine.json", content)})


def test_everything_is_one_document(reader: Person, client: Client, shelves: dict[str, Shelf]) -> None:
    answer = signed_in(reader).get("/MyResearch/TakeOut?as=json")
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"].startswith('attachment; filename="bookwheel-')
    taken = json.loads(b"".join(answer))
    assert taken["bookwheel"] == 1
    assert (taken["profile"]["email"], taken["profile"]["name"]) == ("ada@example.org", "Ada")
    assert taken["lists"][0]["title"] == "Blood"
    assert list(taken)[4:] == list(personal.KINDS)


@pytest.mark.parametrize(("form", "mark"), [("ris", b"TY  - JOUR"), ("csv", b"Lenalidomide")])
def test_records_of_the_lists_are_had_once_each(
    reader: Person, client: Client, shelves: dict[str, Shelf], form: str, mark: bytes
) -> None:
    content = b"".join(signed_in(reader).get(f"/MyResearch/TakeOut?as={form}"))
    assert content.count(mark) == 1


def test_what_was_taken_out_can_be_put_back_elsewhere(
    reader: Person, other: Person, client: Client, shelves: dict[str, Shelf]
) -> None:
    other.name = ""
    other.save()
    theirs = signed_in(other)
    assert put_back(theirs, document(signed_in(reader)))["Location"] == "/MyResearch/Home"
    assert "2 things were put back." in Page(theirs.get("/MyResearch/Home")).text()
    assert shelves["lists"].kept["bert@example.org"] == shelves["lists"].kept["ada@example.org"]
    other.refresh_from_db()
    assert (other.email, other.name) == ("bert@example.org", "Ada")
    put_back(theirs, document(signed_in(reader)))
    assert "0 things were put back." in Page(theirs.get("/MyResearch/Home")).text()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is no JSON: nothing of it can be read."),
        (b"{", "This file is no JSON: nothing of it can be read."),
        (b"\xff", "This file is no JSON: nothing of it can be read."),
        (b"[" * 100_000, "This file is no JSON: nothing of it can be read."),
        (b"[]", "This file was not taken out of a catalogue like this one."),
        (b'{"bookwheel": 2}', "This file is of another version, which cannot be read here."),
        (b'{"bookwheel": 1, "lists": {}}', "“lists” in this file is no list of things."),
        (b'{"bookwheel": 1, "lists": [1]}', "“lists” in this file is no list of things."),
        (b'{"bookwheel": 1, "profile": 1}', "“profile” in this file is no list of things."),
        (b'{"bookwheel": 1, "lists": [{}]}', "A list in this file has no title."),
    ],
)
def test_mistakes_are_sentences(
    reader: Person, client: Client, shelves: dict[str, Shelf], content: bytes, sentence: str
) -> None:
    answer = put_back(signed_in(reader), content)
    assert answer.status_code == 400
    assert Page(answer).texts("//p[@id='file_error']") == [sentence]


def test_without_a_file_it_is_asked_for(reader: Person, client: Client) -> None:
    answer = signed_in(reader).post("/MyResearch/PutBack")
    assert Page(answer).texts("//p[@id='file_error']") == ["Choose the file that you took out."]


def test_a_file_that_is_too_large_is_not_kept_and_told(
    reader: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(belongings, "MOST_BYTES", 1000)
    answer = put_back(signed_in(reader), b"x" * 2000)
    assert answer.status_code == 400
    assert "The file is larger than" in Page(answer).text()


def test_kinds_of_a_newer_catalogue_are_named(reader: Person, client: Client, shelves: dict[str, Shelf]) -> None:
    mine = signed_in(reader)
    put_back(mine, b'{"bookwheel": 1, "annotations": [{}]}')
    assert "Not known here and left out: annotations." in Page(mine.get("/MyResearch/Home")).text()
