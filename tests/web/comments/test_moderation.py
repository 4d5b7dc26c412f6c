"""The curators' page."""

from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.page import Page
from tests.web.stub import StubLibrary

from bookwheel.web.comments.models import Report
from bookwheel.web.comments.tab import comments_of
from bookwheel.web.comments.writing import report, write
from bookwheel.web.people.models import Person
from bookwheel.web.tags.record import record_tags
from bookwheel.web.tags.tagging import add_tags
from bookwheel.web.works.models import Work

PAGE = "/Admin/Moderation"


def press(client: Client, section: str, button: str, **changes: str) -> Page:
    """The page that a button of a section leads to, pressed in its first form."""
    page = Page(client.get(PAGE))
    pressed = page.root.xpath(f"//section[h2[@id='{section}']]//form//button[normalize-space()='{button}']")[0]
    form: Any = next(pressed.iterancestors("form"))
    values = dict(form.form_values()) | ({pressed.get("name"): pressed.get("value")} if pressed.get("name") else {})
    response = client.post(form.get("action"), values | changes)
    return Page(client.get(response["Location"]))


@pytest.mark.parametrize("who", ["nobody", "reader"])
def test_page_is_for_curators_alone(request: pytest.FixtureRequest, catalogue: StubLibrary, who: str) -> None:
    client = Client() if who == "nobody" else signed_in(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}/Comment", {"id": "1", "do": "hide"}).status_code == 404
    assert client.post(f"{PAGE}/Tag", {"tag": "x", "do": "hide"}).status_code == 404


def test_operator_may_do_what_a_curator_may(catalogue: StubLibrary, operator: Person) -> None:
    assert signed_in(operator).get(PAGE).status_code == 200


@pytest.mark.usefixtures("moderated", "catalogue")
def test_approved_comment_is_seen_by_all(reader: Person, curator: Person, work: Work) -> None:
    write(reader, work, "First.")
    page = press(signed_in(curator), "waiting", "Approve")
    assert page.text("//p[@role='status']") == "Everybody sees the comment."
    assert [comment.text for comment in comments_of(None, work.record_id)] == ["First."]
    assert page.count("//ol[@class='comments']/li") == 0


@pytest.mark.usefixtures("moderated", "catalogue")
def test_rejected_comment_is_seen_by_its_writer_alone(reader: Person, curator: Person, work: Work) -> None:
    write(reader, work, "Buy this.")
    press(signed_in(curator), "waiting", "Reject")
    assert comments_of(None, work.record_id) == ()
    assert comments_of(reader, work.record_id)[0].is_hidden


@pytest.mark.usefixtures("catalogue")
def test_kept_comment_leaves_the_queue_until_another_reader_reports_it(
    reader: Person, other: Person, curator: Person, work: Work
) -> None:
    comment = write(other, work, "First.")
    report(reader, comment)
    page = press(signed_in(curator), "reported", "Keep")
    assert page.count("//ol[@class='comments']/li") == 0
    assert len(comments_of(None, work.record_id)) == 1
    report(reader, comment)
    assert Report.objects.get().is_settled
    report(curator, comment)
    assert "Reported by 1 reader" in Page(signed_in(curator).get(PAGE)).text("//ol[@class='comments']")


@pytest.mark.usefixtures("catalogue")
def test_hidden_comment_is_seen_by_nobody_else(reader: Person, other: Person, curator: Person, work: Work) -> None:
    report(reader, write(other, work, "Buy this."))
    press(signed_in(curator), "reported", "Hide")
    assert comments_of(None, work.record_id) == ()


@pytest.mark.usefixtures("catalogue")
def test_comment_that_is_deleted_meanwhile_is_no_fault(curator: Person) -> None:
    client = signed_in(curator)
    client.post(f"{PAGE}/Comment", {"id": "12345", "do": "show"})
    assert "has deleted this comment" in Page(client.get(PAGE)).text("//p[@role='status']")


@pytest.mark.usefixtures("catalogue")
def test_tag_is_renamed_merged_hidden_and_shown_again(reader: Person, curator: Person, work: Work) -> None:
    add_tags(reader, work, "leukemia lukemia")
    client = signed_in(curator)
    page = press(client, "tags", "Rename", new="leukemia")
    assert page.text("//p[@role='status']") == "“lukemia” is “leukemia” now, given 1 time."
    assert [tag.tag for tag in record_tags(None, work.record_id)] == ["leukemia"]
    page = press(client, "tags", "Hide from all")
    assert page.texts("//section[h2[@id='tags']]//th[@scope='row']") == ["leukemia hidden"]
    assert record_tags(None, work.record_id) == ()
    press(client, "tags", "Show again")
    assert [tag.tag for tag in record_tags(None, work.record_id)] == ["leukemia"]


@pytest.mark.usefixtures("catalogue")
def test_private_tags_are_not_for_curators(reader: Person, curator: Person, work: Work) -> None:
    add_tags(reader, work, "secret", private=True)
    add_tags(reader, work, "leukemia therapy")
    tags = "//section[h2[@id='tags']]//th[@scope='row']"
    client = signed_in(curator)
    assert Page(client.get(PAGE)).texts(tags) == ["therapy", "leukemia"]
    assert Page(client.get(f"{PAGE}?tag=Leuk")).texts(tags) == ["leukemia"]
