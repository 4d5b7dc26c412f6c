"""Which records bear a tag, and which tags there are."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.conftest import signed_in
from tests.web.page import Page
from tests.web.stub import SEED_ID, StubLibrary

from bookwheel.web.people.models import Person
from bookwheel.web.tags.finding import near, works_with
from bookwheel.web.tags.models import Tag, Tagging
from bookwheel.web.tags.pages import weight
from bookwheel.web.tags.tagging import add_tags
from bookwheel.web.works.models import Work


def test_works_come_with_the_latest_tagged_first(reader: Person, other: Person, work: Work, second: Work) -> None:
    for person, tagged in ((reader, work), (reader, second), (other, work)):
        add_tags(person, tagged, "leukemia")
    Tagging.objects.filter(person=reader, work=work).update(made=timezone.now() - timedelta(days=2))
    Tagging.objects.filter(work=second).update(made=timezone.now() - timedelta(days=1))
    assert list(works_with("LEUKEMIA", None)) == [work, second]
    Tagging.objects.filter(person=other).update(is_private=True)
    assert list(works_with("leukemia", None)) == [second, work]
    assert list(works_with("leukemia", other)) == [work, second]


def test_private_and_hidden_tags_find_nothing_for_others(reader: Person, other: Person, work: Work) -> None:
    add_tags(reader, work, "secret", private=True)
    add_tags(reader, work, "spam")
    Tag.objects.filter(folded="spam").update(is_hidden=True)
    for tag in ("secret", "spam"):
        assert list(works_with(tag, reader)) == [work]
        assert not works_with(tag, other).exists()
        assert not works_with(tag, None).exists()
    assert near("s", other) == ()


def test_page_shows_the_records_as_results_are_shown(client: Client, reader: Person) -> None:
    signed_in(reader).post(f"/Record/{SEED_ID}/AddTag", {"tag": '"targeted therapy"'})
    page = Page(client.get("/Tag/Home?lookfor=Targeted+Therapy"))
    assert page.text("//main//h1") == "targeted therapy"
    assert page.text("//p[@role='status']") == "1 record"
    assert page.texts("//ol[@class='hits']//h2") == ["Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"]
    assert page.texts("//select[@id='type']/option[@selected]") == ["Tag"]


def test_withdrawn_record_is_shown_as_last_known(catalogue: StubLibrary, client: Client, reader: Person) -> None:
    signed_in(reader).post(f"/Record/{SEED_ID}/AddTag", {"tag": "leukemia"})
    catalogue.deleted = frozenset({SEED_ID})
    page = Page(client.get("/Tag/Home?lookfor=leukemia"))
    assert page.texts("//ol[@class='hits']//h2") == ["Lenalidomide in the Treatment of Chronic Lymphocytic Leukemia"]
    assert page.texts("//p[@class='hit-source']/span") == ["2012", "Withdrawn"]


def test_many_records_are_paged(client: Client, reader: Person) -> None:
    for number in range(25):
        add_tags(reader, Work.objects.create(record_id=f"sample-{number}"), "many")
    page = Page(client.get("/Tag/Home?lookfor=many"))
    assert page.text("//p[@role='status']") == "1–20 of 25 records, the latest tagged first"
    (following,) = page.texts("//nav[@class='paging']//a/@href")
    page = Page(client.get(following))
    assert page.text("//p[@role='status']") == "21–25 of 25 records, the latest tagged first"
    assert page.count("//ol[@class='hits']/li") == 5


def test_tag_that_nothing_bears_offers_those_like_it(client: Client, reader: Person, work: Work) -> None:
    add_tags(reader, work, "leukemia")
    page = Page(client.get("/Tag/Home?lookfor=leuk"))
    assert page.text("//p[@role='status']") == "Nothing found"
    assert page.texts("//div[@class='nothing']//li/a") == ["leukemia"]


def test_type_tag_of_the_search_box_leads_to_the_tag(client: Client) -> None:
    response = client.get("/Search/Results?lookfor=targeted+therapy&type=Tag")
    assert (response.status_code, response["Location"]) == (302, "/Tag/Home?lookfor=targeted+therapy")
    assert client.get("/Tag/Home?lookfor=")["Location"] == "/Browse/Tag"


def test_cloud_counts_readers_and_has_two_orders(
    client: Client, reader: Person, other: Person, work: Work, second: Work
) -> None:
    add_tags(reader, work, "zebra alpha")
    add_tags(reader, second, "alpha")
    add_tags(other, work, "zebra")
    add_tags(other, work, "secret", private=True)
    page = Page(client.get("/Browse/Tag"))
    assert page.texts("//ul[@class='cloud']/li") == ["alpha 11 reader", "zebra 22 readers"]
    assert Page(client.get("/Browse/Tag?sort=count")).texts("//ol[@class='cloud']/li/a") == ["zebra", "alpha"]
    assert Page(signed_in(other).get("/Browse/Tag")).count("//ul[@class='cloud']/li") == 3


def test_empty_cloud_says_how_to_begin(client: Client) -> None:
    assert "Nobody has tagged anything yet" in Page(client.get("/Browse/Tag")).text()


@pytest.mark.parametrize("most", [1, 2, 3, 10, 1000])
def test_weights_grow_with_the_readers(most: int) -> None:
    weights = [weight(readers, most) for readers in range(1, most + 1)]
    assert weights == sorted(weights)
    assert weights[0] == 1
    assert weights[-1] == (5 if most > 1 else 1)
