"""Invented articles, each a pure function of a seed and a number: for the demo, benches and trials.

Text is drawn from `vocabulary`; earlier words of a list are drawn more often, so that terms, journals and
subjects have long tails as in real catalogues. Towns, genes, species and acronyms add rare words.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import shake_128
from struct import unpack
from typing import TypeVar

from bookwheel.demo import oddities
from bookwheel.demo.people import authors, issn
from bookwheel.demo.sample import Sample
from bookwheel.demo.vocabulary import Field, Language, Slot, vocabulary

SEED = 1588
"""The year Ramelli's bookwheel was printed."""

Draw = Callable[[], int]
"""Gives the next of a record's random numbers, from 0 to 65,535."""

T = TypeVar("T")


def record(number: int, seed: int = SEED) -> Sample:
    """The invented article of this number: always the same for the same seed. Numbers start at 0.

    About one in six is not in English, and one in ten is an odd case or a second version of an earlier one
    (`oddities`). Raises nothing.
    """
    origin = oddities.original_of(number)
    sample = _record(number if origin is None else origin, seed)
    return oddities.changed(sample, number, _identifier(number), _datestamp(number))


def _record(number: int, seed: int) -> Sample:
    draw: Draw = iter(unpack("<96H", shake_128(b"%d:%d" % (seed, number)).digest(192))).__next__
    words = vocabulary()
    field = _often(words.fields, draw)
    year = _often(_YEARS, draw)
    slots = _numbers(draw, year)
    language = _any(words.languages, draw) if draw() < _NOT_ENGLISH else None
    for slot in field.slots:
        _fill(slots, slot, draw)
    if language:
        title, abstract, keywords, journal = _translated(language, field, slots, draw)
    else:
        title, abstract, keywords = _english(field, slots, draw)
        journal = _often(field.journals, draw)
    start, volume = 1 + draw() % 900, max(1, year - 1955 - draw() % 4)
    return Sample(
        identifier=_identifier(number),
        datestamp=_datestamp(number),
        sets=field.sets[: 1 + (draw() & 1)],
        language=language.code if language else "eng",
        publisher=words.common["publishers"][len(journal) % len(words.common["publishers"])],
        journal=journal,
        issn=issn(journal, "98"),
        eissn=issn(journal, "99") if draw() > _NO_EISSN else "",
        published=f"{year}-{1 + draw() % 12:02}-01",
        volume=str(volume),
        issue=str(1 + draw() % 12),
        start_page=str(start),
        end_page=str(start + 3 + draw() % 20),
        doi=f"10.5555/invented.{year}.{number:07}",
        title=title,
        authors=authors(draw, field.departments, language.tradition if language else None),
        abstract=abstract,
        url=f"https://example.org/invented-sample/{number:07}",
        keywords=keywords,
    )


_YEARS = tuple(range(2026, 1959, -1))
_NOT_ENGLISH = 65536 // 6
_NO_EISSN = 65536 // 4
_EPOCH = datetime(2025, 1, 1, tzinfo=UTC)


def _identifier(number: int) -> str:
    return f"oai:invented.example/article:{number:07}"


def _datestamp(number: int) -> str:
    """Stamps climb with the number, 37 seconds apart: a million samples span fourteen months."""
    return (_EPOCH + timedelta(seconds=37 * number)).isoformat()[:19] + "Z"


def _any(items: tuple[T, ...], draw: Draw) -> T:
    return items[len(items) * draw() >> 16]


def _often(items: tuple[T, ...], draw: Draw) -> T:
    """One of the items; of ten, the first is drawn six times as often as the last."""
    number = draw()
    return items[len(items) * number * number >> 32]


def _numbers(draw: Draw, year: int) -> dict[str, str]:
    """What every field's sentences may count, measure and name."""
    common = vocabulary().common
    number, share = draw(), draw()
    ratio = 30 + draw() % 260
    a, b, p = str(51 + share % 44), str(10 + (share >> 6) % 40), str(1 + share % 9)
    n = str(24 + (number * number >> 20))
    gene = "".join(
        (_LETTERS[number % 23], _LETTERS[number // 23 % 23], _LETTERS[share % 23], str(1 + share // 23 % 40))
    )
    return {
        "n": n,
        "N": n,
        "a": a,
        "A": a,
        "a_low": str(46 + share % 44),
        "a_high": str(55 + share % 44),
        "b": b,
        "c": str(51 + number % 200),
        "p": p,
        "P": p,
        "sites": str(2 + number % 38),
        "months": str(3 + share % 58),
        "ratio": f"{ratio // 100}.{ratio % 100:02}",
        "low": f"{ratio * 4 // 500}.{ratio * 4 // 5 % 100:02}",
        "high": f"{ratio * 13 // 1000}.{ratio * 13 // 10 % 100:02}",
        "from": str(year - 4 - number % 5),
        "to": str(year - 1 - share % 3),
        "year": str(1600 + number % 330),
        "gene": gene,
        "acronym": (acronym := gene[:3] + _often(_ENDINGS, draw)),
        "Acronym": acronym,
        "place": _any(common["towns_first"], draw) + _any(common["towns_last"], draw),
        "species": (species := f"{_often(common['genera'], draw)} {_any(common['epithets'], draw)}"),
        "Species": species,
    }


_LETTERS = "ABCDEFGHKLMNPQRSTUVWXYZ"
_ENDINGS = ("Net", "Link", "Scope", "Map", "Rank")


def _fill(slots: dict[str, str], slot: Slot, draw: Draw) -> None:
    slots[slot.name], slots[slot.start] = _often(slot.values, draw)


def _english(field: Field, slots: dict[str, str], draw: Draw) -> tuple[str, str, tuple[str, ...]]:
    title = _title(field, slots, draw)
    sentences = []
    for heading, templates in field.sections:
        left_out = draw() % len(templates)
        chosen = [template for i, template in enumerate(templates) if i != left_out][:_SENTENCES]
        sentences.append(f"{heading}: {' '.join(chosen)}")
    abstract = " ".join(sentences) % slots
    own = field.slots[draw() % len(field.slots)].name
    keywords = (
        slots[field.slots[0].name],
        slots[own],
        _any(field.keywords, draw),
        _any(field.keywords, draw),
    )
    return title, abstract, tuple(dict.fromkeys(keywords))


_SENTENCES = 3


def _title(field: Field, slots: dict[str, str], draw: Draw) -> str:
    template = _any(field.titles, draw)
    if ":" not in template and draw() & 1:
        template = f"{template}: {_any(field.subtitles, draw)}"
    title = template % slots
    return title[0].upper() + title[1:]


def _translated(
    language: Language, field: Field, slots: dict[str, str], draw: Draw
) -> tuple[str, str, tuple[str, ...], str]:
    """A title in the language; the abstract in the language, or in English as in many journals."""
    for slot in language.slots:
        _fill(slots, slot, draw)
    title = _any(language.titles, draw) % slots
    own_language = draw() & 1
    abstract = " ".join(language.abstract) % slots if own_language else _english(field, slots, draw)[1]
    keywords = tuple(dict.fromkeys((_any(language.keywords, draw), _any(language.keywords, draw))))
    return title[0].upper() + title[1:], abstract, keywords, language.journal
