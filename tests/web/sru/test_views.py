"""SRU as a library system's client meets it."""

from typing import Any

import pytest
from django.test import Client
from lxml import etree
from tests.web.oai.conftest import SEED

NAMES = {
    "s": "http://www.loc.gov/zing/srw/",
    "t": "http://docs.oasis-open.org/ns/search-ws/sruResponse",
    "c": "http://docs.oasis-open.org/ns/search-ws/scan",
    "dc": "http://purl.org/dc/elements/1.1/",
    "m": "http://www.loc.gov/MARC21/slim",
    "z": "http://explain.z3950.org/dtd/2.0/",
}
SEARCH = {"operation": "searchRetrieve", "version": "1.2"}


def ask(client: Client, **given: str) -> etree._Element:
    response = client.get("/SRU", given)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def texts(root: etree._Element, path: str) -> list[str]:
    found: Any = root.xpath(path, namespaces=NAMES)
    return [str(text) for text in found]


def test_a_search_gives_records(client: Client) -> None:
    answer = ask(client, **SEARCH, query='dc.title = "chronic lymphocytic" and dc.creator = Cortelezzi')
    assert texts(answer, "s:numberOfRecords/text()") == ["1"]
    assert texts(answer, "//s:recordSchema/text()") == ["info:srw/schema/1/dc-v1.1"]
    assert texts(answer, "//dc:title/text()") == ["Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"]
    assert texts(answer, "//s:recordPosition/text()") == ["1"]


def test_the_second_version_has_its_own_names(client: Client) -> None:
    answer = ask(client, query=f"rec.identifier = {SEED}", recordSchema="marcxml")
    assert answer.tag == "{http://docs.oasis-open.org/ns/search-ws/sruResponse}searchRetrieveResponse"
    assert texts(answer, "t:version/text()") == ["2.0"]
    assert texts(answer, "//t:recordXMLEscaping/text()") == ["xml"]
    assert texts(answer, "//m:datafield[@tag='245']/m:subfield[@code='a']/text()")


def test_records_come_as_text_when_asked(client: Client) -> None:
    answer = ask(client, **SEARCH, query="lenalidomide", recordPacking="string", recordSchema="mods")
    (data,) = texts(answer, "//s:recordData/text()")
    assert etree.fromstring(data).tag == "{http://www.loc.gov/mods/v3}mods"


@pytest.mark.parametrize(("start", "size"), [(1, 5), (4, 5), (6, 5), (7, 20), (26, 10), (28, 1), (3, 0)])
def test_any_stretch_of_the_result(client: Client, start: int, size: int) -> None:
    """Whole pages or not, the records follow each other as in one long list."""
    asked = {**SEARCH, "query": "cql.allRecords=1 sortby dc.title"}
    whole = texts(ask(client, **asked, maximumRecords="100"), "//dc:title[1]/text()")
    assert len(whole) == 28
    answer = ask(client, **asked, startRecord=str(start), maximumRecords=str(size))
    assert texts(answer, "//dc:title[1]/text()") == whole[start - 1 : start - 1 + size]
    following = texts(answer, "s:nextRecordPosition/text()")
    assert following == ([str(start + size)] if size and start - 1 + size < len(whole) else [])


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ({**SEARCH, "query": ""}, 7),
        (SEARCH, 7),
        ({"operation": "scan", "version": "1.2"}, 7),
        ({"operation": "update", "version": "1.2"}, 4),
        ({**SEARCH, "version": "3.0", "query": "x"}, 5),
        ({**SEARCH, "query": "x", "maximumRecords": "many"}, 6),
        ({**SEARCH, "query": "x", "startRecord": "0"}, 61),
        ({**SEARCH, "query": "lenalidomide", "startRecord": "2"}, 61),
        ({**SEARCH, "query": "x", "startRecord": "999999"}, 61),
        ({**SEARCH, "query": "x", "recordSchema": "nonsense"}, 66),
        ({**SEARCH, "query": "x", "recordPacking": "zip"}, 71),
        ({**SEARCH, "query": "dc.flavour = sweet"}, 16),
        ({**SEARCH, "query": "dc.title encloses x"}, 19),
        ({**SEARCH, "query": "dc.title =/fuzzy x"}, 20),
        ({**SEARCH, "query": "x sortby dc.flavour"}, 80),
        ({**SEARCH, "query": "and and ("}, 10),
        ({"query": "x", "queryType": "sql"}, 6),
        ({"scanClause": "dc.flavour = a"}, 16),
    ],
)
def test_what_cannot_be_done_is_a_diagnostic(client: Client, given: dict[str, str], number: int) -> None:
    answer = ask(client, **given)
    assert texts(answer, "//*[local-name()='diagnostic']/*[local-name()='uri']/text()") == [
        f"info:srw/diagnostic/1/{number}"
    ]
    assert not texts(answer, "//dc:title")


def test_a_scan_lists_terms_with_counts(client: Client) -> None:
    answer = ask(client, scanClause='dc.creator = "ad"', maximumTerms="2")
    assert texts(answer, "//c:value/text()") == ["Ada Lovelace", "Agostino Cortelezzi"]
    assert texts(answer, "//c:numberOfRecords/text()") == ["27", "1"]


def test_a_scan_can_start_before_the_term(client: Client) -> None:
    answer = ask(client, scanClause="title = lenal", maximumTerms="3", responsePosition="2")
    found = texts(answer, "//c:value/text()")
    assert [title.split(",")[0].split()[0] for title in found] == ["Bees", "Lenalidomide", "Wasps"]


def test_the_server_explains_itself(client: Client) -> None:
    answer = ask(client)
    assert texts(answer, "//z:schema/@name") == ["dc", "marcxml", "mods"]
    assert "creator" in texts(answer, "//z:name[@set='dc']/text()")
    assert texts(ask(client, operation="explain", version="1.1"), "s:version/text()") == ["1.1"]


def test_a_search_can_be_posted(client: Client) -> None:
    response = client.post("/SRU", {**SEARCH, "query": "lenalidomide"})
    assert b"Chronic Lymphocytic" in response.content
    assert client.delete("/SRU").status_code == 405
