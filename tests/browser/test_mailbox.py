"""The mail server of the journeys keeps what a mail program sends it."""

import smtplib
from email.message import EmailMessage

from tests.browser.mailbox import link_in, mail_server, text_of


def test_a_mail_is_found_by_its_address_with_both_parts_and_its_link() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "catalogue@example.org", "ada@example.org", "Grüße"
    message.set_content("Hier: http://127.0.0.1:1/a/b?c=1.\nUnd http://127.0.0.1:1/unsubscribe/x")
    message.add_alternative("<p>Hier</p>", subtype="html")
    with mail_server() as mailbox:
        with smtplib.SMTP("127.0.0.1", mailbox.port) as server:
            server.send_message(message)
        found = mailbox.last_to("ada@example.org")
    assert found["Subject"] == "Grüße"
    assert (link_in(found), link_in(found, "unsubscribe")) == (
        "http://127.0.0.1:1/a/b?c=1",
        "http://127.0.0.1:1/unsubscribe/x",
    )
    assert "<p>Hier</p>" in text_of(found, "html")
    assert mailbox.all_to("bert@example.org") == []
