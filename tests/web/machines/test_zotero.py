"""Somebody presses Zotero's button on a page of ours: everything arrives, and nothing needs correcting by hand."""

from dataclasses import replace

import pytest
from django.test import Client
from tests.formats.cases import cases
from tests.web.machines.zotero import Item, Person, by_coins, by_unapi, embedded
from tests.web.oai.conftest import SEED, Repository

from bookwheel.exports import parts
from bookwheel.records import kinds
from bookwheel.records.model import Contributor, Record
from bookwheel.records.names import name_of
from bookwheel.store.model import Received

PAGE = f"/Record/{SEED}"
RESULTS = "/Search/Results?lookfor=&sort=title&limit=20"
ARRIVED = Item(
    kind="journalArticle",
    title="Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia",
    creators=[("Cortelezzi", "Agostino"), ("Sciumè", "Mariarita"), ("Reda", "Gianluigi")],
    container="Advances in Hematology",
    volume="2012",
    pages="393864",
    date="2012",
    doi="10.1155/2012/393864",
    issn="1687-9104,1687-9112",
    abstract="The application of nucleoside analogue-based",
    publisher="Wiley",
)


@pytest.fixture
def collection(repository: Repository) -> dict[str, Record]:
    """Every kind of record that the other tests read; by id."""
    found = {}
    for case in cases():
        reading = case.reading
        if reading.record is not None:
            record_id = reading.record.id
            repository.save(Received(record_id, replace(case.raw, identifier=record_id), reading))
            found[record_id] = reading.record
    for number in range(30):
        for source in "ab":
            repository.put(number, "", source=source, deleted=True)
    repository.library.index()
    return found


def shortened(item: Item) -> Item:
    return replace(item, abstract=item.abstract[: len(ARRIVED.abstract)])


def test_the_article_arrives_whole_through_unapi(client: Client) -> None:
    found = by_unapi(client, PAGE)
    assert {one: shortened(item) for one, item in found.items()} == {SEED: ARRIVED}


def test_the_article_arrives_through_coins(client: Client) -> None:
    """One ISSN is what Zotero takes of it, and abstracts are too long for it."""
    (item,) = by_coins(client, PAGE)
    assert item == replace(ARRIVED, issn="1687-9104", abstract="")


def test_the_article_arrives_whole_as_embedded_metadata(client: Client) -> None:
    assert shortened(embedded(client, PAGE)) == replace(ARRIVED, issn="1687-9104, 1687-9112")


def test_twenty_of_twenty_results_arrive_whole(client: Client, collection: dict[str, Record]) -> None:
    first, second = by_unapi(client, RESULTS), by_unapi(client, f"{RESULTS}&page=2")
    assert len(first) == 20
    assert set(first | second) == set(collection)
    for record_id, item in (first | second).items():
        assert item == expected(collection[record_id], item)


def test_every_result_is_of_its_kind_by_coins(client: Client, collection: dict[str, Record]) -> None:
    found = dict(zip(by_unapi(client, RESULTS), by_coins(client, RESULTS), strict=True))
    assert len(found) == 20
    for record_id, item in found.items():
        record = collection[record_id]
        whole = expected(record, item)
        assert item.kind == COINS.get(record.format, whole.kind)
        assert (item.title, item.doi, item.pages, item.date) == (whole.title, whole.doi, whole.pages, whole.date)
        assert item.container == whole.container


KINDS = {
    kinds.ARTICLE: "journalArticle",
    kinds.BOOK: "book",
    kinds.CHAPTER: "bookSection",
    kinds.CONFERENCE_PAPER: "conferencePaper",
    kinds.PREPRINT: "manuscript",
    kinds.REPORT: "report",
    kinds.THESIS: "thesis",
}
COINS = {kinds.PREPRINT: "journalArticle", kinds.DATASET: "dataset"}


def expected(record: Record, item: Item) -> Item:
    """What has to arrive of a record: all that has a place in an item of its kind."""
    kind = KINDS.get(record.format, "document")
    stands_in = kind in ("journalArticle", "bookSection", "conferencePaper")
    container = record.container
    return replace(
        item,
        kind=kind,
        title=parts.line(record.title.value),
        creators=[creator(person) for person in parts.authors(record)],
        container=parts.line(container.title) if stands_in else "",
        pages=parts.place_in(record),
        date=parts.date(record),
        doi=record.doi,
        abstract=parts.line(record.abstract.value),
        isbn=",".join(parts.identifiers(record, "isbn")),
        publisher=parts.line(record.publisher),
    )


def creator(person: Contributor) -> Person:
    """Family and given name, "Jr." behind it; a body by its name."""
    name = name_of(person)
    if not name.given:
        return parts.line(person.name), ""
    return name.family, ", ".join(filter(None, (name.given, name.suffix)))
