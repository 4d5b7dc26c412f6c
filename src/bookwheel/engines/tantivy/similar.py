"""Records on the same matter: those that share the most telling words of a record's title, topics and abstract."""

from collections import Counter
from collections.abc import Iterable
from math import log

import tantivy
from tantivy import Occur

from bookwheel.engines.tantivy import schema
from bookwheel.engines.tantivy.snapshot import Snapshot
from bookwheel.engines.tantivy.sorting import quoted
from bookwheel.search.analysis import stems
from bookwheel.search.ranking import TEXT_COLUMNS, column_values
from bookwheel.search.results import Document

_WEIGHTS = {"title": 3.0, "topic": 3.0, "description": 1.0}
"""Text column -> what a word of it tells; the words of a title were chosen with more care than those of an abstract."""

_MOST_WORDS = 12
"""Words asked for: more make the question slower and the answer no better, since they are the less telling ones."""

_WORDS_LOOKED_AT = 400
"""Different words of a record that are weighed."""

_WORK_FIELDS = ("work_keys_str_mv", "work_ids_str_mv")


def similar_question(snapshot: Snapshot, document: Document) -> tantivy.Query | None:
    """The question that finds them; None for a record without words that others share."""
    words = _telling_words(snapshot, document)
    if not words:
        return None
    alternatives = [(Occur.Should, _word_query(word, worth)) for word, worth in words]
    excluded = [tantivy.Query.term_query(schema.SCHEMA, schema.ID, quoted(document["id"][0])), *_versions(document)]
    return tantivy.Query.boolean_query(
        [
            (Occur.Must, tantivy.Query.boolean_query(alternatives)),
            *((Occur.MustNot, query) for query in excluded),
        ]
    )


def _telling_words(snapshot: Snapshot, document: Document) -> list[tuple[str, float]]:
    """Words by falling worth: often in the record, seldom in the index, but not in this record alone."""
    counts: Counter[str] = Counter()
    for column, weight in _WEIGHTS.items():
        for text in column_values(document, TEXT_COLUMNS[column]):
            for word in set(stems(text)):
                counts[word] += int(weight)
    worths = []
    for word, weight in counts.most_common(_WORDS_LOOKED_AT):
        bearers = max(snapshot.searcher.doc_freq(schema.text_column(column), word) for column in _WEIGHTS)
        if bearers > 1 and not word.isdecimal():
            worths.append((word, weight * log(1 + snapshot.count / bearers)))
    return sorted(worths, key=lambda pair: (-pair[1], pair[0]))[:_MOST_WORDS]


def _word_query(word: str, worth: float) -> tantivy.Query:
    columns = [
        tantivy.Query.boost_query(tantivy.Query.term_query(schema.SCHEMA, schema.text_column(column), word), weight)
        for column, weight in _WEIGHTS.items()
    ]
    return tantivy.Query.boost_query(tantivy.Query.disjunction_max_query(columns, 0.1), worth)


def _versions(document: Document) -> Iterable[tantivy.Query]:
    """Other versions of the work: any record with one of its work keys."""
    for name in _WORK_FIELDS:
        for value in document.get(name, ()):
            yield tantivy.Query.term_query(schema.SCHEMA, schema.EXACT, schema.exact_term(name, value))
