"""Numbers as a style writes them: volumes, pages, ranges, ordinals, Roman numerals."""

import re

from bookwheel.exports.citing.locale import Locale

_NUMBER = r"[A-Za-z]*\d+[A-Za-z]*"
_NUMERIC = re.compile(rf"\s*{_NUMBER}(?:\s*(?:[,&–-]|and)\s*{_NUMBER})*\s*", re.ASCII)
_SEPARATOR = re.compile(r"\s*([,&–-])\s*|\s+and\s+")
_RANGE = re.compile(r"(?P<lead>[A-Za-z]*)(?P<first>\d+)\s*(?:-|–|--)\s*(?P<again>[A-Za-z]*)(?P<last>\d+)", re.ASCII)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def is_numeric(value: str) -> bool:
    """Whether a value is a number, or several with "-", "," or "&": "12", "2nd", "L2d", "3-5"."""
    return _NUMERIC.fullmatch(value) is not None


def is_plural(variable: str, value: str) -> bool:
    """Whether a label before the value stands in the plural: "pp." for "3-5", "vols." for 2 of them."""
    if variable in ("number-of-pages", "number-of-volumes"):
        return value.strip().isdigit() and int(value) != 1
    return re.search(r"\d\s*(?:[,&–-]|and|et)\s*[A-Za-z]*\d|[ivxlc]+[–-][ivxlc]+", value) is not None


def numbered(value: str, form: str, locale: Locale, gender: str = "") -> str:
    """A value of numbers in a form of `cs:number`; what is no number stays as it is."""
    if not is_numeric(value):
        return value
    pieces = _SEPARATOR.split(value.strip())
    shown = []
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            shown.append(_one(piece, form, locale, gender) if piece else "")
        else:
            shown.append({",": ", ", "-": "–", "–": "–"}.get(piece or "&", " & "))
    return "".join(shown)


def paged(value: str, range_format: str, delimiter: str = "–") -> str:
    """Pages with their ranges in one of CSL's formats: "1321-1328" → "1321–28" in "chicago"."""
    if not range_format:
        return re.sub(r"\s*(?:--|[-–])\s*", delimiter, value) if re.search(r"\d", value) else value
    return _RANGE.sub(lambda found: _range(found, range_format, delimiter), value)


def _one(piece: str, form: str, locale: Locale, gender: str) -> str:
    if not piece.isascii() or not piece.isdigit():
        return piece
    number = int(piece)
    match form:
        case "ordinal":
            return locale.ordinal(number, gender)
        case "long-ordinal":
            return locale.long_ordinal(number, gender)
        case "roman" if 0 < number < 4000:
            return _roman(number)
    return piece


def _roman(number: int) -> str:
    shown = ""
    for value, letters in _ROMAN:
        shown += letters * (number // value)
        number %= value
    return shown


def _range(found: re.Match[str], range_format: str, delimiter: str) -> str:
    lead, first, again, last = found["lead"], found["first"], found["again"], found["last"]
    if again not in ("", lead):
        return f"{lead}{first}{delimiter}{again}{last}"
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if int(last) < int(first):
        return f"{lead}{first}{delimiter}{again}{found['last']}"
    match range_format:
        case "minimal":
            again, last = "", _shortest(first, last, 1)
        case "minimal-two":
            again, last = "", _shortest(first, last, 2)
        case "chicago" | "chicago-15" | "chicago-16":
            again, last = "", _chicago(first, last, range_format)
        case _:
            again = lead
    return f"{lead}{first}{delimiter}{again}{last}"


def _shortest(first: str, last: str, least: int) -> str:
    """The last number without the digits it shares with the first, `least` of them kept."""
    if len(first) != len(last):
        return last
    same = next((place for place, digit in enumerate(last) if digit != first[place]), len(last))
    return last[min(same, max(len(last) - least, 0)) :]


def _chicago(first: str, last: str, range_format: str) -> str:
    """Specification, "Page Range Formats": whole below 100 and at hundreds, one digit to 09, else two at least."""
    number = int(first)
    if number < 100 or number % 100 == 0 or len(first) != len(last):
        return last
    if number % 100 < 10:
        return _shortest(first, last, 1)
    short = _shortest(first, last, 2)
    return last if range_format != "chicago-16" and len(first) == 4 and len(short) > 2 else short
