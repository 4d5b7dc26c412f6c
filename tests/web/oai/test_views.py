"""The protocol as a harvester meets it (OAI-PMH 2.0)."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from lxml import etree
from tests.web.oai.conftest import SEED, Ask, Repository
from tests.web.stub import StubLibrary

from bookwheel.jobs.harvest import harvest
from bookwheel.sources.oai import OaiSource
from bookwheel.store import Store
from bookwheel.web.oai.response import NAMESPACE

NAMES = {"o": NAMESPACE, "dc": "http://purl.org/dc/elements/1.1/", "m": "http://www.loc.gov/MARC21/slim"}
IDENTIFIER = f"oai:testserver:{SEED}"


def texts(root: etree._Element, path: str) -> list[str]:
    found: Any = root.xpath(path, namespaces=NAMES)
    return [str(text) for text in found]


def pages(ask: Ask, verb: str, **arguments: str) -> Iterator[etree._Element]:
    page = ask(verb=verb, **arguments)
    yield page
    while token := texts(page, "//o:resumptionToken/text()"):
        page = ask(verb=verb, resumptionToken=token[0])
        yield page


def listed(ask: Ask, **arguments: str) -> list[str]:
    """Identifiers in order, those of deleted records behind a minus."""
    asked = {"metadataPrefix": "oai_dc", **arguments}
    return [
        ("-" if header.get("status") else "") + texts(header, "o:identifier/text()")[0].removeprefix("oai:testserver:")
        for page in pages(ask, "ListIdentifiers", **asked)
        for header in page.iterfind(f".//{{{NAMESPACE}}}header")
    ]


def test_identify_tells_who_answers(ask: Ask) -> None:
    answer = ask(verb="Identify")
    assert [(found.tag.removeprefix(f"{{{NAMESPACE}}}"), found.text) for found in answer[2]] == [
        ("repositoryName", "A repository"),
        ("baseURL", "http://testserver/OAI/Server"),
        ("protocolVersion", "2.0"),
        ("adminEmail", "librarian@example.org"),
        ("earliestDatestamp", "2025-01-01T01:00:00Z"),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ]
    assert texts(answer, "o:request/@verb") == ["Identify"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "ListEverything"}, "badVerb"),
        ({"verb": "Identify", "set": "source-a"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2025-02-30"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": ""}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2025-01-01", "until": "2025-01-02T00:00:00Z"},
            "badArgument",
        ),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2025-02-01", "until": "2025-01-01"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "flowers"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "resumptionToken": "x"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "nonsense"}, "cannotDisseminateFormat"),
        ({"verb": "GetRecord", "metadataPrefix": "pubmed", "identifier": IDENTIFIER}, "cannotDisseminateFormat"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:testserver:x"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": SEED}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "x\x00y"}, "idDoesNotExist"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2030-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "pubmed"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "journal-0000-0000"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "x" * 5000}, "badResumptionToken"),
    ],
)
def test_a_wrong_request_gets_the_protocols_error(ask: Ask, arguments: dict[str, str], code: str) -> None:
    answer = ask(**arguments)
    assert texts(answer, "o:error/@code") == [code]
    assert texts(answer, "o:error/text()")
    assert bool(texts(answer, "o:request/@*")) == (code not in ("badVerb", "badArgument"))


def test_a_repeated_argument_is_refused(repository: Repository) -> None:
    answer = Client().get("/OAI/Server?verb=Identify&verb=Identify")
    assert b'code="badVerb"' in answer.content
    answer = Client().get("/OAI/Server?verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc")
    assert b'code="badArgument"' in answer.content


def test_arguments_come_by_post_too(repository: Repository) -> None:
    answer = Client().post("/OAI/Server", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": IDENTIFIER})
    assert b"Lenalidomide" in answer.content


def test_a_list_is_whole_in_the_order_of_changes(ask: Ask) -> None:
    found = listed(ask)
    assert found[0] == SEED
    assert found[-3:] == ["-a-1", "-a-2", "-a-11"]
    assert len(found) == len(set(found)) == 31
    sizes = [
        texts(page, "//o:resumptionToken/@completeListSize")
        for page in pages(ask, "ListRecords", metadataPrefix="oai_dc")
    ]
    assert sizes == [["31"]] * 5


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"set": "source-b"}, ["b-0", "b-5", "b-10", "b-15", "b-20", "b-25"]),
        ({"set": "journal-1687-9112"}, [SEED]),
        ({"set": "journal-2376-7618", "from_": "2025-01-02T05:00:00Z"}, ["a-27", "a-29", "-a-1", "-a-11"]),
        # What a search found before it was deleted stays in the search's set.
        ({"set": "search-bees"}, ["b-0", "a-3", "a-4", "b-5", "a-6", "a-7", "a-8", "a-9", "-a-1", "-a-2"]),
        ({"until": "2025-01-01T02:00:00Z"}, [SEED, "b-0"]),
        ({"from_": "2025-01-02", "until": "2025-01-02", "set": "source-b"}, ["b-25"]),
        ({"metadataPrefix": "oai_doaj"}, [SEED]),
    ],
)
def test_part_of_the_catalogue(ask: Ask, arguments: dict[str, str], expected: list[str]) -> None:
    assert listed(ask, **arguments) == expected


def test_a_record_that_changes_while_a_list_is_walked_comes_at_its_end(ask: Ask, repository: Repository) -> None:
    walk = pages(ask, "ListIdentifiers", metadataPrefix="oai_dc")
    seen = texts(next(walk), "//o:identifier/text()")
    repository.put(0, "Bees, second edition", source="b")
    seen += [text for page in walk for text in texts(page, "//o:identifier/text()")]
    assert seen.count("oai:testserver:b-0") == 2
    assert len(set(seen)) == 31


def test_sets_are_listed_with_journals_page_by_page(ask: Ask, repository: Repository) -> None:
    found = [spec for page in pages(ask, "ListSets") for spec in texts(page, "//o:setSpec/text()")]
    assert found == ["source-a", "source-b", "source-doaj", "search-bees", "journal-1687-9112", "journal-2376-7618"]
    names = texts(ask(verb="ListSets"), "//o:setName/text()")
    assert names[-2:] == ["Advances in Hematology", "Bee World"]


def test_a_record_tells_its_sets(ask: Ask) -> None:
    answer = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier="oai:testserver:a-3")
    assert texts(answer, "//o:setSpec/text()") == ["source-a", "journal-2376-7618", "search-bees"]


def test_a_deleted_record_is_a_header(ask: Ask) -> None:
    answer = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier="oai:testserver:a-1")
    assert texts(answer, "//o:header/@status") == ["deleted"]
    assert not texts(answer, "//o:metadata")


@pytest.mark.parametrize(
    ("prefix", "path", "expected"),
    [
        ("oai_dc", "//dc:title/text()", "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"),
        ("marcxml", "//m:datafield[@tag='773']/m:subfield[@code='t']/text()", "Advances in Hematology"),
        ("oai_doaj", "//*[local-name()='doi']/text()", "10.1155/2012/393864"),
    ],
)
def test_formats(ask: Ask, prefix: str, path: str, expected: str) -> None:
    answer = ask(verb="GetRecord", metadataPrefix=prefix, identifier=IDENTIFIER)
    assert texts(answer, path) == [expected]


def test_formats_are_listed_for_all_and_for_one(ask: Ask) -> None:
    found = texts(ask(verb="ListMetadataFormats"), "//o:metadataPrefix/text()")
    assert found == ["oai_dc", "marcxml", "mods", "bookwheel_json", "oai_doaj"]
    found = texts(ask(verb="ListMetadataFormats", identifier="oai:testserver:a-3"), "//o:metadataPrefix/text()")
    assert found == ["oai_dc", "marcxml", "mods", "bookwheel_json"]


@pytest.mark.parametrize("prefix", ["bookwheel_json", "oai_dc"])
def test_bookwheel_harvests_bookwheel(source: Callable[[str], OaiSource], repository: Repository, prefix: str) -> None:
    with Store.open("sqlite://") as mirror, source(prefix) as other:
        mirror.migrate()
        run = harvest(other, mirror)
        assert (run.state, run.counts.stored, run.counts.deleted, run.counts.rejected) == ("complete", 28, 3, 0)
        mine = {record.identifier: record for record in mirror.changes(0, 100)}
        for record in repository.library.store.changes(0, 100):
            copy = mine[f"oai:testserver:{record.id}"]
            assert copy.deleted == record.deleted
            if not record.deleted:
                assert copy.record is not None
                assert record.record is not None
                assert copy.record.title.value == record.record.title.value
                if prefix == "bookwheel_json":
                    assert copy.id == record.id
                    assert copy.record.contributors == record.record.contributors


def test_without_an_address_to_write_to_there_is_no_server(catalogue: StubLibrary, client: Client) -> None:
    assert client.get("/OAI/Server?verb=Identify").status_code == 404


def test_a_foreign_harvester_gets_everything(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """oaipmh-scythe walks the list by its own rules."""
    scythe = pytest.importorskip("oaipmh_scythe")
    client = httpx2.Client(transport=httpx2.WSGITransport(app=get_wsgi_application()))
    with scythe.Scythe("http://testserver/OAI/Server") as harvester:
        monkeypatch.setattr(harvester, "_client", client)
        found = list(harvester.list_records(metadata_prefix="oai_dc", ignore_deleted=False))
    assert len(found) == 31
    assert sum(record.deleted for record in found) == 3
    assert found[0].metadata["title"] == ["Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"]


def test_the_schema_of_our_json_is_one(ask: Ask) -> None:
    answer = ask(verb="GetRecord", metadataPrefix="bookwheel_json", identifier=IDENTIFIER)
    schema = etree.XMLSchema(etree.fromstring(Client().get("/OAI/bookwheel_json.xsd").content))
    metadata = answer.find(f".//{{{NAMESPACE}}}metadata")
    assert metadata is not None
    assert schema.validate(metadata[0])
