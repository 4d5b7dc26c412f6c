"""Ending alerts from a mail: one click, nobody signs in, and looking changes nothing."""

from typing import Any

import pytest
from django.test import Client
from lxml import html
from tests.changing import Changing
from tests.fakes.smtp_server import Letterbox, part
from tests.web.alerts.conftest import SITE, FakeContext, Subscribe
from tests.web.page import Page

from bookwheel.web.alerts import job
from bookwheel.web.alerts.addresses import unsubscribe_address
from bookwheel.web.alerts.models import Alert, Event
from bookwheel.web.alerts.tokens import ending, token_for_alert, token_for_all
from bookwheel.web.people.models import Person


@pytest.fixture
def stranger() -> Client:
    """No session, and forms from anywhere are looked at as they are in the open."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def frequencies(*alerts: Alert) -> list[str]:
    return [Alert.objects.get(pk=alert.pk).frequency for alert in alerts]


@pytest.fixture
def alerts(subscribe: Subscribe, reader: Person, other: Person) -> tuple[Alert, Alert, Alert]:
    """Two of one reader and one of another."""
    return subscribe(reader, "bees"), subscribe(reader, "wasps"), subscribe(other, "bees")


def test_one_click_of_a_program_for_mail_ends_all_of_that_reader(
    stranger: Client, world: Changing, context: FakeContext, box: Letterbox, alerts: tuple[Alert, Alert, Alert]
) -> None:
    world.put(("new", "New bees"))
    world.index()
    world.clock.advance(days=1)
    job.run(context)
    mail = next(mail for recipient, mail in box.mails if recipient == "ada@example.org")
    address = mail["List-Unsubscribe"].strip().strip("<>").removeprefix(SITE)
    response = stranger.post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not response.cookies
    assert frequencies(*alerts) == ["never", "never", "daily"]


def test_link_of_one_alert_ends_that_one(stranger: Client, alerts: tuple[Alert, Alert, Alert]) -> None:
    address = unsubscribe_address(token_for_alert(alerts[0]))
    page = Page(stranger.get(address))
    assert "bees" in page.text("//main//li")
    [first, second] = page.root.xpath("//main//form/@action")
    assert first == address
    assert "The alert has ended" in Page(stranger.post(first)).text("//h1")
    assert frequencies(*alerts) == ["never", "daily", "daily"]
    assert "No more mail" in Page(stranger.post(second)).text("//h1")
    assert frequencies(*alerts) == ["never", "never", "daily"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_ends_nothing(stranger: Client, alerts: tuple[Alert, Alert, Alert], method: str) -> None:
    """Programs that look at links before a reader does must not click them."""
    response = getattr(stranger, method)(unsubscribe_address(token_for_all(alerts[0].search.person)))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert frequencies(*alerts) == ["daily", "daily", "daily"]


def test_done_twice_is_no_error(stranger: Client, alerts: tuple[Alert, Alert, Alert]) -> None:
    address = unsubscribe_address(token_for_alert(alerts[0]))
    assert [stranger.post(address).status_code for _ in range(2)] == [200, 200]
    alerts[0].search.delete()
    assert stranger.post(address).status_code == 200


@pytest.mark.parametrize("hostile", ["{}x", "all.1{}", "alert.1~", "x", "alert.1~{}"])
def test_token_nobody_was_given_is_unknown(stranger: Client, alerts: tuple[Alert, Alert, Alert], hostile: str) -> None:
    token = hostile.format(token_for_alert(alerts[0]))
    assert ending(token) is None
    assert stranger.post(unsubscribe_address(token)).status_code == 404
    assert frequencies(*alerts) == ["daily", "daily", "daily"]


def test_every_link_of_a_mail_begins_with_the_public_address(
    world: Changing, context: FakeContext, box: Letterbox, subscribe: Subscribe, reader: Person
) -> None:
    subscribe(reader)
    world.put(("new", "New bees"))
    world.index()
    world.clock.advance(days=1)
    job.run(context)
    [(_, mail)] = box.mails
    letter: Any = html.fromstring(part(mail, "html"))
    links = letter.xpath("//@href")
    assert len(links) >= 6
    assert all(link.startswith(f"{SITE}/") for link in links)


def test_what_was_found_and_not_told_is_forgotten(
    stranger: Client, world: Changing, alerts: tuple[Alert, Alert, Alert]
) -> None:
    Event.objects.create(alert=alerts[0], record_id="a-1", found=world.clock.now())
    stranger.post(unsubscribe_address(token_for_alert(alerts[0])))
    assert not Event.objects.exists()
