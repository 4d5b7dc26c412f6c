"""Names of things in the reader's language: fields, formats, languages, sorts; numbers and dates as written there."""

from datetime import UTC, date, datetime
from functools import lru_cache

import babel
import iso639
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from django.conf import settings
from django.utils.translation import get_language, gettext, gettext_noop

from bookwheel.search.added import ADDED, Span, span_of
from bookwheel.search.fields import field_named
from bookwheel.search.query import Note
from bookwheel.search.ranking import SEARCH_TYPES, SORTS

_SEARCH_TYPES_AND_SORTS = (
    gettext_noop("All fields"),
    gettext_noop("Title"),
    gettext_noop("Journal title"),
    gettext_noop("Abstract"),
    gettext_noop("ISSN or ISBN"),
    gettext_noop("DOI"),
    gettext_noop("Relevance"),
    gettext_noop("Newest first"),
    gettext_noop("Oldest first"),
    gettext_noop("Newly added"),
)
"""The labels of `search.ranking`, named here so that they are found for translation."""
_FIELDS = (
    gettext_noop("Institution"),
    gettext_noop("Collection"),
    gettext_noop("Format"),
    gettext_noop("Language"),
    gettext_noop("Author"),
    gettext_noop("Publisher"),
    gettext_noop("Year"),
    gettext_noop("Journal"),
    gettext_noop("Subject"),
    gettext_noop("Licence"),
    gettext_noop("Added"),
)
"""The labels of `search.fields`, named here so that they are found for translation."""
_FORMATS = (
    gettext_noop("Article"),
    gettext_noop("Book"),
    gettext_noop("Book Chapter"),
    gettext_noop("Conference Proceeding"),
    gettext_noop("Dataset"),
    gettext_noop("Journal"),
    gettext_noop("Preprint"),
    gettext_noop("Review"),
    gettext_noop("Thesis"),
    gettext_noop("Unknown"),
)
_SEVERITIES = (gettext_noop("note"), gettext_noop("warning"), gettext_noop("error"))
"""Of `records.raw.Problem`."""


def search_type(name: str) -> str:
    known = SEARCH_TYPES.get(name)
    return gettext(known.label) if known else name


def sort(name: str) -> str:
    known = SORTS.get(name)
    return gettext(known.label) if known else name


def field(name: str) -> str:
    """What a facet is called."""
    row = field_named(name)
    return gettext(row.label) if row and row.label else name


def value(field_name: str, text: str) -> str:
    """What a facet value is called: formats and languages are translated, everything else stays as it is."""
    if field_name == "format" and text in _FORMATS:
        return gettext(text)
    if field_name == ADDED and (span := span_of(text)):
        return _span(span)
    return language(text) if field_name == "language" else text


def remark(note: Note) -> str:
    """What a note says, in the reader's language. Its values are the reader's own words, save one named `what`."""
    if not note.template:
        return gettext(note.text)
    return gettext(note.template) % {name: gettext(value) if name == "what" else value for name, value in note.values}


def language(name: str) -> str:
    """A language, given by its English name or ISO 639-3 code, in the reader's language."""
    return _language(name, _locale())


@lru_cache(maxsize=2000)
def tag(language: str) -> str:
    """The tag for a `lang` attribute, from an ISO 639-3 code or an English name; empty when nobody knows it.

    >>> tag("eng"), tag("Portuguese"), tag("Klingon talk")
    ('en', 'pt', '')
    """
    known = _known(language)
    return (known.part1 or known.part3) if known else ""


def number(count: int) -> str:
    return _number(count, _locale())


def moment(moment: str) -> str:
    """The date and time of an ISO 8601 moment in UTC."""
    try:
        return f"{format_datetime(datetime.fromisoformat(moment), 'medium', locale=_locale())} UTC"
    except ValueError:
        return moment


def day(moment: date) -> str:
    """The date of a moment."""
    return format_date(moment, "long", locale=_locale())


def decimal(value: float) -> str:
    """A mean, to one place.

    >>> decimal(4.26)
    '4.3'
    """
    return format_decimal(value, "#,##0.0", locale=_locale())


def _span(span: Span) -> str:
    """A range of moments by its days, as far as it has ends."""
    low, high = (None if end is None else day(datetime.fromtimestamp(end, UTC)) for end in (span.low, span.high))
    if low and high:
        return low if low == high else f"{low} – {high}"
    if low:
        return gettext("since %(day)s") % {"day": low}
    return gettext("until %(day)s") % {"day": high} if high else gettext("at any time")


def _locale() -> str:
    return (get_language() or settings.LANGUAGE_CODE).replace("-", "_")


@lru_cache(maxsize=10_000)
def _number(count: int, locale: str) -> str:
    return format_decimal(count, locale=locale)


@lru_cache(maxsize=2000)
def _language(name: str, locale: str) -> str:
    known = _known(name)
    if known is None:
        return name
    names = babel.Locale.parse(locale).languages
    return names.get(known.part1 or known.part3) or name


def _known(name_or_code: str) -> "iso639.Language | None":
    try:
        return iso639.Language.match(name_or_code)
    except iso639.LanguageNotFoundError:
        return None
