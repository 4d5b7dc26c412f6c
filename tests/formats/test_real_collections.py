"""What is read from the collections that may stand beside the project, compared with what others read in them."""

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from tests.loading import readings
from tests.realdata import collection

from bookwheel.records.model import Record

pytestmark = pytest.mark.realdata


def records(path: Path) -> list[Record]:
    return [reading.record for _, reading in readings([path]) if reading.record]


@pytest.mark.parametrize("name", ["marc", "pubmed-xml", "pmc-jats", "scielo-jats"])
def test_every_file_stands_in_the_table(name: str) -> None:
    table = (Path(__file__).resolve().parents[2] / "docs" / "collections.md").read_text(encoding="utf-8")
    others = ("README.md", "articles.jsonl.gz", "pico-queries.jsonl", "pico-qrels.tsv")
    assert [path.name for path in collection(name).iterdir() if f"`{name}/{path.name}`" not in table] == [
        path.name for path in collection(name).iterdir() if path.name in others
    ]


def test_fronts_agree_with_another_reading_of_them() -> None:
    """Titles differ in footnote marks, raised numbers and subtitles; the rest is equal."""
    folder = collection("pmc-jats")
    lines = gzip.decompress((folder / "articles.jsonl.gz").read_bytes()).splitlines()
    others = {article["pmcid"]: article for article in map(json.loads, lines)}
    differing: Counter[str] = Counter()
    for record in records(folder / "fronts.tar.gz"):
        other = others[record.identifier("pmcid")]
        for name, ours, theirs in (
            ("doi", record.doi, (other["doi"] or "").lower()),
            ("pmid", record.identifier("pmid"), other["pmid"] or ""),
            ("journal", _letters(record.container.title), _letters(other["journal"])),
            ("volume", record.container.volume, other["volume"] or ""),
            ("licence", record.licence, other["license"]),
            ("title", _letters(record.title.value), _letters(other["title"])),
            ("authors", sum(c.role == "author" for c in record.contributors), len(other["authors"])),
        ):
            differing[name] += ours != theirs
    assert +differing <= Counter(title=12, authors=8)


def test_scielo_has_each_language_of_titles_and_abstracts() -> None:
    found = records(collection("scielo-jats") / "fronts.tar.gz")
    titles = Counter(text.language for record in found for text in (record.title, *record.other_titles))
    abstracts = Counter(text.language for r in found for text in (r.abstract, *r.other_abstracts) if text.value)
    assert set(titles) == {"eng", "por", "spa"}
    assert (abstracts["eng"], abstracts["por"], abstracts["spa"], abstracts[""]) == (33, 24, 9, 0)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
