"""Robots' rules, sitemaps and the description for search fields, as programs read them that know only the standards."""

from datetime import datetime
from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client
from lxml import etree
from tests.web.oai.conftest import SEED

SITE = "http://testserver"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture
def robots(client: Client) -> RobotFileParser:
    parser = RobotFileParser(f"{SITE}/robots.txt")
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


@pytest.mark.parametrize(
    ("address", "is_welcome"),
    [
        ("/", True),
        (f"/Record/{SEED}", True),
        ("/Help/Home", True),
        ("/OAI/Server?verb=Identify", True),
        ("/sitemap.xml", True),
        ("/Search/Results?lookfor=bees", False),
        ("/Search/Advanced", False),
        ("/api/v1/search?lookfor=bees", False),
        ("/OpenURL?rft_id=info:doi/10.1/x", False),
        ("/unapi?id=x", False),
        ("/resolve?id=x", False),
    ],
)
def test_a_polite_robot_takes_records_and_leaves_searches(
    robots: RobotFileParser, address: str, is_welcome: bool
) -> None:
    assert robots.can_fetch("AnyBot", SITE + address) == is_welcome


def test_robots_find_the_sitemap(robots: RobotFileParser, client: Client) -> None:
    (address,) = robots.site_maps() or []
    index = etree.fromstring(client.get(address.removeprefix(SITE)).content)
    assert index.tag == f"{SITEMAP}sitemapindex"
    for part in index:
        assert [child.tag for child in part] == [f"{SITEMAP}loc", f"{SITEMAP}lastmod"]
        pages = etree.fromstring(client.get(str(part[0].text).removeprefix(SITE)).content)
        assert pages.tag == f"{SITEMAP}urlset"
        changed = [datetime.fromisoformat(str(moment.text)) for moment in pages.iter(f"{SITEMAP}lastmod")]
        assert max(changed) == datetime.fromisoformat(str(part[1].text))
        assert all(robots.can_fetch("AnyBot", str(page[0].text)) for page in pages)


def test_a_search_field_can_be_made_of_the_description(client: Client) -> None:
    """What OpenSearch 1.1 requires: a name of 16 characters at most, a description, and an address with a blank."""
    root = etree.fromstring(client.get("/Search/OpenSearch").content)
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert 0 < len(str(root.findtext(f"{OPENSEARCH}ShortName"))) <= 16
    assert 0 < len(str(root.findtext(f"{OPENSEARCH}Description"))) <= 1024
    templates = {url.get("type"): str(url.get("template")) for url in root.iter(f"{OPENSEARCH}Url")}
    for kind in ("text/html", "application/x-suggestions+json"):
        address = templates[kind].replace("{searchTerms}", "lenalidomide").replace("{startPage?}", "1")
        answer = client.get(address.removeprefix(SITE), follow=True)
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(kind)
        assert b"Lenalidomide" in answer.content
