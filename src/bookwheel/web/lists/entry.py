"""What people may write: titles of one line, descriptions and notes of several, all of it plain text."""

import re
import unicodedata

from django.utils.translation import gettext

from bookwheel.web.catalog.labels import number
from bookwheel.web.lists.models import LONGEST_DESCRIPTION, LONGEST_NOTES, LONGEST_TITLE

# Control characters, and those that turn the text around them: they can make one title read as another.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


class MistakeError(ValueError):
    """What is wrong with a text, in the reader's language."""


def title_entered(text: str) -> str:
    """A title of one line. Raises MistakeError."""
    title = " ".join(_plain(text).split())
    if not title:
        raise MistakeError(gettext("A list needs a title."))
    return _within(title, LONGEST_TITLE)


def description_entered(text: str) -> str:
    return _within(_plain(text), LONGEST_DESCRIPTION)


def notes_entered(text: str) -> str:
    return _within(_plain(text), LONGEST_NOTES)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if _REFUSED.search(text):
        raise MistakeError(gettext("This text has invisible control characters; please write it without them."))
    return text


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise MistakeError(gettext("This is too long: at most %(most)s characters.") % {"most": number(most)})
    return text
