"""The one function that sends mail."""

import logging
from email import message_from_string
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core import mail
from hypothesis import given, strategies
from pytest_django import Settings

from bookwheel.config import Config
from bookwheel.web.account.letters import Letter
from bookwheel.web.people.mail import mail_settings, send

LETTER = Letter("Subject", ("A < B & “C”", "two"), "Go", "https://x.example/?a=1&b=2")


def _send(subject: str = "Subject", headers: dict[str, str] | None = None) -> None:
    context = {"letter": LETTER, "site": "https://x.example"}
    send("ada@example.org", subject, "mail/letter.txt", "mail/letter.html", context, headers)


def test_text_is_plain_and_html_is_escaped() -> None:
    _send()
    [message] = mail.outbox
    assert "A < B & “C”" in message.body
    assert "https://x.example/?a=1&b=2" in message.body
    html = str(message.alternatives[0][0])  # type: ignore[attr-defined]
    assert "A &lt; B &amp; “C”" in html
    assert 'href="https://x.example/?a=1&amp;b=2"' in html


@given(strategies.text(max_size=300))
def test_no_text_breaks_a_header(text: str) -> None:
    mail.outbox = []
    _send(f"a{text}", {"X-Of": f"b{text}"})
    sent = message_from_string(mail.outbox[0].message().as_string())
    assert sent["Bcc"] is None
    assert sorted(sent.keys()) == sorted(
        ["Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "X-Of"]
    )


def test_without_a_server_mail_is_written_into_a_folder_of_ours_alone(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BOOKWHEEL = Config(folder=tmp_path)
    settings.EMAIL_BACKEND = mail_settings(settings.BOOKWHEEL)["EMAIL_BACKEND"]
    with caplog.at_level(logging.WARNING, "bookwheel.web.mail"):
        _send()
    [file] = (tmp_path / "mail").iterdir()
    assert "https://x.example/?a=1&b=2" in file.read_text()
    assert str(file) in caplog.text
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0


def test_the_server_is_as_the_settings_say() -> None:
    config = Config(mail_host="mail.example.org", mail_security="tls", mail_port=465, public_url="https://x.example")
    made = SimpleNamespace(**mail_settings(config))
    assert made.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend"
    assert (made.EMAIL_HOST, made.EMAIL_PORT, made.EMAIL_USE_SSL, made.EMAIL_USE_TLS) == (
        "mail.example.org",
        465,
        True,
        False,
    )
    assert made.DEFAULT_FROM_EMAIL == "bookwheel@x.example"
