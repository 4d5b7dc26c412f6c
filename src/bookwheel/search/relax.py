"""A long question in plain words, read so that it finds what has most to do with it, not only what has all its words.

Nobody's abstract holds all twenty words of a question, so AND finds nothing for it. The strict reading is asked first;
only where it finds fewer than `FEW` records, whatever filters are set, the question is asked anew as `relaxed`: all
words, or at least some of those that tell something. Of few words, what has all of them still comes first; of many,
what says most of them most clearly, since a record may have all words of a long text by chance. Filters play no part
in the choice, so no filter makes a result grow, and every page and facet of a question has the same reading.

Phrases, operators, fields, wildcards and identifiers are never relaxed: whoever writes them means them. Nor is a
question whose answers are asked for in the order they came in, as feeds and alerts do: with no order by relevance,
every new record with one of the words would stand before those with all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bookwheel.search.function_words import FUNCTION_WORDS
from bookwheel.search.lexer import box_tokens
from bookwheel.search.query import And, AtLeast, Boost, Field, Node, Note, Or, Phrase, Query, Word
from bookwheel.search.ranking import BALANCED, SEARCH_TYPES, plain_words

FEW = 20
"""Strict hits that are enough. `docs/relevance.md` has what other numbers cost."""

MIN_WORDS = 3
"""Words a question needs; shorter ones mean each of their words."""

MIN_WORDS_AROUND_PHRASES = 8
"""Words a question with a phrase in it needs: fewer are a search for the phrase, more are a sentence that quotes."""

MAX_WORDS = 60
"""Different words that are asked for, the first ones: a question of this length has said what it wants."""

MAX_WORDS_MEANT = 5
"""Telling words up to which each of them is meant, so that records with all of them come first."""

MINIMUM = 1
"""Telling words or phrases a record must have: with 2, records without an abstract are lost (`docs/relevance.md`)."""

PAIR = 3.0
"""What words side by side count as in the question, beside the same words apart, times their columns' weights."""


def relaxed(query: Query) -> Query | None:
    """The query in its relaxed reading, with a note of kind "relaxed"; None for one that means every word."""
    if not _may_be_relaxed(query):
        return None
    words = plain_words(query.tree)
    telling = Counter(word for word in words if word not in FUNCTION_WORDS)
    phrases = _phrases(query)
    if not telling or len(words) < (MIN_WORDS if not phrases else MIN_WORDS_AROUND_PHRASES):
        return None
    parts = (*phrases, *list(_weighed(telling))[:MAX_WORDS])
    some: Node = AtLeast((*parts, *_pairs(words)), min(MINIMUM, len(parts)))
    if query.search_type == "AllFields":
        some = Field(BALANCED, some)
    # Without weight the strict reading still brings what its words gain together: a whole title typed comes first.
    strict = query.tree if len(telling) <= MAX_WORDS_MEANT else Boost(query.tree, 0.0)
    note = Note(
        "relaxed",
        "Few records have all these words, so those with some of them are shown as well. "
        "Put AND between words to ask for all.",
    )
    return replace(query, tree=Or((strict, some)), notes=(*query.notes, note))


def _may_be_relaxed(query: Query) -> bool:
    kind = SEARCH_TYPES.get(query.search_type)
    if query.sort == "added":
        return False
    return kind is not None and kind.phrase_boost > 0 and isinstance(query.tree, And) and is_prose(query.text)


def _phrases(query: Query) -> list[Node]:
    """What the question quotes, as its own search type weighs it: more than words side by side by chance."""
    parts = query.tree.parts if isinstance(query.tree, And) else ()
    return [Field(query.search_type, part) for part in parts if isinstance(part, Phrase)]


def _weighed(telling: Counter[str]) -> Iterator[Node]:
    """The words, one said twice with twice the weight."""
    for word, times in telling.items():
        yield Boost(Word(word), float(times)) if times > 1 else Word(word)


def _pairs(words: Sequence[str]) -> Iterator[Node]:
    """Telling words side by side as they are in the question. They find nothing that their words do not find."""
    pairs = dict.fromkeys(pair for pair in pairwise(words) if FUNCTION_WORDS.isdisjoint(pair))
    for first, second in list(pairs)[:MAX_WORDS]:
        yield Boost(Phrase(f"{first} {second}"), PAIR)


def is_prose(text: str) -> bool:
    """Whether a text has no operators, fields, wildcards or ranges; parentheses in a sentence mean nothing."""
    return all(token.kind in ("word", "phrase", "(", ")") and not token.suffix for token in box_tokens(text))
