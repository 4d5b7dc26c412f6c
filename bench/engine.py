"""Index and query latency of the embedded engine beside SQLite FTS5, on the same documents in the same run.

    PYTHONPATH=src python bench/engine.py --records 100000 --folder /var/tmp/bench

Documents are a pure function of seed and number. Prints milliseconds and the ratio of both engines.
"""

import argparse
import json
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from bookwheel.engines.tantivy import TantivyEngine
from bookwheel.search.added import added_since
from bookwheel.search.analysis import stems
from bookwheel.search.fields import DEFAULT_FACETS
from bookwheel.search.query import And, Everything, FacetRequest, Field, Filter, Node, Phrase, Prefix, Query, Word
from bookwheel.search.results import Document

SEED = 20
VOCABULARY = 200_000
ABSTRACT_WORDS = 190
"""Mean of the engine report's corpus, which is near DOAJ's."""

_HARVEST = datetime(2026, 1, 1, tzinfo=UTC)

_SYLLABLES = (
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ra", "si", "to", "va", "xe",
    "zo", "tri", "ple", "ster", "gen", "log", "phy",
)  # fmt: skip


def word(number: int) -> str:
    """An invented word; the same number is the same word, low numbers are short."""
    text = ""
    while number or not text:
        number, place = divmod(number, len(_SYLLABLES))
        text += _SYLLABLES[place]
    return text + "n"


class Corpus:
    """Documents with word frequencies of a natural language (Zipf) and as many names as a real catalogue has."""

    def __init__(self, records: int) -> None:
        self._records = records
        self._words = [word(number) for number in range(VOCABULARY)]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))

    def document(self, number: int) -> Document:
        chance = random.Random(SEED * 1_000_003 + number)
        title = " ".join(self._draw(chance, 11)).capitalize()
        # Two authors of five have written more than a few papers: half the names come from a small pool.
        authors = [self._author(chance) for _ in range(min(60, 1 + int(chance.expovariate(0.3))))]
        topics = tuple(dict.fromkeys(self._topic(chance) for _ in range(5)))
        journal = f"Journal of {self._words[chance.randrange(min(20_000, self._records // 10 + 10))]}"
        year = str(2026 - int(chance.expovariate(0.12)) % 66)
        return {
            "id": (f"bench-art-{number:032x}",),
            "record_format": ("oai_doaj",),
            "institution": ("Bench",),
            "collection": ("Bench",),
            "format": (chance.choice(("Article", "Article", "Article", "Review")),),
            "language": (chance.choice(("English", "English", "English", "Spanish", "Portuguese", "French")),),
            "title": (title,),
            "title_short": (title,),
            "title_full": (title,),
            "title_sort": (title.lower(),),
            "author": (authors[0],),
            "author2": tuple(authors[1:]),
            "author_sort": (authors[0],),
            "publisher": (f"{self._words[chance.randrange(9_000)].capitalize()} Press",),
            "publishDate": (year,),
            "publishDateSort": (year,),
            "container_title": (journal,),
            "container_volume": (str(chance.randrange(90)),),
            "description": (" ".join(self._draw(chance, int(chance.gauss(ABSTRACT_WORDS, 40)) % 400)),),
            "topic": topics,
            "topic_facet": topics,
            "issn": (f"{chance.randrange(10**8):08}",),
            "doi_str_mv": (f"10.5555/bench.{number}",),
            "url": (f"https://doi.org/10.5555/bench.{number}",),
            "work_keys_str_mv": (f"AT {authors[0].lower()} {title.lower()}",),
            # Harvested by the hundred, a page in two minutes.
            "first_indexed": (f"{_HARVEST + timedelta(minutes=number // 100 * 2):%Y-%m-%dT%H:%M:%SZ}",),
            "last_indexed": ("2026-01-01T00:00:00Z",),
        }  # fmt: skip

    def words_of_rank(self, low: int, high: int, count: int) -> list[str]:
        chance = random.Random(low)
        return [self._words[chance.randrange(low, high)] for _ in range(count)]

    def _draw(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self._words, cum_weights=self._weights, k=count)

    def _topic(self, chance: random.Random) -> str:
        # Of five keywords of a paper about three are common ones and two its authors' own.
        number = chance.randrange(3_000 if chance.random() < 0.6 else self._records * 2)
        return f"{self._words[number * 7 % VOCABULARY]} {self._words[number * 13 % 9_001]}"

    def _author(self, chance: random.Random) -> str:
        pool = self._records // 10 if chance.random() < 0.5 else self._records * 3
        number = chance.randrange(max(pool, 100))
        return f"{word(number + 5_000).capitalize()}, {word(number % 977).capitalize()}"


def queries(corpus: Corpus) -> dict[str, list[Query]]:
    common, middle, rare = (corpus.words_of_rank(*ranks, 60) for ranks in ((5, 60), (100, 1_000), (5_000, 20_000)))
    facets = tuple(FacetRequest(name) for name in DEFAULT_FACETS)

    def asked(trees: list[Node], **more: object) -> list[Query]:
        return [Query(tree=tree, **more) for tree in trees]  # type: ignore[arg-type]

    three: list[Node] = [And((Word(a), Word(b), Word(c))) for a, b, c in zip(common, middle, common[1:], strict=False)]
    words: list[Node] = [Word(text) for text in middle]
    mixed: list[Node] = [*words, *three, *(Word(text) for text in rare[:20]), *(Word(text) for text in common[:10])]
    return {
        "common word": asked([Word(text) for text in common]),
        "middling word": asked(words),
        "three words": asked(three),
        "phrase of two": asked([Phrase(f"{a} {b}") for a, b in zip(common, common[7:], strict=False)]),
        "prefix in titles": asked([Field("Title", Prefix(text[:5])) for text in middle]),
        "newest": asked(words, sort="newest"),
        "by title": asked(words, sort="title"),
        "newly added": asked(words, sort="added"),
        "newly added, of all": [Query(sort="added", size=50)] * 20,
        "added since": asked(words, filters=(added_since(_HARVEST + timedelta(days=1)),)),
        "all facets, mixed": asked(mixed, facets=facets),
        "all facets, common word": asked([Word(text) for text in common[:15]], facets=facets),
        "all facets, filtered": asked(
            words, facets=facets, filters=(Filter("format", "Article"), Filter("language", "English"))
        ),
    }


def timed(ask: Callable[[Query], object], asked: list[Query]) -> list[float]:
    """Milliseconds of each query, sorted; the first of a class warms what the class shares."""
    ask(asked[0])
    found = []
    for query in asked[1:]:
        started = time.perf_counter()
        ask(query)
        found.append((time.perf_counter() - started) * 1_000)
    return sorted(found)


def shown(times: list[float]) -> str:
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    return f"{statistics.median(times):8.2f} / {p95:8.2f} / {times[-1]:8.2f}"


class Fts5:
    """The baseline: what comes with every Python. Stems in one FTS5 table, facet values in a table of their own."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("CREATE VIRTUAL TABLE words USING fts5 (title, author, topic, description, content='')")
        self._db.execute("CREATE TABLE documents (number INTEGER PRIMARY KEY, document TEXT, year INTEGER, title TEXT)")
        self._db.execute("CREATE TABLE facets (number INTEGER, field TEXT, value TEXT)")

    def fill(self, documents: Iterator[Document]) -> None:
        for number, document in enumerate(documents):
            columns = [
                " ".join(stems(" ".join(document[name]))) for name in ("title", "author2", "topic", "description")
            ]
            self._db.execute(
                "INSERT INTO words (rowid, title, author, topic, description) VALUES (?, ?, ?, ?, ?)",
                (number, *columns),
            )
            row = (number, json.dumps(document), int(document["publishDateSort"][0]), document["title_sort"][0])
            self._db.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", row)
            names = (
                "publishDateSort",
                "format",
                "author2",
                "container_title",
                "topic",
                "language",
                "publisher",
                "institution",
                "collection",
            )
            self._db.executemany(
                "INSERT INTO facets VALUES (?, ?, ?)",
                ((number, name, value) for name in names for value in document[name]),
            )
        self._db.execute("CREATE INDEX facets_number ON facets (number)")
        self._db.commit()

    def search(self, query: Query) -> None:
        """The same page: total, twenty documents, facets."""
        match = _match(query.tree)
        self._db.execute("SELECT count(*) FROM words WHERE words MATCH ?", (match,)).fetchone()
        orders = {"newest": "year DESC", "title": "documents.title", "added": "number DESC"}
        order = orders.get(query.sort, "bm25(words, 5, 3, 5, 1)")
        self._db.execute(
            f"SELECT document FROM words JOIN documents ON number = words.rowid"
            f" WHERE words MATCH ? ORDER BY {order} LIMIT 20",
            (match,),
        ).fetchall()
        if query.facets:
            self._db.execute(
                "SELECT field, value, count(*) AS n FROM facets"
                " WHERE number IN (SELECT rowid FROM words WHERE words MATCH ?)"
                " GROUP BY field, value ORDER BY field, n DESC", (match,)
            ).fetchall()  # fmt: skip


def _match(tree: Node) -> str:
    match tree:
        case And(parts):
            return " AND ".join(_match(part) for part in parts)
        case Field(_, part):
            return f"title : {_match(part)}"
        case Phrase(text):
            return f'"{" ".join(stems(text))}"'
        case Prefix(text):
            return f'"{text}" *'
        case Word(text):
            return f'"{stems(text)[0]}"'
    raise ValueError(tree)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, default=None, help="keep the indexes here, and use those that are there")
    parser.add_argument("--memory", type=int, default=512, help="megabytes of the index writer")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--alone", action="store_true", help="without the baseline")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        run(options.folder or Path(temporary), options)


def run(folder: Path, options: argparse.Namespace) -> None:
    corpus = Corpus(options.records)
    folder.mkdir(parents=True, exist_ok=True)
    engine = TantivyEngine(folder / "index", options.memory, options.threads)
    if engine.count() != options.records:
        _indexed("tantivy", options.records, lambda documents: _fill(engine, documents), corpus)
    size = sum(path.stat().st_size for path in (folder / "index").rglob("*") if path.is_file())
    values = sum(path.stat().st_size for path in (folder / "index").rglob("values.sqlite3*"))
    print(
        f"index: {size / options.records:,.0f} bytes a record, {values / options.records:,.0f} of them the dictionary"
    )
    baseline = None
    if not options.alone:
        baseline = Fts5(folder / "fts5.sqlite3")
        _indexed("FTS5", options.records, baseline.fill, corpus)
    print(f"{'ms p50 / p95 / max':28}{'tantivy':>32}{'FTS5':>32}   FTS5:tantivy (p50)")
    for name, asked in queries(corpus).items():
        ours = timed(engine.search, asked)
        is_asked = baseline and not asked[0].filters and asked[0].tree != Everything()
        theirs = timed(baseline.search, asked) if baseline and is_asked else []
        ratio = f"{statistics.median(theirs) / statistics.median(ours):10.1f}" if theirs else ""
        print(f"{name:28}{shown(ours):>32}{shown(theirs) if theirs else '-':>32}{ratio}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    engine.close()


def _fill(engine: TantivyEngine, documents: Iterator[Document]) -> None:
    with engine.rebuild(1) as writer:
        for document in documents:
            writer.add(document)


def _indexed(name: str, records: int, fill: Callable[[Iterator[Document]], None], corpus: Corpus) -> None:
    """Fill an engine and print its time; what making the documents costs is measured beside it and taken off."""
    making = 0.0

    def documents() -> Iterator[Document]:
        nonlocal making
        for number in range(records):
            started = time.thread_time()
            document = corpus.document(number)
            making += time.thread_time() - started
            yield document

    wall, cpu = time.perf_counter(), time.process_time()
    fill(documents())
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(
        f"{name}: {records:,} records indexed in {wall - making:,.1f} s, "
        f"{(cpu - making) / records * 1e6:,.0f} µs CPU a record (making them, {making:,.1f} s, not counted)"
    )


if __name__ == "__main__":
    main()
