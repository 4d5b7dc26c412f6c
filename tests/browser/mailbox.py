"""A real mail server on loopback that keeps what it is sent: what a reader would find in their mailbox."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Condition
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bookwheel.cli.serve import free_port

MOST_SECONDS = 20
"""What a mail may take on a machine that does much else at the same time."""


class Mailbox:
    """Every mail that was delivered, in order; `port` is where the server listens."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._came = Condition()
        self._kept: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """What aiosmtpd calls for each mail."""
        content: Any = envelope.content
        message: Any = message_from_bytes(content, policy=default)
        with self._came:
            self._kept.extend((address, message) for address in envelope.rcpt_tos)
            self._came.notify_all()
        return "250 kept"

    def all_to(self, address: str) -> list[EmailMessage]:
        with self._came:
            return [message for to, message in self._kept if to == address]

    def last_to(self, address: str, after: int = 0) -> EmailMessage:
        """The newest mail to an address, waited for until there are more than `after`."""
        with self._came:
            there = self._came.wait_for(lambda: sum(to == address for to, _ in self._kept) > after, MOST_SECONDS)
        assert there, f"no mail to {address} came in {MOST_SECONDS} s"
        return self.all_to(address)[-1]


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Listens on a free port of this machine."""
    mailbox = Mailbox(free_port("127.0.0.1", 0))
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    """The part of a mail that is plain text, or with kind="html" the other."""
    part = message.get_body((kind,))
    assert part is not None, f"the mail has no part text/{kind}"
    return str(part.get_content())


def link_in(message: EmailMessage, with_text: str = "") -> str:
    """The first address in the plain text of a mail, of those that hold a text."""
    links: list[str] = re.findall(r"https?://[^\s<>\"]+", text_of(message))
    found = [link for link in links if with_text in link]
    assert found, f"no link with {with_text!r} in {text_of(message)!r}"
    return found[0].rstrip(".,)")
