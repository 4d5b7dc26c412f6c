"""Judged collections as Bookwheel takes them in: articles in DOAJ's JSON, questions, and which articles answer each.

Every collection is a folder beside the project with a README on its source; nothing of them is part of the project.
A question of a known-item collection has exactly one answer.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

ID_PREFIX = "doaj-art-"
"""What the format puts before the ids of articles."""


@dataclass(frozen=True, slots=True)
class Question:
    """`judgements` are id of the collection → gain."""

    id: str
    text: str
    judgements: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Collection:
    """`articles` are lines of DOAJ's dump; `questions` those that have an answer. `folder` is where it was read."""

    name: str
    articles: tuple[Json, ...]
    questions: tuple[Question, ...]

    @property
    def is_known_item(self) -> bool:
        return all(len(question.judgements) == 1 for question in self.questions)


TOPICAL = ("ir-cranfield", "ir-cacm", "ir-cisi", "ir-npl", "tar-pubmed")
KNOWN_ITEM = ("pubmedqa", "pmc-pico", "pmc-titles", "pmc-dois", "tar-titles")
COLLECTIONS = (*TOPICAL, *KNOWN_ITEM)

_EVERY_TAR_TITLE = 30
"""Of tar-pubmed's 12,622 titles every so manieth is asked for."""


def load(name: str, folder: Path) -> Collection:
    """A collection of `COLLECTIONS`; `folder` holds the collections' folders."""
    if name.startswith("pmc-"):
        return _pmc(name, folder / "pmc-jats")
    source = folder / ("tar-pubmed" if name == "tar-titles" else name)
    entries = list(_lines(source / "corpus.jsonl"))
    articles = tuple(_article(entry) for entry in entries)
    if name == "tar-titles":
        asked = [entry for entry in entries[::_EVERY_TAR_TITLE] if entry["title"]]
        return Collection(name, articles, tuple(Question(e["_id"], e["title"], {e["_id"]: 1}) for e in asked))
    return Collection(name, articles, _questions(source / "queries.jsonl", source, "qrels.tsv"))


def _article(entry: Json) -> Json:
    """One entry of a corpus; `mesh` and `keywords` become keywords, several authors stand apart with semicolons."""
    keywords = entry.get("mesh") or (entry.get("keywords") or "").split(",")
    authors = [name.strip() for name in (entry.get("author") or "").split(";")]
    return _bibjson(
        entry["_id"],
        title=entry["title"],
        abstract=entry["text"],
        author=[{"name": name} for name in authors if name],
        keywords=[word.strip() for word in keywords if word.strip()],
        year=entry.get("year") or "",
    )


def _pmc(name: str, source: Path) -> Collection:
    entries = list(_lines(source / "articles.jsonl"))
    articles = tuple(
        _bibjson(
            entry["pmcid"],
            title=entry["title"],
            abstract=entry["abstract"],
            author=[{"name": author["name"]} for author in entry["authors"]],
            keywords=entry["keywords"] or [],
            year=entry["year"],
            journal={"title": entry["journal"], "publisher": entry["publisher"], "volume": entry["volume"]},
            identifier=[{"type": "doi", "id": entry["doi"]}],
        )
        for entry in entries
    )
    if name == "pmc-pico":
        return Collection(name, articles, _questions(source / "pico-queries.jsonl", source, "pico-qrels.tsv"))
    field = "title" if name == "pmc-titles" else "doi"
    asked = tuple(Question(e["pmcid"], e[field], {e["pmcid"]: 1}) for e in entries if e[field])
    return Collection(name, articles, asked)


def _bibjson(number: str, **bibjson: Any) -> Json:
    # Every article has an address, since a record with neither title, author nor link is refused.
    link = {"type": "fulltext", "url": f"https://articles.example.org/{number}"}
    return {"id": number, "last_updated": "2020-01-01T00:00:00Z", "bibjson": bibjson | {"link": [link]}}


def _questions(queries: Path, folder: Path, judged: str) -> tuple[Question, ...]:
    judgements: dict[str, dict[str, int]] = {}
    for line in list(_text(folder / judged))[1:]:
        query, record, gain = line.split("\t")
        judgements.setdefault(query, {})[record] = int(gain)
    found = (Question(entry["_id"], entry["text"], judgements.get(entry["_id"], {})) for entry in _lines(queries))
    return tuple(question for question in found if any(gain > 0 for gain in question.judgements.values()))


def _lines(path: Path) -> Iterator[Json]:
    return map(json.loads, _text(path))


def _text(path: Path) -> Iterable[str]:
    """The lines of a file, or of the packed one of that name."""
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from lines
    else:
        with gzip.open(f"{path}.gz", "rt", encoding="utf-8") as lines:
            yield from lines
