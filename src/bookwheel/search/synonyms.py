"""Words a reader means and did not type: a search for "heart attack" also finds "myocardial infarction".

Which words mean the same is looked up (`Lookup`) in the vocabularies of the catalogue. Only plain words of the search
box are widened, in the fields of text. Phrases, patterns, names, identifiers and what stands behind NOT are asked as
they stand, and so is every strategy in the language of a database: whoever writes those has chosen the words.
A widened tree finds all that the tree itself finds, and what was typed counts more than what is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bookwheel.search.analysis import folded_words, stems
from bookwheel.search.function_words import FUNCTION_WORDS
from bookwheel.search.limits import MAX_CHARACTERS
from bookwheel.search.query import And, AtLeast, Boost, Field, Node, Or, Query, Word
from bookwheel.search.syntaxes import detect

MAX_SYNONYMS = 20
"""Other words one term is widened by."""

MAX_IN_QUERY = 100
"""Other words a whole question is widened by."""

MAX_TERM_WORDS = 8
"""Words of the longest term that is looked for in a question."""

WEIGHT = 0.1
"""What a synonym is worth beside the words typed. `docs/synonyms.md` has what other weights cost."""

WIDENED_TYPES = frozenset(
    ["AllFields", "Balanced", "Title", "Subject", "topic", "abstract", "TitleAbstract", "TextWord"]
)
"""Search types that ask texts on the matter of a record; names, journals and numbers have no synonyms."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a term means: other `terms` for it, the preferred one first, of the concept `name`.

    `vocabulary` is where it stands, as readers are told: "MeSH 2026, version 3".
    """

    name: str
    terms: tuple[str, ...]
    vocabulary: str


class Lookup(Protocol):
    """The vocabularies of a catalogue."""

    def senses(self, keys: Sequence[str]) -> Mapping[str, Sequence[Sense]]:
        """What terms mean, by `term_key`; keys of no term are absent."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term of the question, as typed, and the words it was `also` searched by."""

    term: str
    also: tuple[str, ...]
    concept: str
    vocabulary: str


@dataclass(frozen=True, slots=True)
class Widened:
    """A tree and what it was widened by, in the order of the text; each term once."""

    tree: Node
    expansions: tuple[Expansion, ...] = ()


def term_key(term: str) -> str:
    """How a term is looked up: its stems, so that "heart attacks" is "Heart Attack". "" for one never looked for.

    That are function words, words of one letter and numbers, which mean too much, and terms of too many words.
    """
    words = folded_words(term)
    if not words or len(words) > MAX_TERM_WORDS or not any(_tells(word) for word in words):
        return ""
    return " ".join(stems(term))


def is_widened(query: Query) -> bool:
    """Whether a question is in the language of the box, whose words are plain ones."""
    return (query.syntax or detect(query.text[:MAX_CHARACTERS])) == "box"


def widened(tree: Node, search_type: str, lookup: Lookup) -> Widened:
    """The tree with the synonyms of its words beside them, at most `MAX_SYNONYMS` a term and `MAX_IN_QUERY` in all."""
    widening = _Widening(lookup)
    return Widened(widening.node(tree, search_type), tuple(widening.found.values()))


class _Widening:
    """One walk through a tree."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._left = MAX_IN_QUERY
        self.found: dict[str, Expansion] = {}

    def node(self, node: Node, search_type: str) -> Node:
        match node:
            case Field(name, part):
                return Field(name, self.node(part, name))
            case Boost(part, weight):
                return Boost(self.node(part, search_type), weight)
            case And(parts):
                return _one_or(And, self._joined(parts, search_type))
            case Or(parts):
                return Or(tuple(self.node(part, search_type) for part in parts))
            case AtLeast(parts, minimum):
                return AtLeast((*parts, *self._beside(parts, search_type)), minimum)
            case Word():
                return self._joined((node,), search_type)[0]
        return node

    def _joined(self, parts: Sequence[Node], search_type: str) -> tuple[Node, ...]:
        """Parts of an And: words side by side that are a term become one part with its synonyms."""
        found: list[Node] = []
        for group, expansion in self._terms(parts, search_type):
            if expansion is None:
                found += [part if isinstance(part, Word) else self.node(part, search_type) for part in group]
            else:
                found.append(Or((_one_or(And, group), _others(expansion))))
        return tuple(found)

    def _beside(self, parts: Sequence[Node], search_type: str) -> list[Node]:
        """Synonyms of the words of an AtLeast, as further parts of it."""
        words = [part.part if isinstance(part, Boost) else part for part in parts]
        return [_others(expansion) for _, expansion in self._terms(words, search_type) if expansion]

    def _terms(self, parts: Sequence[Node], search_type: str) -> Iterator[tuple[tuple[Node, ...], Expansion | None]]:
        """The parts in groups, in order, each with what it is widened by: the longest terms from the left on."""
        senses = self._senses(parts) if search_type in WIDENED_TYPES else {}
        place = 0
        while place < len(parts):
            for end in range(min(len(parts), place + MAX_TERM_WORDS), place, -1):
                group = tuple(parts[place:end])
                key = _key(group)
                if key in senses and (expansion := self._expansion(key, group, senses[key])):
                    yield group, expansion
                    place = end
                    break
            else:
                yield (parts[place],), None
                place += 1

    def _senses(self, parts: Sequence[Node]) -> Mapping[str, Sequence[Sense]]:
        keys = {
            _key(parts[place:end]): None
            for place in range(len(parts))
            for end in range(place + 1, min(len(parts), place + MAX_TERM_WORDS) + 1)
        }
        keys.pop("", None)
        return self._lookup.senses(list(keys)) if keys else {}

    def _expansion(self, key: str, group: Sequence[Node], senses: Sequence[Sense]) -> Expansion | None:
        """What a term is widened by; None when there is nothing, or no room for more."""
        if key in self.found:
            return self.found[key]
        wanted = _ranked(key, senses)
        wanted = wanted[: min(MAX_SYNONYMS, self._left)]
        if not wanted:
            return None
        self._left -= len(wanted)
        typed = " ".join(part.text for part in group if isinstance(part, Word))
        vocabularies = dict.fromkeys(sense.vocabulary for sense in senses)
        found = self.found[key] = Expansion(typed, tuple(wanted), senses[0].name, ", ".join(vocabularies))
        return found


def _key(group: Sequence[Node]) -> str:
    """The key of words side by side; "" where something else is among them."""
    texts = [part.text for part in group if isinstance(part, Word)]
    return term_key(" ".join(texts)) if len(texts) == len(group) else ""


def _ranked(key: str, senses: Sequence[Sense]) -> list[str]:
    """The other terms, each once: first those that several vocabularies know, last the systematic names."""
    others: dict[str, str] = {}
    known: Counter[str] = Counter()
    for sense in senses:
        keys = [term_key(term) for term in sense.terms]
        known.update(set(keys))
        for other, term in zip(keys, sense.terms, strict=True):
            others.setdefault(other, term)
    wanted = [other for other in others if other not in ("", key)]
    return [others[other] for other in sorted(wanted, key=lambda each: (_is_formula(others[each]), -known[each]))]


def _others(expansion: Expansion) -> Node:
    return Boost(_one_or(Or, tuple(Word(term) for term in expansion.also)), WEIGHT)


def _one_or(kind: type[And] | type[Or], parts: tuple[Node, ...]) -> Node:
    return parts[0] if len(parts) == 1 else kind(parts)


def _is_formula(term: str) -> bool:
    """Whether a term is a systematic name, which hardly anybody writes, as "4-(acetylamino)phenol"."""
    return any(character.isdigit() or character in "()[]" for character in term)


def _tells(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and word not in FUNCTION_WORDS
