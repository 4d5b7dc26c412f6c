"""Headings, genres and call numbers of MARC records."""

from bookwheel.formats.marc_fields import Field, Marc, trimmed, without_stop
from bookwheel.formats.reading import plain
from bookwheel.records.model import Subject

_SCHEMES = {"0": "LCSH", "1": "LCSHAC", "2": "MeSH", "3": "NAL", "5": "CSH", "6": "RVM"}
_NAMED = {"mesh": "MeSH", "lcsh": "LCSH"}
_TOPICS = ("600", "610", "611", "630", "648", "650", "651", "653", "654", "656", "662")


def subjects(record: Marc) -> tuple[Subject, ...]:
    """Each heading with its subdivisions, "Jazz -- History"; the form subdivision ($v) is a genre."""
    found: list[Subject] = []
    for field in record.all(*_TOPICS):
        if field.tag == "653":
            found += [Subject(plain(without_stop(text))) for text in field.get("a")]
        else:
            parts = [_main(field), *field.get("xyz")]
            heading = " -- ".join(text for part in parts if (text := plain(without_stop(part))))
            found.append(Subject(heading, _scheme(field), _code(field)))
    return tuple(dict.fromkeys(subject for subject in found if subject.value))


def genres(record: Marc) -> tuple[str, ...]:
    """Field 655, and the form subdivisions of the subjects."""
    found = [text for field in record.all("655") for text in field.get("av")]
    found += [text for field in record.all(*_TOPICS) for text in field.get("v")]
    return tuple(dict.fromkeys(text for part in found if (text := plain(without_stop(part)))))


def _main(field: Field) -> str:
    match field.tag:
        case "600":
            return field.joined("abcdqtnp")
        case "610" | "611":
            return field.joined("abcdentp")
        case "630":
            return field.joined("adlnp")
        case "662":
            return field.joined("abcd", " -- ")
        case "654":
            return field.joined("ab", " -- ")
    return field.joined("ab")


def _scheme(field: Field) -> str:
    """By the second indicator; 7 says that $2 names it, 4 that none is named."""
    if field.indicators[1] == "7":
        name = field.first("2").strip().lower()
        return _NAMED.get(name, name) or "keyword"
    return _SCHEMES.get(field.indicators[1], "keyword")


def _code(field: Field) -> str:
    return next((text.strip() for text in field.get("0") if text.strip()), "")


def call_numbers(record: Marc) -> tuple[str, ...]:
    """Library of Congress (050), else the library's own in that scheme (090, 099): VuFind's order, first ones first."""
    found = [trimmed(field.joined("ab")) for tag in ("050", "090", "099") for field in record.all(tag)]
    return tuple(dict.fromkeys(text for part in found if (text := plain(part))))
