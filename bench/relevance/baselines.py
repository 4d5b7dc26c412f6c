"""What a ranking must beat: BM25 on one bag of words, twice.

Both take all a reader sees of a record (title, abstract, keywords, authors, journal) as one bag of stems, no field
above another, and rank the records that have any of the question's stems. Function words of the question are left out
and a word said twice counts twice, since BM25 with less is easily beaten.
`EngineBm25` is tantivy itself on one column, so that speed and quality compare on the same ground; `ReferenceBm25` is
the formula written down, so that nobody has to believe the engine's (k1 1.2, b 0.75, Lucene's idf in both).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log

import tantivy

from bookwheel.search.analysis import folded_words, stem, stems
from bookwheel.search.function_words import FUNCTION_WORDS
from bookwheel.search.results import Document

FIELDS = ("title", "description", "topic", "author", "author2", "container_title")
K1 = 1.2
B = 0.75


class EngineBm25:
    """tantivy with the stems of a record in one column; a question is the OR of its stems."""

    def __init__(self, documents: Iterable[Document]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        writer = self._index.writer(heap_size=64 << 20, num_threads=1)
        for document in documents:
            writer.add_document(tantivy.Document(id=document["id"][0], text=" ".join(bag(document))))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def rank(self, text: str, depth: int) -> list[str]:
        words = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(word), float(times)))
            for word, times in asked(text).items()
        ]
        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.boolean_query(words), depth).hits
        return [str(searcher.doc(address).get_first("id")) for _, address in hits]

    def _term(self, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", word)


class ReferenceBm25:
    """The formula over lists in memory."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._postings: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._lengths: dict[str, int] = {}
        for document in documents:
            record_id, words = document["id"][0], bag(document)
            self._lengths[record_id] = len(words)
            for word, times in Counter(words).items():
                self._postings[word].append((record_id, times))
        self._mean = sum(self._lengths.values()) / max(1, len(self._lengths))

    def rank(self, text: str, depth: int) -> list[str]:
        scores: defaultdict[str, float] = defaultdict(float)
        for word, times in asked(text).items():
            self._add(scores, word, times)
        return sorted(scores, key=lambda record_id: (-scores[record_id], record_id))[:depth]

    def _add(self, scores: defaultdict[str, float], word: str, weight: int) -> None:
        bearers = self._postings.get(word, [])
        rarity = log(1 + (len(self._lengths) - len(bearers) + 0.5) / (len(bearers) + 0.5))
        for record_id, times in bearers:
            norm = K1 * (1 - B + B * self._lengths[record_id] / self._mean)
            scores[record_id] += weight * rarity * times * (K1 + 1) / (times + norm)


def asked(text: str) -> Counter[str]:
    """The stems of a question and how often each occurs, without function words."""
    return Counter(stem(word) for word in folded_words(text) if word not in FUNCTION_WORDS)


def bag(document: Mapping[str, Iterable[str]]) -> list[str]:
    """The stems of all texts of a record in one row."""
    return [word for field in FIELDS for text in document.get(field, ()) for word in stems(text)]
