"""The tags of a record, as its page shows them, and the forms there."""

from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.conftest import signed_in
from tests.web.page import Page
from tests.web.stub import SEED_ID, StubLibrary

from bookwheel.web.people.models import Person
from bookwheel.web.tags.models import Tag, Tagging
from bookwheel.web.tags.record import TagView, own_tags, record_tags
from bookwheel.web.tags.tagging import add_tags
from bookwheel.web.works.models import Work

TAGS = "//table[@class='core']//tr[th='Tags:']/td"
RECORD = f"/Record/{SEED_ID}"


def test_stranger_sees_that_there_are_none(client: Client) -> None:
    page = Page(client.get(RECORD))
    assert page.text(TAGS) == "Add Tag No Tags, Be the first to tag this record!"
    assert page.texts(f"{TAGS}//a/@href") == [f"{RECORD}/AddTag"]


def test_counts_are_distinct_readers_and_the_most_given_come_first(
    reader: Person, other: Person, work: Work, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    add_tags(reader, work, "alpha beta")
    add_tags(other, work, "Beta")
    with django_assert_num_queries(1):
        found = record_tags(reader, work.record_id)
    assert found == (
        TagView("beta", 2, "/Tag/Home?lookfor=beta", is_mine=True),
        TagView("alpha", 1, "/Tag/Home?lookfor=alpha", is_mine=True),
    )
    assert [tag.is_mine for tag in record_tags(other, work.record_id)] == [True, False]
    assert [tag.is_mine for tag in record_tags(None, work.record_id)] == [False, False]


def test_private_tag_is_shown_to_its_writer_only(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "to-read", private=True)
    assert record_tags(reader, work.record_id)[0].is_private
    assert record_tags(other, work.record_id) == record_tags(None, work.record_id) == ()


def test_private_tag_does_not_count_for_others(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "leukemia", private=True)
    add_tags(other, work, "leukemia")
    assert record_tags(None, work.record_id)[0].count == 1


def test_hidden_tag_is_shown_to_its_writer_only(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "spam")
    Tag.objects.update(is_hidden=True)
    assert len(record_tags(reader, work.record_id)) == 1
    assert record_tags(other, work.record_id) == record_tags(None, work.record_id) == ()


def test_tags_of_a_closed_account_are_not_shown(reader: Person, work: Work) -> None:
    add_tags(reader, work, "leukemia")
    Person.objects.update(is_active=False)
    assert record_tags(None, work.record_id) == ()


def test_own_tags_are_those_of_the_reader(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "mine")
    add_tags(other, work, "theirs")
    assert [tag.tag for tag in own_tags(reader, work.record_id)] == ["mine"]
    assert own_tags(None, work.record_id) == ()


def test_stranger_who_wants_to_tag_is_led_to_sign_in(client: Client) -> None:
    assert client.get(f"{RECORD}/AddTag")["Location"].startswith("/MyResearch/Login?next=")
    assert client.post(f"{RECORD}/AddTag", {"tag": "leukemia"})["Location"].startswith("/MyResearch/Login?next=")
    assert not Tagging.objects.exists()


def test_form_adds_tags_and_leads_back_to_the_record(catalogue: StubLibrary, reader: Person) -> None:
    client = signed_in(reader)
    assert Page(client.get(f"{RECORD}/AddTag")).text("//main//h1") == "Add Tag"
    response = client.post(f"{RECORD}/AddTag", {"tag": 'leukemia "targeted therapy"'})
    assert (response.status_code, response["Location"]) == (302, RECORD)
    page = Page(client.get(RECORD))
    assert page.texts("//p[@role='status']") == ["Tagged with “leukemia”, “targeted therapy”."]
    assert page.texts(f"{TAGS}//ul/li/a") == ["leukemia", "targeted therapy"]
    assert page.texts(f"{TAGS}//*[@class='whose']") == ["yours", "yours"]


def test_work_keeps_what_is_known_of_the_record(catalogue: StubLibrary, reader: Person) -> None:
    signed_in(reader).post(f"{RECORD}/AddTag", {"tag": "leukemia"})
    work = Work.objects.get()
    assert (work.author, work.year, work.source) == ("Agostino Cortelezzi", "2012", "doaj")
    assert work.identifier == "oai:doaj.org/article:a34e60229e934aac998908d0fd28b026"


def test_form_adds_private_tags(catalogue: StubLibrary, reader: Person) -> None:
    client = signed_in(reader)
    client.post(f"{RECORD}/AddTag", {"tag": "to-read", "private": "1"})
    assert Page(client.get(RECORD)).texts(f"{TAGS}//*[@class='whose']") == ["yours, private"]


def test_empty_form_comes_back_with_the_mistake_beside_the_field(catalogue: StubLibrary, reader: Person) -> None:
    page = Page(signed_in(reader).post(f"{RECORD}/AddTag", {"tag": " "}))
    assert page.text("//p[@id='tags-mistake']") == "Write at least one tag."
    assert "tags-mistake" in page.texts("//input[@id='tags']/@aria-describedby")[0]


def test_too_long_tag_comes_back_as_it_was_written(catalogue: StubLibrary, reader: Person) -> None:
    page = Page(signed_in(reader).post(f"{RECORD}/AddTag", {"tag": "x" * 65}))
    assert "at most 64 characters" in page.text("//p[@id='tags-mistake']")
    assert page.texts("//input[@id='tags']/@value") == ["x" * 65]


def test_unverified_reader_is_told_why(catalogue: StubLibrary, reader: Person) -> None:
    EmailAddress.objects.update(verified=False)
    page = Page(signed_in(reader).post(f"{RECORD}/AddTag", {"tag": "leukemia"}))
    assert "verified" in page.text("//p[@id='tags-mistake']")


def test_button_removes_the_readers_own_tag(catalogue: StubLibrary, reader: Person, other: Person) -> None:
    for person in (reader, other):
        signed_in(person).post(f"{RECORD}/AddTag", {"tag": "leukemia"})
    client = signed_in(reader)
    form = Page(client.get(RECORD)).root.xpath(f"{TAGS}//ul//form")[0]
    response = client.post(form.get("action"), dict(form.form_values()))
    assert response["Location"] == RECORD
    assert [row.person for row in Tagging.objects.all()] == [other]
    assert Page(client.get(RECORD)).count(f"{TAGS}//ul//form") == 0


def test_another_readers_tag_cannot_be_removed(catalogue: StubLibrary, reader: Person, other: Person) -> None:
    signed_in(other).post(f"{RECORD}/AddTag", {"tag": "leukemia"})
    assert signed_in(reader).post(f"{RECORD}/RemoveTag", {"tag": "leukemia"}).status_code == 404
    assert Tagging.objects.count() == 1


def test_get_removes_nothing(catalogue: StubLibrary, reader: Person) -> None:
    signed_in(reader).post(f"{RECORD}/AddTag", {"tag": "leukemia"})
    assert signed_in(reader).get(f"{RECORD}/RemoveTag?tag=leukemia").status_code == 405


def test_form_without_its_token_is_refused(catalogue: StubLibrary, reader: Person) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(f"{RECORD}/AddTag", {"tag": "leukemia"}).status_code == 403


def test_unknown_record_cannot_be_tagged(catalogue: StubLibrary, reader: Person) -> None:
    assert signed_in(reader).post("/Record/nobody/AddTag", {"tag": "leukemia"}).status_code == 404
    assert not Work.objects.exists()


def test_gone_page_shows_the_readers_own_tags(catalogue: StubLibrary, reader: Person, other: Person) -> None:
    signed_in(reader).post(f"{RECORD}/AddTag", {"tag": "mine"})
    signed_in(other).post(f"{RECORD}/AddTag", {"tag": "theirs"})
    catalogue.deleted = frozenset({SEED_ID})
    client = signed_in(reader)
    page = Page(client.get(RECORD))
    assert page.status == 410
    assert page.texts("//ul[@class='tags']/li/a") == ["mine"]
    assert client.post(f"{RECORD}/RemoveTag", {"tag": "mine"}).status_code == 302
    assert Page(Client().get(RECORD)).count("//ul[@class='tags']") == 0


def test_record_that_left_without_a_trace_is_gone_for_who_tagged_it(
    catalogue: StubLibrary, reader: Person, other: Person
) -> None:
    """A catalogue filled anew may lack what it had: the reader finds the tag there still, others find nothing."""
    signed_in(reader).post(f"{RECORD}/AddTag", {"tag": "mine"})
    catalogue.records = catalogue.records[1:]
    page = Page(signed_in(reader).get(RECORD))
    assert page.status == 410
    assert page.text("//blockquote") == "Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"
    assert page.texts("//ul[@class='tags']/li/a") == ["mine"]
    assert signed_in(other).get(RECORD).status_code == Client().get(RECORD).status_code == 404


def test_markup_in_a_tag_is_text(catalogue: StubLibrary, reader: Person) -> None:
    client = signed_in(reader)
    client.post(f"{RECORD}/AddTag", {"tag": "<b>bold</b>"})
    assert b"&lt;b&gt;bold&lt;/b&gt;" in client.get(RECORD).content
    assert Page(client.get(RECORD)).count(f"{TAGS}//b") == 0
