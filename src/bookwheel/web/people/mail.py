"""Mail from the catalogue: text and HTML of the same words, no header that a stranger's text could break.

Without a server for mail (`mail_host`) it is written into a folder of the catalogue, and the log says where.
"""

import logging
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends import filebased
from django.core.mail.message import EmailMessage
from django.template.loader import render_to_string

from bookwheel.config import Config

log = logging.getLogger("bookwheel.web.mail")

LONGEST_SUBJECT = 200
"""Characters; RFC 5322 allows lines of 998, and no program for mail shows as many as these."""

TIMEOUT_SECONDS = 20
"""A server for mail that has not answered by then fails the sending."""


def send(
    to: str,
    subject: str,
    text_template: str,
    html_template: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send one mail to one address, in the language that is active.

    The templates are Jinja2: what ends in ".txt" is not escaped, what ends in ".html" is. Line ends in `subject` and
    `headers` become spaces. Raises OSError (smtplib's errors are some) when the server does not take it.
    """
    message = EmailMultiAlternatives(
        _one_line(subject)[:LONGEST_SUBJECT],
        render_to_string(text_template, dict(context)).strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [to],
        headers={name: _one_line(value) for name, value in (headers or {}).items()},
    )
    message.attach_alternative(render_to_string(html_template, dict(context)), "text/html")
    message.send()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def sender(config: Config) -> str:
    """Who mail comes from where the settings do not say."""
    return config.mail_from or f"bookwheel@{urlsplit(config.public_url).hostname or 'localhost'}"


def mail_settings(config: Config) -> dict[str, Any]:
    """Django's settings for mail."""
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend" if config.mail_host else f"{__name__}.Folder",
        "EMAIL_HOST": config.mail_host,
        "EMAIL_PORT": config.mail_port,
        "EMAIL_HOST_USER": config.mail_user,
        "EMAIL_HOST_PASSWORD": config.mail_password,
        "EMAIL_USE_TLS": config.mail_security == "starttls",
        "EMAIL_USE_SSL": config.mail_security == "tls",
        "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
        "DEFAULT_FROM_EMAIL": sender(config),
        "SERVER_EMAIL": sender(config),
    }


class Folder(filebased.EmailBackend):
    """Writes mail into the catalogue's folder, for a catalogue that is being tried out."""

    def __init__(self, *args: Any, **more: Any) -> None:
        folder = settings.BOOKWHEEL.mail_folder
        # Links in these letters open accounts: nobody else on the machine reads them.
        os.makedirs(folder, mode=0o700, exist_ok=True)
        super().__init__(*args, **{**more, "file_path": str(folder)})

    def write_message(self, message: EmailMessage) -> None:
        super().write_message(message)
        file = self._get_filename()  # type: ignore[attr-defined]
        log.warning("mail is not sent, as there is no mail_host: it is written to %s", file)
