"""Words of the index near to another in spelling, from the engine's own lists of words.

The lists of a commit are read letter by letter when first asked for and kept as long as the commit is the newest, so a
word can be suggested as soon as it is indexed. Their counts include deleted records until the engine merges them away.
"""

from itertools import product

from bookwheel.engines.tantivy.expansion import common_of_letter, common_words, first_letters
from bookwheel.engines.tantivy.schema import text_column
from bookwheel.engines.tantivy.snapshot import Snapshot
from bookwheel.search.deadline import passed
from bookwheel.search.results import FacetValue, Pattern, WordList
from bookwheel.search.spelling import COLUMNS, Vocabulary, likeliest, most_edits
from bookwheel.search.wildcards import pattern_words
from bookwheel.search.word_lists import beginnings, matcher, word_list

_MOST_WORDS = 20_000
"""Words of one first letter and column, the most frequent ones: a rarer one is hardly what somebody meant."""

_COMPARED = 500
"""Words compared with a pattern between two looks at the clock: of a long misspelt word, some ten milliseconds."""


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


def words_of(snapshot: Snapshot, pattern: Pattern, limit: int) -> WordList:
    """The words a pattern stands for, out of the most frequent ones with its beginning, or of each first letter.

    Those that are found before the deadline, where it passes meanwhile; the list is then cut.
    """
    starts = beginnings(pattern)
    fits = matcher(pattern) if starts else None
    of_all = starts == ("",)
    if of_all:
        starts = tuple(first_letters(pattern_words(pattern.text)[0]))
    counts: dict[str, int] = {}
    is_cut = False
    for start, column in product(starts, COLUMNS):
        if passed():
            break
        name = text_column(column)
        words = common_of_letter(snapshot, name, start) if of_all else common_words(snapshot, name, start, _MOST_WORDS)
        is_cut = is_cut or words.is_cut
        for place, (word, count) in enumerate(words.counts.items()):
            if not place % _COMPARED and passed():
                break
            if fits and fits(word):
                counts[word] = max(count, counts.get(word, 0))
    return word_list(counts, limit, is_cut=is_cut or passed())


def _vocabulary(snapshot: Snapshot, letter: str) -> Vocabulary:
    if (found := snapshot.vocabularies.get(letter)) is None:
        counts: dict[str, int] = {}
        for column in COLUMNS:
            for word, count in snapshot.searcher.terms_with_prefix(text_column(column), letter, None, _MOST_WORDS):
                counts[word] = max(count, counts.get(word, 0))
        found = snapshot.vocabularies[letter] = Vocabulary(counts)
    return found
