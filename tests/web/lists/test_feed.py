"""A list as a feed."""

import json

from django.test import Client
from tests.web.conftest import signed_in
from tests.web.lists.conftest import Make
from tests.web.stub import StubLibrary

from bookwheel.web.lists.filling import add
from bookwheel.web.lists.models import Purpose, ReadingList, Visibility
from bookwheel.web.lists.shares import new_share, token_of
from bookwheel.web.people.models import Person


def test_a_public_list_is_followed_by_anybody_newest_first(
    client: Client, reader: Person, make: Make, catalogue: StubLibrary
) -> None:
    kept = make(reader, "Leukemia", 1, 2, visibility=Visibility.PUBLIC)
    add(kept, reader, catalogue.found(["sample-3"]))
    answer = client.get(_feed(kept, "?form=json"))
    feed = json.loads(answer.content)
    assert feed["title"] == "Leukemia"
    assert [item["title"] for item in feed["items"]] == [f"Sample work number {number}" for number in (3, 1, 2)]
    assert answer["Cache-Control"].startswith("public")


def test_a_private_list_is_followed_with_its_token_alone(client: Client, reader: Person, make: Make) -> None:
    kept = make(reader, "Leukemia", 1)
    share = new_share(kept, Purpose.FEED)
    address = _feed(kept, f"?token={token_of(share)}")
    assert client.get(_feed(kept, "")).status_code == 404
    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, max-age=60")
    share.delete()
    assert client.get(address).status_code == 404


def test_the_token_of_a_feed_opens_the_feed_alone(client: Client, reader: Person, make: Make) -> None:
    kept = make(reader, "Leukemia", 1)
    token = token_of(new_share(kept, Purpose.FEED))
    assert client.get(f"/MyResearch/MyList/{kept.public_id}?token={token}").status_code == 404


def test_a_feed_that_has_not_changed_is_not_sent_again(client: Client, reader: Person, make: Make) -> None:
    kept = make(reader, "Leukemia", 1, visibility=Visibility.PUBLIC)
    first = client.get(_feed(kept, ""))
    assert client.get(_feed(kept, ""), headers={"if-none-match": first["ETag"]}).status_code == 304


def test_a_withdrawn_record_leaves_the_feed(client: Client, reader: Person, make: Make, catalogue: StubLibrary) -> None:
    kept = make(reader, "Leukemia", 1, 2, visibility=Visibility.PUBLIC)
    catalogue.deleted = frozenset({"sample-1"})
    assert b"Sample work number 1" not in client.get(_feed(kept, "")).content


def test_the_sharing_page_makes_and_revokes_the_address_of_a_feed(reader: Person, client: Client, make: Make) -> None:
    kept = make(reader, "Leukemia", 1)
    sharing = f"/MyResearch/MyList/{kept.public_id}/Sharing"
    owner = signed_in(reader)
    owner.post(sharing, {"action": "feed"})
    owner.post(sharing, {"action": "feed"})
    assert kept.shares.count() == 1
    owner.post(sharing, {"action": "revoke", "share": kept.shares.get().pk})
    assert not kept.shares.exists()


def _feed(kept: ReadingList, parameters: str) -> str:
    return f"/MyResearch/MyList/{kept.public_id}/Feed{parameters}"
