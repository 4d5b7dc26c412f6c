"""Mail that is refused, delayed, lost on the way, or cut off: nothing is lost and nothing told twice."""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from pytest_django.fixtures import Settings
from tests.changing import Changing
from tests.fakes.smtp_server import Letterbox, letterbox, part
from tests.web.alerts.conftest import FakeContext, Subscribe, through
from tests.web.conftest import signed_in
from tests.web.page import Page

from bookwheel.web.alerts import composing, digests, job, sending
from bookwheel.web.alerts.models import Alert, Digest, Event
from bookwheel.web.alerts.subscribing import stop
from bookwheel.web.people import mail
from bookwheel.web.people.models import Person

Run = Callable[..., str]


@pytest.fixture
def run(context: FakeContext) -> Run:
    """A pass of the job, so long after the last one."""

    def run(**later: float) -> str:
        context.changing.clock.advance(**later)
        return job.run(context)

    return run


@pytest.fixture
def found(world: Changing, subscribe: Subscribe, reader: Person) -> Alert:
    """An alert for which there is something to tell tomorrow."""
    world.index()
    alert = subscribe(reader)
    world.put(("new", "New bees"))
    world.index()
    return alert


def test_outage_loses_nothing(settings: Settings, run: Run, found: Alert) -> None:
    through(settings, 9)
    assert run(days=1) == (
        "1 alerts looked through, 1 digests prepared, 0 sent, 1 postponed: the server for mail does not answer."
    )
    digest = Digest.objects.get()
    assert (digest.state, digest.attempts, digest.is_doubtful) == ("prepared", 1, False)
    with letterbox() as (box, controller):
        through(settings, controller.port)
        run(minutes=1)
        assert box.mails == []
        run(minutes=5)
        run(days=1)
    [(_, message)] = box.mails
    assert message["Message-ID"] == digest.message_id


def test_waits_grow_and_end_at_six_hours(settings: Settings, run: Run, found: Alert, world: Changing) -> None:
    through(settings, 9)
    run(days=1)
    waits = []
    for _ in range(9):
        digest = Digest.objects.get()
        waits.append(digest.next_attempt - world.clock.now())
        run(seconds=waits[-1].total_seconds())
    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert waits[-1] == timedelta(hours=6)


@pytest.mark.parametrize("answer", ["450 mailbox busy", "452 too many"])
def test_recipient_is_tried_again_later(box: Letterbox, run: Run, found: Alert, answer: str) -> None:
    box.answer_to_recipient = answer
    run(days=1)
    assert Digest.objects.get().problem == answer
    box.answer_to_recipient = ""
    run(minutes=6)
    assert len(box.mails) == 1


@pytest.mark.parametrize("answer", ["451 try later", "554 looks like an advertisement"])
def test_refused_mail_is_tried_again_with_the_same_id(box: Letterbox, run: Run, found: Alert, answer: str) -> None:
    box.answer_to_mail = answer
    run(days=1)
    digest = Digest.objects.get()
    assert (digest.state, digest.problem, digest.is_doubtful) == ("prepared", answer, False)
    box.answer_to_mail = ""
    run(minutes=6)
    assert [message["Message-ID"] for _, message in box.mails] == [digest.message_id]


def test_recipient_refused_for_good_is_told_on_their_page_and_can_be_tried_again(
    box: Letterbox, run: Run, found: Alert, world: Changing, reader: Person
) -> None:
    box.answer_to_recipient = "550 no such user here"
    run(days=1)
    page = Page(signed_in(reader).get("/MyResearch/Searches"))
    assert "550 no such user here" in page.text("//section[@aria-labelledby='refused']")
    world.put(("newer", "Newer bees"))
    world.index()
    run(days=1)
    assert Digest.objects.count() == 1
    box.answer_to_recipient = ""
    [action] = page.root.xpath("//section[@aria-labelledby='refused']//form/@action")
    signed_in(reader).post(action)
    Digest.objects.update(next_attempt=world.clock.now())
    run(days=1)
    run(days=1)
    assert [("New bees" in text, "Newer bees" in text) for text in box.texts()] == [(True, False), (False, True)]


def test_connection_dropped_before_the_answer_is_tried_again(box: Letterbox, run: Run, found: Alert) -> None:
    box.hangs_up = "before taking"
    run(days=1)
    assert Digest.objects.get().is_doubtful
    box.hangs_up = ""
    run(minutes=6)
    assert len(box.mails) == 1


def test_mail_that_may_have_arrived_comes_again_word_for_word(
    box: Letterbox, run: Run, found: Alert, world: Changing
) -> None:
    """A receiver drops the second by its Message-ID; so nothing may be in one that is not in the other."""
    box.hangs_up = "after taking"
    run(days=1)
    box.hangs_up = ""
    world.put(("newer", "Newer bees"))
    world.delete("new")
    world.index()
    run(minutes=6)
    first, second = box.mails[0][1], box.mails[1][1]
    assert first["Message-ID"] == second["Message-ID"]
    assert part(first, "plain") == part(second, "plain")
    run(days=1)
    assert "Newer bees" in box.texts()[2]
    assert "New bees" not in box.texts()[2]


def test_deleted_record_is_left_out_and_told_when_it_comes_back(
    settings: Settings, run: Run, found: Alert, world: Changing
) -> None:
    world.put(("other", "Other bees"))
    world.index()
    through(settings, 9)
    run(days=1)
    world.delete("new")
    world.index()
    with letterbox() as (box, controller):
        through(settings, controller.port)
        run(hours=1)
        world.put(("new", "New bees are back"))
        world.index()
        run(days=1)
    assert [("Other" in text, "back" in text) for text in box.texts()] == [(True, False), (False, True)]


def test_digest_of_which_nothing_is_left_is_not_sent(
    settings: Settings, run: Run, found: Alert, world: Changing
) -> None:
    through(settings, 9)
    run(days=1)
    world.delete("new")
    world.index()
    with letterbox() as (box, controller):
        through(settings, controller.port)
        run(days=1)
    assert box.mails == []
    assert not Digest.objects.exists()
    assert not Event.objects.exists()


def test_one_unreadable_mailbox_keeps_nobody_else_waiting(
    box: Letterbox, run: Run, found: Alert, subscribe: Subscribe, other: Person, world: Changing
) -> None:
    subscribe(other)
    world.put(("newer", "Newer bees"))
    world.index()
    real = mail.send

    def send(to: str, *rest: Any, **more: Any) -> None:
        if to == "ada@example.org":
            raise ValueError("a mistake of ours")
        real(to, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail, "send", send)
        run(days=1)
    assert [recipient for recipient, _ in box.mails] == ["bert@example.org"]
    run(minutes=6)
    assert len(box.mails) == 2


def test_worker_that_slept_through_its_lease_sends_nothing(
    box: Letterbox, context: FakeContext, run: Run, found: Alert, world: Changing, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = composing.letter_of

    def slow(*arguments: Any) -> Any:
        monkeypatch.setattr(sending, "letter_of", real)
        world.clock.advance(minutes=16)
        job.run(context)
        return real(*arguments)

    monkeypatch.setattr(sending, "letter_of", slow)
    run(days=1)
    assert len(box.mails) == 1


@pytest.mark.parametrize("change", ["inactive", "unverified", "other address"])
def test_nobody_gets_mail_who_cannot_be_sent_any(
    box: Letterbox, run: Run, found: Alert, reader: Person, change: str
) -> None:
    if change == "inactive":
        Person.objects.update(is_active=False)
    elif change == "unverified":
        EmailAddress.objects.filter(user=reader).update(verified=False)
    else:
        Person.objects.update(email="new@example.org")
    run(days=1)
    assert box.mails == []
    Person.objects.update(is_active=True, email="ada@example.org")
    EmailAddress.objects.filter(user=reader).update(verified=True)
    run(days=1)
    assert len(box.mails) == 1


def test_without_a_public_address_nothing_is_sent_and_nothing_lost(
    box: Letterbox, run: Run, found: Alert, settings: Settings
) -> None:
    site = settings.BOOKWHEEL
    settings.BOOKWHEEL = type(site)()
    assert "public_url" in run(days=1)
    settings.BOOKWHEEL = site
    run(days=1)
    assert len(box.mails) == 1


def test_more_mail_than_a_day_holds_waits_and_comes_together(
    box: Letterbox, run: Run, world: Changing, subscribe: Subscribe, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "MOST_MAILS_A_DAY", 2)
    subscribe(reader, frequency="harvest")
    for number in range(5):
        world.put((str(number), f"Bees {number}"))
        world.index()
        run(hours=1)
    assert len(box.mails) == 2
    run(days=1)
    assert len(box.mails) == 3
    assert all(f"Bees {number}" in box.texts()[2] for number in (2, 3, 4))


def test_ended_alert_is_left_out_of_a_digest_that_waits(
    settings: Settings, run: Run, found: Alert, subscribe: Subscribe, reader: Person, world: Changing
) -> None:
    subscribe(reader, "wasps")
    world.put(("wasp", "New wasps"))
    world.index()
    through(settings, 9)
    run(days=1)
    stop(found)
    with letterbox() as (box, controller):
        through(settings, controller.port)
        run(days=1)
    [text] = box.texts()
    assert "New wasps" in text
    assert "New bees" not in text


def headers(message: EmailMessage) -> list[str]:
    return [name for name, _ in message.items()]


@pytest.mark.parametrize(
    "hostile",
    [
        "bees\r\nBcc: victim@example.com",
        "bees\nX-Evil: 1\n\nbody",
        "bees\u2028Bcc: a@b.c",
        "<b>&bees</b>",
        "bees " + "x" * 94,
    ],
)
def test_names_and_titles_are_data(
    box: Letterbox, run: Run, subscribe: Subscribe, reader: Person, world: Changing, hostile: str
) -> None:
    world.index()
    alert = subscribe(reader)
    alert.search.name = hostile
    alert.search.save()
    world.put(("new", "Bees &lt;script&gt;alert(1)&lt;/script&gt;&#13;&#10;Bcc: victim@example.com"))
    world.index()
    run(days=1)
    [(recipient, message)] = box.mails
    assert recipient == "ada@example.org"
    assert not {"bcc", "x-evil"} & {name.lower() for name in headers(message)}
    assert len(set(headers(message))) == len(headers(message))
    assert message["To"] == "ada@example.org"
    assert "<script" not in part(message, "html")
    assert "<b>" not in part(message, "html")


def test_headers_let_programs_for_mail_end_it(box: Letterbox, run: Run, found: Alert) -> None:
    run(days=1)
    [(_, message)] = box.mails
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].strip().startswith("<https://search.example.org/Alerts/Unsubscribe/")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == "The Library <library@example.org>"


def test_more_titles_than_are_shown_are_a_link_away(
    box: Letterbox, run: Run, world: Changing, subscribe: Subscribe, reader: Person
) -> None:
    world.index()
    subscribe(reader)
    world.put(*((str(number), f"Bees {number}") for number in range(130)))
    world.index()
    run(days=1)
    [text] = box.texts()
    assert text.count("/Record/a-") == 50
    [address] = [line.partition(": ")[2] for line in text.splitlines() if line.startswith("+ 80 more")]
    browser = signed_in(reader)
    path = address.removeprefix("https://search.example.org")
    pages = [Page(browser.get(path)), Page(browser.get(f"{path}?page=2"))]
    shown = {href for page in pages for href in page.root.xpath("//ul[@class='told']//a/@href")}
    assert shown == {f"/Record/a-{number}" for number in range(130)}


def test_mail_is_in_the_readers_language(box: Letterbox, run: Run, found: Alert, reader: Person) -> None:
    Person.objects.update(language="de")
    run(days=1)
    assert '<html lang="de">' in part(box.mails[0][1], "html")


def test_smtp_errors_are_told_apart() -> None:
    refused = smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"no")})
    later = smtplib.SMTPRecipientsRefused({"a@b.c": (450, b"no")})
    assert [sending._is_for_good(each) for each in (refused, later, smtplib.SMTPDataError(554, b"no"))] == [
        True,
        False,
        False,
    ]
    down = (smtplib.SMTPAuthenticationError(535, b"no"), ConnectionResetError(), smtplib.SMTPServerDisconnected())
    assert [sending._is_down(each) for each in down] == [True, True, False]
