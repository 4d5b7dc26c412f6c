"""Words of the index near to another in spelling, from the engine's own lists of words.

The lists of a commit are read letter by letter when first asked for and kept as long as the commit is the newest, so a
word can be suggested as soon as it is indexed. Their counts include deleted records until the engine merges them away.
"""

from bookwheel.engines.tantivy.schema import text_column
from bookwheel.engines.tantivy.snapshot import Snapshot
from bookwheel.search.results import FacetValue
from bookwheel.search.spelling import COLUMNS, Vocabulary, likeliest, most_edits

_MOST_WORDS = 20_000
"""Words of one first letter and column, the most frequent ones: a rarer one is hardly what somebody meant."""


def frequency(snapshot: Snapshot, word: str) -> int:
    """About how many records have a folded word."""
    return max(snapshot.searcher.doc_freq(text_column(column), word) for column in COLUMNS)


def spellings(snapshot: Snapshot, word: str, limit: int) -> tuple[FacetValue, ...]:
    """Words near in spelling, the likeliest first. Those that begin with another letter than the word's first two are
    not looked at."""
    if not most_edits(word):
        return ()
    near = (found for letter in dict.fromkeys(word[:2]) for found in _vocabulary(snapshot, letter).near(word))
    return tuple(FacetValue(other, count) for other, count in likeliest(near, limit))


def _vocabulary(snapshot: Snapshot, letter: str) -> Vocabulary:
    if (found := snapshot.vocabularies.get(letter)) is None:
        counts: dict[str, int] = {}
        for column in COLUMNS:
            for word, count in snapshot.searcher.terms_with_prefix(text_column(column), letter, None, _MOST_WORDS):
                counts[word] = max(count, counts.get(word, 0))
        found = snapshot.vocabularies[letter] = Vocabulary(counts)
    return found
