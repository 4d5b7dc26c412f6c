"""Dates of publication with the precision that is really known."""

import re
from collections.abc import Sequence
from datetime import date

from bookwheel.records.model import PublicationDate

FIRST_YEAR = 1400
LAST_YEAR = 2100
"""Years outside are misprints ("20255", "0201"): nothing was printed before, nothing is announced for later."""

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ].*)?)?)?")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


def publication_date(text: str) -> PublicationDate | None:
    """A date as written: "2012", "2012-3", "2012-03-15", with a time, or any wording that names one year.

    An impossible month or day is left out ("2012-13-01" is 2012); None where no year between 1400 and 2100 is found.
    """
    text = text.strip()[:100]
    if match := _ISO.fullmatch(text):
        return _date(text, *(int(part or 0) for part in match.groups()))
    for year in _YEAR.findall(text):
        if found := _date(text, int(year)):
            return found
    return None


def doaj_date(text: str) -> PublicationDate | None:
    """A `publicationDate` of DOAJ's feed without what DOAJ made up.

    DOAJ knows year and month at most: its day is always 01, and so is a month it does not know
    (portality/crosswalks/oaipmh.py). So 2012-01-01 says 2012, and 2012-03-01 says March 2012.
    """
    found = publication_date(text)
    if found is None or not found.value.endswith("-01"):
        return found
    value = found.value.removesuffix("-01")
    return PublicationDate(value.removesuffix("-01") if len(value) == 7 else value, found.source)


def year_and_month(year: str, month: str) -> PublicationDate | None:
    """A date whose year and month stand apart; a month of words or zero is none. `source` is the value itself."""
    number = int(month) if month.isdecimal() and len(month) <= 2 else 0
    found = _date("", int(year), number) if year.isdecimal() and len(year) == 4 else None
    return PublicationDate(found.value, found.value) if found else None


def date_of_parts(found: Sequence[str]) -> PublicationDate | None:
    """A date whose year, month and day stand apart, as in CSL's and Crossref's date-parts."""
    numbers = [int(part) if part.isdecimal() and len(part) <= 4 else 0 for part in found[:3]]
    date = _date("", *numbers) if numbers and len(found[0]) == 4 else None
    return PublicationDate(date.value, date.value) if date else None


def _date(source: str, year: int, month: int = 0, day: int = 0) -> PublicationDate | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if not 1 <= month <= 12:
        return PublicationDate(f"{year}", source)
    try:
        return PublicationDate(date(year, month, day).isoformat(), source)
    except ValueError:
        return PublicationDate(f"{year}-{month:02}", source)
