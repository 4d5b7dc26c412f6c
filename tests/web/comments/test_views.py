"""The tab "Comments" and where its forms are sent."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web.conftest import signed_in
from tests.web.page import Page
from tests.web.stub import SEED_ID, StubLibrary

from bookwheel.web.comments.models import Comment, Rating, Report, State
from bookwheel.web.people.models import Person

RECORD = f"/Record/{SEED_ID}"
TAB = f"{RECORD}/UserComments"
TABS = "//nav[@class='tabs']//a"


def sent(client: Client, form: Any, **changes: str) -> Page:
    """The page that a form leads to."""
    response = client.post(form.get("action") or form.base_url, dict(form.form_values()) | changes)
    assert response.status_code == 302
    return Page(client.get(response["Location"]))


@pytest.mark.usefixtures("off")
def test_switched_off_there_is_no_tab_and_no_address(client: Client, reader: Person) -> None:
    assert "Comments" not in Page(client.get(RECORD)).texts(TABS)
    assert client.get(TAB).status_code == 404
    for name in ("AddComment", "EditComment", "DeleteComment", "ReportComment", "Rate"):
        assert signed_in(reader).post(f"{RECORD}/{name}", {"id": "1"}).status_code == 404


def test_ratings_alone_have_a_tab_of_their_name(client: Client, settings: Settings) -> None:
    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, comments="off")
    assert "Ratings" in Page(client.get(RECORD)).texts(TABS)
    page = Page(client.get(TAB))
    assert page.text("//h2[@id='tab-title']") == "Ratings"
    assert "Nobody has rated this work yet." in page.text()


def test_comments_alone_have_no_stars(client: Client, settings: Settings) -> None:
    settings.BOOKWHEEL = replace(settings.BOOKWHEEL, ratings=False)
    assert Page(client.get(TAB)).count("//section[@class='rating']") == 0


def test_stranger_reads_and_is_asked_to_sign_in(client: Client) -> None:
    page = Page(client.get(TAB))
    assert "Nobody has said anything on this work yet." in page.text()
    assert page.count("//main//form") == 0
    assert page.texts("//a[text()='Sign in to comment']/@href") == [f"/MyResearch/Login?next={TAB}"]
    assert client.post(f"{RECORD}/AddComment", {"comment": "x"})["Location"].startswith("/MyResearch/Login")
    assert not Comment.objects.exists()


def test_comment_is_shown_with_name_date_and_lines(catalogue: StubLibrary, reader: Person) -> None:
    client = signed_in(reader)
    form = Page(client.get(TAB)).root.xpath("//form[@class='comment-form']")[0]
    page = sent(client, form, comment="A <b>good</b> read.\nhttps://example.org")
    assert page.text("//section[@class='fold']/p[@role='status']") == "Thank you. Your comment is kept."
    assert page.texts("//ol[@class='comments']/li/p[1]/bdi") == ["Ada"]
    assert page.root.xpath("string(//p[@class='said'])") == "A <b>good</b> read.\nhttps://example.org"
    assert page.count("//p[@class='said']//*") == 0


def test_person_without_a_name_is_a_reader(catalogue: StubLibrary, reader: Person) -> None:
    Person.objects.update(name="")
    client = signed_in(reader)
    client.post(f"{RECORD}/AddComment", {"comment": "First."})
    page = Page(client.get(TAB))
    assert page.texts("//ol[@class='comments']/li/p[1]/bdi") == ["A reader"]
    assert "ada@" not in page.text()


def test_refused_comment_comes_back_as_it_was_written(catalogue: StubLibrary, reader: Person) -> None:
    page = Page(signed_in(reader).post(f"{RECORD}/AddComment", {"comment": "x" * 2001}))
    assert "at most 2000" in page.text("//p[@id='comment-mistake']")
    assert page.root.xpath("string(//textarea[@id='comment'])").strip() == "x" * 2001


@pytest.mark.usefixtures("moderated")
def test_waiting_comment_has_a_remark_for_its_writer(catalogue: StubLibrary, reader: Person, other: Person) -> None:
    client = signed_in(reader)
    client.post(f"{RECORD}/AddComment", {"comment": "First."})
    page = Page(client.get(TAB))
    assert page.text("//p[@role='status']").endswith("once a curator has read it.")
    assert page.texts("//ol[@class='comments']//p[@class='remark']") == [
        "Only you see this: a curator has not read it yet."
    ]
    assert Page(signed_in(other).get(TAB)).count("//ol[@class='comments']/li") == 0


def test_own_comment_is_changed_and_deleted(catalogue: StubLibrary, reader: Person) -> None:
    client = signed_in(reader)
    client.post(f"{RECORD}/AddComment", {"comment": "First."})
    (edit,) = Page(client.get(TAB)).texts("//ol[@class='comments']//a/@href")
    form = Page(client.get(edit)).root.xpath("//form[@class='form']")[0]
    response = client.post(edit, dict(form.form_values()) | {"comment": "Second."})
    page = Page(client.get(response["Location"]))
    assert page.texts("//p[@class='said']") == ["Second."]
    assert "changed" in page.text("//p[@class='by']")
    page = sent(client, page.root.xpath("//form[contains(@action, 'DeleteComment')]")[0])
    assert page.count("//ol[@class='comments']/li") == 0


def test_comments_of_others_cannot_be_changed(catalogue: StubLibrary, reader: Person, other: Person) -> None:
    signed_in(other).post(f"{RECORD}/AddComment", {"comment": "First."})
    comment = {"id": str(Comment.objects.get().pk), "comment": "Mine."}
    client = signed_in(reader)
    assert client.get(f"{RECORD}/EditComment", comment).status_code == 404
    assert client.post(f"{RECORD}/EditComment", comment).status_code == 404
    assert client.post(f"{RECORD}/DeleteComment", comment).status_code == 404
    assert Comment.objects.get().text == "First."


def test_reader_reports_a_comment(catalogue: StubLibrary, reader: Person, other: Person) -> None:
    signed_in(other).post(f"{RECORD}/AddComment", {"comment": "Buy this."})
    client = signed_in(reader)
    page = sent(client, Page(client.get(TAB)).root.xpath("//form[contains(@action, 'ReportComment')]")[0])
    assert page.text("//p[@role='status']") == "Thank you. A curator will look at this comment."
    assert "You reported this comment." in page.text()
    assert page.count("//form[contains(@action, 'ReportComment')]") == 0
    assert Report.objects.get().person == reader


def test_what_one_may_not_see_cannot_be_reported(catalogue: StubLibrary, reader: Person, other: Person) -> None:
    signed_in(other).post(f"{RECORD}/AddComment", {"comment": "First."})
    Comment.objects.update(state=State.HIDDEN)
    number = str(Comment.objects.get().pk)
    assert signed_in(reader).post(f"{RECORD}/ReportComment", {"id": number}).status_code == 404
    assert signed_in(reader).post(f"{RECORD}/ReportComment", {"id": "²"}).status_code == 404


def test_stars_are_given_changed_and_taken_away(catalogue: StubLibrary, reader: Person) -> None:
    client = signed_in(reader)
    page = Page(client.get(TAB))
    assert page.texts("//fieldset/legend") == ["Your rating"]
    assert page.texts("//fieldset/label/span[2]") == ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]
    page = sent(client, page.root.xpath("//form[@class='rate']")[0], stars="4")
    assert "4.0 of 5 stars, by 1 reader" in page.text("//p[@class='mean']")
    assert page.texts("//input[@name='stars'][@checked]/@value") == ["4"]
    page = sent(client, page.root.xpath("//form[@id='unrate']")[0])
    assert "Nobody has rated this work yet." in page.text()
    assert not Rating.objects.exists()


def test_get_changes_nothing(catalogue: StubLibrary, reader: Person) -> None:
    client = signed_in(reader)
    client.post(f"{RECORD}/AddComment", {"comment": "First."})
    number = Comment.objects.get().pk
    for name in ("DeleteComment", "ReportComment", "Rate"):
        assert client.get(f"{RECORD}/{name}?id={number}&stars=5").status_code == 405
    assert client.get(f"{RECORD}/AddComment?comment=Second.").status_code == 200
    assert client.get(f"{RECORD}/EditComment?id={number}&comment=Second.").status_code == 200
    assert Comment.objects.get().text == "First."
    assert not Rating.objects.exists()
