"""Downloads of one record, a selection and a search."""

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from tests.web.stub import SEED_ID, StubLibrary, sample, seed_library

from bookwheel.exports import EXPORTS
from bookwheel.web.export import views
from bookwheel.web.library import use

RECORD = f"/Record/{SEED_ID}/Export"


def body(response: Any) -> str:
    streamed = getattr(response, "streaming", False)
    data = b"".join(response.streaming_content) if streamed else response.content
    return str(data.decode())


@pytest.mark.parametrize("style", ["RIS", "ris", "EndNoteWeb", "RefWorks"])
def test_record_leaves_under_the_names_vufind_gives_formats(client: Client, style: str) -> None:
    response = client.get(RECORD, {"style": style})
    assert response.status_code == 200
    assert "DO  - 10.1155/2012/393864" in body(response)
    assert response["Content-Disposition"] == f'attachment; filename="{SEED_ID}.ris"'
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("name", list(EXPORTS))
def test_every_format_can_be_had(client: Client, name: str) -> None:
    response = client.get(RECORD, {"style": name})
    assert response.status_code == 200
    assert response["Content-Type"].startswith(EXPORTS[name].media_type)
    assert response.content


def test_without_a_format_the_page_offers_them(client: Client) -> None:
    page = body(client.get(RECORD))
    assert all(f'<option value="{name}">' in page for name in EXPORTS)
    assert '<option value="vancouver">' in page


def test_citation_style_is_chosen(client: Client) -> None:
    text = body(client.get(RECORD, {"style": "text", "citation": "vancouver"}))
    assert text.startswith("1. Cortelezzi A, Sciumè M, Reda G.")


def test_unknown_record_is_not_found(client: Client) -> None:
    assert client.get("/Record/nobody/Export", {"style": "ris"}).status_code == 404


def test_withdrawn_record_is_gone() -> None:
    with use(StubLibrary(seed_library().records, deleted=frozenset({SEED_ID}))):
        assert Client().get(RECORD, {"style": "ris"}).status_code == 410


def test_name_of_the_file_cannot_break_the_header() -> None:
    hostile = 'a/b"\r\nX: é'
    with use(StubLibrary([sample(1, id=hostile)])):
        response = Client().get(f"/Record/{quote(hostile, safe='')}/Export", {"style": "ris"})
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="a-b---X---.ris"; filename*=UTF-8')


def test_search_leaves_whole_whatever_page_is_asked_for(client: Client) -> None:
    response = client.get("/Search/Export", {"lookfor": "", "page": "2", "limit": "5", "style": "ris"})
    assert body(response).count("TY  - ") == 61
    assert response["Content-Disposition"] == 'attachment; filename="records.ris"'


def test_download_goes_on_behind_an_offset(client: Client) -> None:
    whole = body(client.get("/Search/Export", {"style": "ris"}))
    rest = body(client.get("/Search/Export", {"style": "ris", "offset": "60"}))
    assert rest.count("TY  - ") == 1
    assert whole.endswith(rest)


def test_selection_keeps_its_order(client: Client) -> None:
    ids = [sample(5).id, "nobody", f"Solr|{SEED_ID}", sample(2).id]
    asked = urlencode([("style", "jsonl"), *(("id[]", one) for one in ids)])
    lines = body(client.get(f"/Search/Export?{asked}")).splitlines()
    assert [json.loads(line)["record"]["id"] for line in lines] == [sample(5).id, SEED_ID, sample(2).id]


def test_page_of_a_selection_takes_the_ids_along(client: Client) -> None:
    assert f'name="id[]" value="{SEED_ID}"' in body(client.get("/Search/Export", {"id[]": [SEED_ID]}))


def test_too_long_a_selection_is_refused(client: Client) -> None:
    ids = "&".join(["id[]=a"] * (views.MOST_IDS + 1))
    assert client.get(f"/Search/Export?style=ris&{ids}").status_code == 414


def test_catalogue_can_limit_a_download(client: Client) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(views, "_limit", lambda: 10)
        assert body(client.get("/Search/Export", {"style": "ris"})).count("TY  - ") == 10


def test_more_downloads_than_places_are_asked_to_wait(client: Client) -> None:
    """A download gives its place back when it is through, and when its reader leaves."""
    responses = [client.get("/Search/Export", {"style": "ris"}) for _ in range(2)]
    refused = client.get("/Search/Export", {"style": "ris"})
    assert refused.status_code == 503
    assert refused["Retry-After"] == "30"
    body(responses[0])
    responses[1].close()
    for _ in range(5):
        assert body(client.get("/Search/Export", {"style": "dois"}))


def test_head_searches_nothing(client: Client, catalogue: StubLibrary) -> None:
    response = client.head("/Search/Export", {"style": "ris"})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert catalogue.asked == []


def test_pages_lead_to_downloads(client: Client) -> None:
    assert f'href="{RECORD}?style=ris"' in body(client.get(f"/Record/{SEED_ID}"))
    assert 'href="/Search/Export?lookfor=leukemia' in body(
        client.get("/Search/Results?lookfor=leukemia&type=AllFields")
    )
