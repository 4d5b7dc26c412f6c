"""Dates: `cs:date`, in a locale's own form or the style's, with the precision that is known."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from bookwheel.exports.citing.entry import Entry
from bookwheel.exports.citing.formatting import Formatting
from bookwheel.exports.citing.locale import Locale
from bookwheel.exports.citing.rich import Rich, joined, woven
from bookwheel.exports.citing.xml import CSL, attributes

_LEVELS = {"year": 1, "year-month": 2, "year-month-day": 3}
_RAW = re.compile(r"(-?\d{1,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


class Day(NamedTuple):
    """A date; 0 for what is not known; `month` 13 to 16 are spring to winter."""

    year: int
    month: int = 0
    day: int = 0


class Part:
    """One `cs:date-part`: "day", "month" or "year" in a form, with its affixes."""

    def __init__(self, element: etree._Element, override: etree._Element | None = None) -> None:
        given = {**attributes(element), **attributes(override)}
        self.name, self.form = given.get("name", ""), given.get("form", "")
        self.between = given.get("range-delimiter", "–")
        self.formatting = Formatting(given)

    def show(self, day: Day, locale: Locale) -> Rich:
        return self.formatting.apply(self._text(day, locale), english=True)

    def bare(self, day: Day, locale: Locale) -> Rich:
        """Without its suffix, for the first end of a range."""
        return self.formatting.apply(self._text(day, locale), english=True, suffix=False)

    def _text(self, day: Day, locale: Locale) -> str:
        match self.name:
            case "year":
                return _year(day.year, self.form, locale)
            case "month":
                return _month(day.month, self.form, locale)
            case "day" if day.day:
                return _day(day, self.form, locale)
        return ""


def compiled(element: etree._Element) -> Callable[[Entry], list[Rich]]:
    """What shows the date of a `cs:date` element: a function from an entry to text."""
    variable = element.get("variable") or ""
    form, level = element.get("form") or "", _LEVELS.get(element.get("date-parts") or "", 3)
    formatting = Formatting(attributes(element))
    own = element.findall(f"{CSL}date-part")
    cached: dict[int, tuple[list[Part], str]] = {}

    def parts_for(locale: Locale) -> tuple[list[Part], str]:
        if id(locale) not in cached:
            cached[id(locale)] = _parts(locale, form, level, own, element.get("delimiter") or "")
        return cached[id(locale)]

    def show(entry: Entry) -> list[Rich]:
        value = entry.raw(variable)
        days = _days(value)
        literal = str(value.get("literal") or "") if isinstance(value, Mapping) and not days else ""
        if not entry.noted(variable, "" if variable in entry.suppressed or not (days or literal) else "found"):
            return []
        if literal:
            return [formatting.apply(literal, english=False)]
        if entry.sorting:
            return ["".join(f"{day.year:04d}{day.month:02d}{day.day:02d}" for day in days)]
        parts, delimiter = parts_for(entry.locale)
        return (
            [shown] if (shown := formatting.apply(_show(days, parts, delimiter, entry.locale), english=False)) else []
        )

    return show


def _parts(
    locale: Locale, form: str, level: int, own: Sequence[etree._Element], delimiter: str
) -> tuple[list[Part], str]:
    if not form:
        return [Part(part) for part in own], delimiter
    localized = locale.dates.get(form)
    if localized is None:
        return [], ""
    overrides = {part.get("name"): part for part in own}
    parts = [Part(part, overrides.get(part.get("name"))) for part in localized.findall(f"{CSL}date-part")]
    wanted = ("year", "month", "day")[:level]
    return [part for part in parts if part.name in wanted], localized.get("delimiter") or ""


def _days(value: Any) -> list[Day]:
    if not isinstance(value, Mapping):
        return []
    days = []
    for numbers in value.get("date-parts") or ():
        whole = [int(number) for number in numbers if str(number).lstrip("-").isdigit()][:3]
        if whole:
            days.append(Day(*whole))
    if not days and (raw := _RAW.match(str(value.get("raw") or ""))):
        days.append(Day(*(int(number or 0) for number in raw.groups())))
    season = str(value.get("season") or "")
    if days and season.isdigit() and not days[0].month:
        days[0] = days[0]._replace(month=12 + int(season))
    return days[:2]


def _show(days: Sequence[Day], parts: Sequence[Part], delimiter: str, locale: Locale) -> Rich:
    if len(days) == 1 or not days[1].year:
        return _delimited([part.show(days[0], locale) for part in parts], delimiter)
    return _range(days[0], days[1], parts, delimiter, locale)


def _range(first: Day, last: Day, parts: Sequence[Part], delimiter: str, locale: Locale) -> Rich:
    """From the largest part that differs, both ends are written; what they share stands once."""
    differ = "year" if first.year != last.year else "month" if first.month != last.month else "day"
    small = {"year": ("year", "month", "day"), "month": ("month", "day"), "day": ("day",)}[differ]
    twice = [place for place, part in enumerate(parts) if part.name in small]
    if not twice:
        return _delimited([part.show(first, locale) for part in parts], delimiter)
    begin, end = twice[0], twice[-1] + 1
    between = next((part.between for part in parts if part.name == differ), "–")
    left = [part.show(first, locale) for part in parts[begin : end - 1]] + [parts[end - 1].bare(first, locale)]
    right = [part.show(last, locale) for part in parts[begin:end]]
    middle = joined([_delimited(left, delimiter), between, _delimited(right, delimiter)])
    before = [part.show(first, locale) for part in parts[:begin]]
    after = [part.show(last, locale) for part in parts[end:]]
    return _delimited([*before, middle, *after], delimiter)


def _delimited(parts: Sequence[Rich], delimiter: str) -> Rich:
    return joined(woven(parts, delimiter))


def _year(year: int, form: str, locale: Locale) -> str:
    if year == 0:
        return ""
    if form == "short":
        return f"{abs(year) % 100:02d}"
    if year < 0:
        return f"{-year}{locale.term('bc')}"
    return f"{year}{locale.term('ad')}" if year < 1000 else str(year)


def _month(month: int, form: str, locale: Locale) -> str:
    if not month:
        return ""
    if month > 12:
        return (
            locale.term(f"season-{(month - 13) % 4 + 1:02d}")
            if form not in ("numeric", "numeric-leading-zeros")
            else ""
        )
    match form:
        case "numeric":
            return str(month)
        case "numeric-leading-zeros":
            return f"{month:02d}"
    return locale.term(f"month-{month:02d}", form or "long")


def _day(day: Day, form: str, locale: Locale) -> str:
    if form == "numeric-leading-zeros":
        return f"{day.day:02d}"
    if form == "ordinal" and (day.day == 1 or not locale.limits_day_ordinals):
        month = locale.find(f"month-{day.month:02d}")
        return locale.ordinal(day.day, month.gender if month else "")
    return str(day.day)
