from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.http import Http404
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from bookwheel.web.feeds.response import Version, feed_response, if_unchanged, version_of
from bookwheel.web.feeds.value import Entry, feed_of

MOMENT = datetime(2026, 11, 1, 10, tzinfo=UTC)
ENTRY = Entry("tag:x,2026:record/1", "One", "http://testserver/Record/1", MOMENT, MOMENT)
FEED = feed_of("tag:x,2026:list/1", "A list", "http://testserver/List/1", [ENTRY])
ADDRESS = "/List/1/Feed?form=atom"


def ask(form: str = "atom", method: str = "get", **headers: str) -> HttpResponseBase:
    request = getattr(RequestFactory(), method)(ADDRESS, headers={k.replace("_", "-"): v for k, v in headers.items()})
    return feed_response(request, FEED, form)


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("atom", "application/atom+xml"), ("rss", "application/rss+xml"), ("json", "application/feed+json")],
)
def test_each_form_has_its_media_type_and_its_own_address(form: str, media_type: str) -> None:
    response = ask(form)
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert b"http://testserver/List/1/Feed?form=atom" in response.getvalue()


def test_an_unknown_form_is_not_found() -> None:
    with pytest.raises(Http404):
        ask("gopher")


def test_a_reader_that_has_it_is_told_so() -> None:
    first = ask()
    assert first["Last-Modified"] == "Sun, 01 Nov 2026 10:00:00 GMT"
    assert ask(if_none_match=first["ETag"]).status_code == 304
    assert ask(if_none_match=f"W/{first['ETag']}").status_code == 304
    assert ask(if_modified_since=first["Last-Modified"]).status_code == 304
    assert ask(method="head", if_none_match=first["ETag"]).status_code == 304
    assert ask(if_none_match='"another"', if_modified_since=first["Last-Modified"]).status_code == 200


def test_the_version_changes_with_the_content_alone() -> None:
    changed = replace(FEED, entries=(replace(ENTRY, title="Another"),))
    request = RequestFactory().get(ADDRESS)
    assert feed_response(request, FEED, "atom")["ETag"] == ask()["ETag"]
    assert feed_response(request, changed, "atom")["ETag"] != ask()["ETag"]


def test_a_known_version_spares_making_the_feed() -> None:
    version = version_of(ask(), FEED)
    has_it = RequestFactory().get(ADDRESS, headers={"If-None-Match": version.etag})
    answer = if_unchanged(has_it, version)
    assert answer is not None
    assert (answer.status_code, answer["Cache-Control"]) == (304, ask()["Cache-Control"])
    assert if_unchanged(has_it, Version('"other"', MOMENT)) is None
    assert if_unchanged(RequestFactory().get(ADDRESS), version) is None


def test_what_is_private_is_kept_by_its_reader_alone() -> None:
    response = feed_response(RequestFactory().get(ADDRESS), FEED, "atom", private=True)
    assert response["Cache-Control"].startswith("private")
    assert "Access-Control-Allow-Origin" not in response
    assert ask()["Cache-Control"].startswith("public")
