"""The provider on loopback."""

import re
import urllib.error
import urllib.request

import pytest

from bookwheel.demo.provider import PAGE, Samples, answer, real_records, serving

ENTRIES = Samples(2 * PAGE + 30)
URL = "http://127.0.0.1/samples"


def asked(**arguments: str) -> str:
    return answer(ENTRIES, arguments, URL).decode()


def identifiers(response: str) -> list[str]:
    return re.findall(r"<identifier>(.*?)</identifier>", response)


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_a_walk_meets_every_record_once(verb: str) -> None:
    response = asked(verb=verb, metadataPrefix="oai_doaj")
    met = identifiers(response)
    while token := re.search(r"<resumptionToken[^>]*>([^<]+)</resumptionToken>", response):
        response = asked(verb=verb, resumptionToken=token[1])
        met += identifiers(response)
    assert met == [f"oai:invented.example/article:{number:07}" for number in range(len(ENTRIES))]


def test_the_last_page_has_an_empty_token_and_tells_the_size() -> None:
    response = asked(verb="ListRecords", resumptionToken=f"0-{len(ENTRIES)}-{2 * PAGE}")
    assert f'<resumptionToken completeListSize="{len(ENTRIES)}" cursor="{2 * PAGE}"></resumptionToken>' in response


def test_a_range_includes_both_ends() -> None:
    stamps = [ENTRIES[5].datestamp, ENTRIES[8].datestamp]
    response = asked(verb="ListIdentifiers", metadataPrefix="oai_doaj", **{"from": stamps[0], "until": stamps[1]})
    assert [identifier[-1] for identifier in identifiers(response)] == ["5", "6", "7", "8"]
    assert "resumptionToken" not in response


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"verb": "Explode<x>"}, "badVerb"),
        ({}, "badVerb"),
        ({"verb": "ListRecords"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_doaj", "from": "2031-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "made up"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "0-99999-100"}, "badResumptionToken"),
    ],
    ids=str,
)
def test_wrong_requests_get_the_protocols_errors(arguments: dict[str, str], code: str) -> None:
    response = answer(ENTRIES, arguments, URL).decode()
    assert f'<error code="{code}">' in response
    assert "<x>" not in response


def test_over_http() -> None:
    with serving({"/doaj": real_records()}) as base:
        with urllib.request.urlopen(f"{base}/doaj?verb=ListRecords&metadataPrefix=oai_doaj") as response:
            body = response.read().decode()
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(f"{base}/other")
        missing.value.close()
    assert identifiers(body) == ["oai:doaj.org/article:a34e60229e934aac998908d0fd28b026"]
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{base}/doaj?verb=Identify")


def test_it_tells_who_it_is() -> None:
    assert "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity>" in asked(verb="Identify")
    assert "<metadataPrefix>oai_doaj</metadataPrefix>" in asked(verb="ListMetadataFormats")
