"""Small documents for the tests of the embedded engine, and engines to put them in."""

import random
from pathlib import Path

from bookwheel.engines.tantivy import TantivyEngine
from bookwheel.search.results import Document

MATTERS = ("water", "malaria", "lake", "gene p53", "bee", "steel", "to be or not to be", "history")


def document(number: int, version: int = 0, **more: tuple[str, ...]) -> Document:
    """A record that is a pure function of its number and version."""
    chance = random.Random(number * 101 + version)
    title = f"The {chance.choice(MATTERS)} of {chance.choice(MATTERS)} {number}"
    made = {
        "id": (f"test-art-{number:04}",),
        "format": (chance.choice(("Article", "Review")),),
        "title": (title,),
        "title_short": (title,),
        "title_full": (title,),
        "title_sort": (title[4:],),
        "author": (f"Author, {chance.randrange(40)}",),
        "author2": tuple({f"Ångström, Ö{chance.randrange(300)}" for _ in range(chance.randrange(4))}),
        "topic_facet": tuple({chance.choice(MATTERS) for _ in range(chance.randrange(4))}),
        "language": tuple({chance.choice(("English", "Deutsch", "日本語")) for _ in range(2)}),
        "publishDateSort": (str(chance.randrange(1990, 2030)),) if number % 11 else (),
        "doi_str_mv": (f"10.5555/test.{number}",),
        **more,
    }
    return {name: values for name, values in made.items() if values}


def small_engine(folder: Path) -> TantivyEngine:
    """An engine that needs little memory."""
    return TantivyEngine(folder, memory_mb=16, threads=1)


def fill(engine: TantivyEngine, numbers: range, *, every: int = 20, version: int = 0) -> None:
    """Index records in many small commits; the watermark counts the records."""
    for start in range(numbers.start, numbers.stop, every):
        end = min(start + every, numbers.stop)
        with engine.update(end) as writer:
            for number in range(start, end):
                writer.add(document(number, version))
