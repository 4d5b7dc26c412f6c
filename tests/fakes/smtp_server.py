"""A real server for mail on loopback that keeps what it is given, and fails as it is told to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Letterbox:
    """`mails` are those taken, with their recipients, in order. The answers are SMTP's, "" for the usual one;
    `hangs_up` drops the connection once the whole mail has come, `after_taking` when it has been kept."""

    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answer_to_recipient: str = ""
    answer_to_mail: str = ""
    hangs_up: str = ""

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.answer_to_recipient:
            return self.answer_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.hangs_up == "before taking":
            server.transport.close()
            return "451 gone"
        if self.answer_to_mail:
            return self.answer_to_mail
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        [recipient] = envelope.rcpt_tos
        self.mails.append((recipient, parsed))
        if self.hangs_up == "after taking":
            server.transport.close()
        return "250 OK"

    def texts(self) -> list[str]:
        return [part(mail, "plain") for _, mail in self.mails]


def part(mail: EmailMessage, kind: str) -> str:
    """The part of a mail of type text/`kind`."""
    found = mail.get_body((kind,))
    assert found is not None
    text: str = found.get_content()
    return text


class _AnyPort(Controller):
    """Listens at a port the system chooses."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def letterbox() -> Iterator[tuple[Letterbox, Controller]]:
    """A running server; `controller.stop()` and `start()` are an outage, at the same port."""
    box = Letterbox()
    controller = _AnyPort(box, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield box, controller
    finally:
        controller.stop(no_assert=True)
