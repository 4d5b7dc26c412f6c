"""Addresses for programs, asked over HTTP."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from lxml import etree, html
from tests.web.oai.conftest import SEED, Repository

from bookwheel.web.machines.robots import WELCOME, unwelcome
from bookwheel.web.machines.signposting import DESCRIBED_BY, media_type

PAGE = f"/Record/{SEED}"
DOI = "10.1155/2012/393864"


def page(client: Client, address: str) -> Any:
    return html.fromstring(client.get(address, follow=True).content.decode())


# The record's page


def test_the_page_names_the_work_for_programs(client: Client) -> None:
    root = page(client, PAGE)
    assert root.xpath("//meta[@name='citation_doi']/@content") == [DOI]
    assert len(root.xpath("//link[@rel='alternate'][contains(@href, '/As/')]")) == len(DESCRIBED_BY)
    assert "rft.jtitle=Advances+in+Hematology" in root.xpath("//span[@class='Z3988']/@title")[0]
    assert root.xpath("//abbr[@class='unapi-id']/@title") == [SEED]
    thing = json.loads(root.xpath("//script[@type='application/ld+json']/text()")[0])
    assert thing["identifier"][0] == {"@type": "PropertyValue", "propertyID": "doi", "value": DOI}


def test_the_page_signposts(client: Client) -> None:
    header = client.get(PAGE)["Link"]
    found = re.findall(r'<([^>]*)> ; rel="([^"]*)"', header)
    assert (f"https://doi.org/{DOI}", "cite-as") in found
    assert ("https://schema.org/ScholarlyArticle", "type") in found
    assert (f"http://testserver{PAGE}/As/ris", "describedby") in found
    described = [target for target, relation in found if relation == "describedby"]
    for address in described:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
    (linkset,) = [target for target, relation in found if relation == "linkset"]
    answer = client.get(linkset.removeprefix("http://testserver"))
    assert answer["Content-Type"] == "application/linkset+json"
    assert answer.json()["linkset"][0]["cite-as"] == [{"href": f"https://doi.org/{DOI}"}]


def test_only_the_page_that_is_listed_carries_it(client: Client) -> None:
    answer = client.get(f"{PAGE}/Details")
    assert "Link" not in answer
    assert b"citation_title" not in answer.content


@pytest.mark.parametrize("name", DESCRIBED_BY)
def test_the_records_address_answers_in_the_form_asked_for(client: Client, name: str) -> None:
    kind = media_type(name)
    answer = client.get(PAGE, headers={"Accept": kind})
    assert answer["Content-Type"].partition(";")[0] == kind
    assert "Accept" in answer["Vary"]
    assert b"Lenalidomide in the Treatment" in answer.content.replace(b"{", b"").replace(b"}", b"")


def test_browsers_get_the_page(client: Client) -> None:
    answer = client.get(PAGE, headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"})
    assert answer["Content-Type"].startswith("text/html")
    assert "Accept" in answer["Vary"]


# Result pages


def test_every_hit_is_named_and_can_be_fetched(client: Client) -> None:
    root = page(client, "/Search/Results?lookfor=bees&type=Title")
    ids = root.xpath("//li[@class='hit']//abbr[@class='unapi-id']/@title")
    assert len(ids) == len(root.xpath("//li[@class='hit']//span[@class='Z3988']")) == 8
    for record_id in ids:
        answer = client.get("/unapi", {"id": record_id, "format": "ris"})
        assert b"TI  - Bees, volume" in answer.content
    assert root.xpath("//link[@rel='unapi-server']/@href") == ["/unapi"]


# unAPI


def test_unapi_lists_its_formats(client: Client) -> None:
    answer = client.get("/unapi")
    names = [found.get("name") for found in etree.fromstring(answer.content)]
    assert names == ["rdf_bibliontology", "mods", "marcxml", "ris", "bibtex"]
    answer = client.get("/unapi", {"id": SEED})
    assert answer.status_code == 300
    assert etree.fromstring(answer.content).get("id") == SEED


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"id": "nobody"}, 404), ({"id": "a-1"}, 404), ({"format": "ris"}, 400), ({"id": SEED, "format": "endnote"}, 406)],
)
def test_unapi_refuses(client: Client, asked: dict[str, str], status: int) -> None:
    assert client.get("/unapi", asked).status_code == status


# Known items


def test_resolve_tells_what_became_of_each(client: Client) -> None:
    answer = client.post("/resolve", f"{DOI}\n10.1/unknown\na-1\na-3\n\n", content_type="text/plain")
    assert answer["Access-Control-Allow-Origin"] == "*"
    found = [(one["asked"], one["status"], one.get("id", "")) for one in answer.json()["results"]]
    assert found == [
        (DOI, "found", SEED),
        ("10.1/unknown", "unknown", ""),
        ("a-1", "removed", ""),
        ("a-3", "found", "a-3"),
    ]
    assert answer.json()["results"][0]["url"] == f"http://testserver{PAGE}"
    assert client.get("/resolve", {"id": DOI}).json()["results"][0]["id"] == SEED


def test_resolve_takes_a_thousand(client: Client) -> None:
    body = "\n".join(f"10.1234/{number}" for number in range(1_000))
    assert len(client.post("/resolve", body, content_type="text/plain").json()["results"]) == 1_000
    for wrong in (body + "\n10.1/one-more", ""):
        answer = client.post("/resolve", wrong, content_type="text/plain")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        (f"rft_id=info:doi/{DOI}", PAGE),
        ("rft.issn=1687-9112&rft.volume=2012&rft.artnum=393864", PAGE),
        ("rft.atitle=Bees&rft.genre=article", "/Search/Results?lookfor=Bees&type=Title"),
        ("rft_id=info:doi/10.1/unknown&rft.atitle=Wasps", "/Search/Results?lookfor=Wasps&type=Title"),
    ],
)
def test_an_openurl_leads_to_the_record_or_a_search(client: Client, asked: str, leads_to: str) -> None:
    answer = client.get(f"/OpenURL?{asked}")
    assert (answer.status_code, answer["Location"]) == (302, leads_to)


def test_our_own_openurl_leads_back(client: Client) -> None:
    (coins,) = page(client, PAGE).xpath("//span[@class='Z3988']/@title")
    assert client.get(f"/OpenURL?{unescape(coins)}")["Location"] == PAGE


# Search fields and crawlers


def test_browsers_can_search_from_their_own_field(client: Client) -> None:
    root = etree.fromstring(client.get("/Search/OpenSearch").content)
    templates = [str(found.get("template")) for found in root.iterfind("{*}Url")]
    assert templates[0].startswith("http://testserver/Search/Results?lookfor=")
    answer = client.get("/Search/Suggest", {"lookfor": "lenali"})
    assert answer.json() == ["lenali", ["Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"]]


def addresses(client: Client, sitemap: str) -> list[str]:
    return [str(found.text) for found in etree.fromstring(client.get(sitemap).content).iterfind(".//{*}loc")]


def test_sitemaps_name_every_record_once(client: Client, repository: Repository) -> None:
    assert addresses(client, "/sitemap.xml") == ["http://testserver/sitemap-0.xml"]
    found = addresses(client, "/sitemap-0.xml")
    assert len(found) == len(set(found)) == 28
    assert f"http://testserver{PAGE}" in found
    assert client.get("/sitemap-7.xml").status_code == 404


def test_crawlers_are_welcome_where_somebody_said_so(client: Client) -> None:
    """A new address is closed to crawlers until it is named as open."""
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /Search/", "Disallow: /api/", "Disallow: /unapi", "Allow: /Record/"} <= set(lines)
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert not [beginning for beginning in unwelcome() if beginning in WELCOME]
    assert "Disallow: /" not in lines
