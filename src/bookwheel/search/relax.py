"""A long question in plain words, read so that it finds what has most to do with it, not only what has all its words.

Nobody's abstract holds all twenty words of a question, so AND finds nothing for it. The strict reading is asked first;
only where it finds fewer than `FEW` records, whatever filters are set, the question is asked anew as `relaxed`: all
words, or at least some of those that tell something. What has all the words still comes first. Filters play no part
in the choice, so no filter makes a result grow, and every page and facet of a question has the same reading.

Phrases, operators, fields, wildcards and identifiers are never relaxed: whoever writes them means them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

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

MINIMUM = 1
"""Telling words or phrases a record must have: with 2, records without an abstract are lost (`docs/relevance.md`)."""


def relaxed(query: Query) -> Query | None:
    """The query in its relaxed reading, with a note of kind "relaxed"; None for one that means every word."""
    parts = _telling_parts(query)
    if not parts:
        return None
    some: Node = AtLeast(parts, min(MINIMUM, len(parts)))
    if query.search_type == "AllFields":
        some = Field(BALANCED, some)
    note = Note(
        "relaxed",
        "Few records have all these words: those that have come first, and those with some of them follow. "
        "Put AND between words to ask for all.",
    )
    return replace(query, tree=Or((query.tree, some)), notes=(*query.notes, note))


def _telling_parts(query: Query) -> tuple[Node, ...]:
    """Words and phrases that tell of the matter, one said twice with twice the weight; () for what stays strict."""
    kind = SEARCH_TYPES.get(query.search_type)
    tree = query.tree
    if kind is None or not kind.phrase_boost or not isinstance(tree, And) or not is_prose(query.text):
        return ()
    words = plain_words(tree)
    telling = Counter(word for word in words if word not in FUNCTION_WORDS)
    phrases = [part for part in tree.parts if isinstance(part, Phrase)]
    if not telling or len(words) < (MIN_WORDS if not phrases else MIN_WORDS_AROUND_PHRASES):
        return ()
    weighed = [Boost(Word(word), float(times)) if times > 1 else Word(word) for word, times in telling.items()]
    return (*phrases, *weighed[:MAX_WORDS])


def is_prose(text: str) -> bool:
    """Whether a text has no operators, fields, wildcards or ranges; parentheses in a sentence mean nothing."""
    return all(token.kind in ("word", "phrase", "(", ")") and not token.suffix for token in box_tokens(text))


FUNCTION_WORDS = frozenset(
    [
        "a",
        "about",
        "above",
        "after",
        "again",
        "against",
        "all",
        "also",
        "am",
        "among",
        "an",
        "and",
        "any",
        "are",
        "aren",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "but",
        "by",
        "can",
        "cannot",
        "could",
        "couldn",
        "did",
        "didn",
        "do",
        "does",
        "doesn",
        "doing",
        "don",
        "down",
        "during",
        "each",
        "etc",
        "few",
        "for",
        "from",
        "further",
        "had",
        "hadn",
        "has",
        "hasn",
        "have",
        "haven",
        "having",
        "he",
        "her",
        "here",
        "hers",
        "herself",
        "him",
        "himself",
        "his",
        "how",
        "however",
        "i",
        "if",
        "in",
        "into",
        "is",
        "isn",
        "it",
        "its",
        "itself",
        "just",
        "let",
        "may",
        "me",
        "might",
        "more",
        "most",
        "must",
        "mustn",
        "my",
        "myself",
        "no",
        "nor",
        "not",
        "now",
        "of",
        "off",
        "on",
        "once",
        "only",
        "or",
        "other",
        "ought",
        "our",
        "ours",
        "ourselves",
        "out",
        "over",
        "own",
        "same",
        "shall",
        "shan",
        "she",
        "should",
        "shouldn",
        "so",
        "some",
        "such",
        "t",
        "than",
        "that",
        "the",
        "their",
        "theirs",
        "them",
        "themselves",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "thus",
        "to",
        "too",
        "toward",
        "towards",
        "under",
        "until",
        "up",
        "upon",
        "us",
        "very",
        "via",
        "was",
        "wasn",
        "we",
        "were",
        "weren",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "within",
        "without",
        "won",
        "would",
        "wouldn",
        "yet",
        "you",
        "your",
        "yours",
        "yourself",
        "yourselves",
    ]
)
"""English words that join others and tell nothing of a matter. They stay in the index and in every strict reading."""
