"""Professional search strategies through the catalogue: what is accepted, what is noted, and which studies are found.

    python bench/strategies.py FOLDER [--out FILE]

FOLDER holds the collections `boolean-queries` (`topics.jsonl`) and `tar-pubmed` (`queries.jsonl`, `corpus.jsonl.gz`,
`qrels.tsv.gz`). The corpus is indexed as a catalogue of records with a title and an abstract, and asked through
`parse` and the engine, as the page does. Prints Markdown.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bookwheel.engines.tantivy import TantivyEngine
from bookwheel.search.engine import MAX_OFFSET, Engine
from bookwheel.search.explain import in_words
from bookwheel.search.parse import Parsed, parse
from bookwheel.search.query import And, Exact, Field, Heading, Node, Not, Or, Query, Range

Strategy = tuple[str, str, str]
"""Number, title and text."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    lines = list(_report(given.folder))
    text = "\n".join(lines) + "\n"
    if given.out:
        given.out.write_text(text)
    sys.stdout.write(text)


def _report(folder: Path) -> Iterator[str]:
    topics = list(_strategies(folder / "boolean-queries" / "topics.jsonl", "title", "query"))
    reviews = list(_strategies(folder / "tar-pubmed" / "queries.jsonl", "text", "boolean_query"))
    yield "## Accepted\n"
    yield "| strategy | syntax | characters | lines or parts read | leaves | not honoured | other notes |"
    yield "| --- | --- | ---: | ---: | ---: | --- | --- |"
    for collection, strategies in (("", topics), (" (tar)", reviews)):
        for number, _, text in strategies:
            yield _accepted(number + collection, text, parse(text))
    yield "\n## Recall on tar-pubmed\n"
    with tempfile.TemporaryDirectory() as place:
        yield from _recall(folder / "tar-pubmed", reviews, Path(place))


def _strategies(path: Path, title: str, query: str) -> Iterator[Strategy]:
    for line in path.read_text().splitlines():
        row = json.loads(line)
        yield row["_id"], row[title], row[query]


def _accepted(number: str, text: str, parsed: Parsed) -> str:
    lost = Counter(note.kind for note in parsed.notes if not note.honoured)
    others = Counter(note.kind for note in parsed.notes if note.honoured)
    clause = parsed.clause
    parts = len([line for line in text.splitlines() if line.strip()])
    weight = clause.weight if clause else 0
    return f"| {number} | {parsed.syntax} | {len(text)} | {parts} | {weight} | {_counted(lost)} | {_counted(others)} |"


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())) or "none"


# Recall


@dataclass(frozen=True, slots=True)
class Study:
    id: str
    title: str
    text: str


def _recall(folder: Path, reviews: list[Strategy], place: Path) -> Iterator[str]:
    studies = {study.id: study for study in _corpus(folder / "corpus.jsonl.gz")}
    included, judged = _judgements(folder / "qrels.tsv.gz")
    engine = TantivyEngine(place / "index", memory_mb=128, threads=1)
    with engine.update(1) as writer:
        for study in studies.values():
            writer.add({"id": (study.id,), "title": (study.title or study.id,), **_text(study)})
    yield f"{len(studies)} records of a title and, mostly, an abstract; none has a year, a language or a heading.\n"
    yield "| review | included | found | recall | retrieved of all | retrieved of its pool | pool | set aside |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    missed: list[str] = []
    for number, _, text in reviews:
        tree, aside = without_limits(parse(text).tree)
        ids = _ids(engine, tree)
        wanted = included.get(number, set())
        found = wanted & ids
        pool = judged.get(number, set())
        yield (
            f"| {number} | {len(wanted)} | {len(found)} | {len(found) / max(1, len(wanted)):.3f} | {len(ids)} "
            f"| {len(ids & pool)} | {len(pool)} | {', '.join(aside) or 'none'} |"
        )
        missed += _missed(engine, number, tree, [studies[each] for each in sorted(wanted - ids) if each in studies])
    yield "\n## Studies missed\n"
    yield "| review | study | title | abstract | why |"
    yield "| --- | --- | --- | --- | --- |"
    yield from missed
    engine.close()


def _corpus(path: Path) -> Iterator[Study]:
    with gzip.open(path, "rt") as lines:
        for line in lines:
            row = json.loads(line)
            yield Study(row["_id"], row["title"], row["text"])


def _text(study: Study) -> dict[str, tuple[str, ...]]:
    return {"description": (study.text,)} if study.text else {}


def _judgements(path: Path) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    included: dict[str, set[str]] = {}
    judged: dict[str, set[str]] = {}
    with gzip.open(path, "rt") as lines:
        next(lines)
        for line in lines:
            review, study, score = line.split()
            judged.setdefault(review, set()).add(study)
            if int(score) > 0:
                included.setdefault(review, set()).add(study)
    return included, judged


def without_limits(tree: Node) -> tuple[Node, list[str]]:
    """The tree without conditions on years and languages, which no record of the collection bears; and those."""
    if not isinstance(tree, And):
        return tree, []
    kept: list[Node] = []
    aside: list[str] = []
    for part in tree.parts:
        if isinstance(part, Range):
            aside.append(f"years {part.low or '…'}-{part.high or '…'}")
        elif isinstance(part, Exact) and part.field == "language":
            aside.append(part.value)
        else:
            inner, more = without_limits(part)
            kept.append(inner)
            aside += more
    return (kept[0] if len(kept) == 1 else And(tuple(kept))), aside


def _ids(engine: Engine, tree: Node) -> set[str]:
    """All a tree finds: no strategy finds more of this corpus than can be leafed through."""
    result = engine.search(Query(tree=tree, size=MAX_OFFSET))
    if result.total > MAX_OFFSET:
        raise ValueError(f"{result.total} records are more than one page can hold")
    return {hit.id for hit in result.hits}


def _missed(engine: Engine, number: str, tree: Node, studies: list[Study]) -> Iterator[str]:
    for study in studies:
        reasons = "; ".join(_in_words(part) for part in _failed(engine, tree, study.id))
        title = study.title.replace("|", "/")
        yield f"| {number} | {study.id} | {title[:70]} | {'yes' if study.text else 'no'} | {reasons} |"


def _failed(engine: Engine, tree: Node, study: str) -> list[Node]:
    """The conditions a record fails; of alternatives that are made of conditions, those of the one it nearly meets."""
    if _finds(engine, tree, study):
        return []
    if isinstance(tree, And):
        return [failed for part in tree.parts for failed in _failed(engine, part, study)]
    groups = [part for part in tree.parts if isinstance(part, And)] if isinstance(tree, Or) else []
    if isinstance(tree, Or) and len(groups) * 2 >= len(tree.parts):
        return min((_failed(engine, group, study) for group in groups), key=len)
    return [tree]


def _finds(engine: Engine, tree: Node, study: str) -> bool:
    return engine.search(Query(tree=And((tree, Exact("id", study))), size=0)).total > 0


def _in_words(node: Node) -> str:
    if isinstance(node, Not):
        return f"excluded: {_in_words(node.part)}"
    leaves = list(_leaves(node))
    headings = sum(isinstance(leaf, Heading) for leaf in leaves)
    shown = ", ".join(in_words(leaf) for leaf in leaves[:3] if not isinstance(leaf, Heading)) or in_words(leaves[0])
    counted = f" (and {len(leaves) - 3} more)" if len(leaves) > 3 else ""
    heading = f"; {headings} of them headings" if headings else ""
    return f"none of: {shown}{counted}{heading}".replace("|", "/")


def _leaves(node: Node) -> Iterator[Node]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Field(_, part) | Not(part):
            yield from _leaves(part)
        case _:
            yield node


if __name__ == "__main__":
    main()
