"""Puts the first hits of a question in plain words in order by words and meaning together.

The engine finds and counts; only the order of its first hits changes, so every total, facet and page number is the
engine's. Without vectors, or with a broken model, the engine's answer stands as it is.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bookwheel.errors import BookwheelError
from bookwheel.search.analysis import title_key
from bookwheel.search.engine import Engine
from bookwheel.search.notes import remark
from bookwheel.search.query import And, Query, Word
from bookwheel.search.relax import is_prose
from bookwheel.search.results import Hit, SearchResult
from bookwheel.semantic.encoder import Encoder, load
from bookwheel.semantic.files import VECTORS
from bookwheel.semantic.rerank import fused
from bookwheel.semantic.vectors import Vectors

DEPTH = 200
"""Hits that are put in order: nineteen twentieths of what a search of all vectors would gain, and no index of them."""

NOTE = remark("semantic", "Ordered by words and by nearness in meaning (the first %(depth)s hits).", depth=DEPTH)

MIN_TITLE, MAX_NAMED = 3, 10
"""Words that make a question part of a title, and hits that may bear it: what more bear is a topic."""

_CURSOR = "m"
"""Before the number of hits passed, while they are ordered here; behind them the engine's own cursor goes on."""

_log = logging.getLogger(__name__)


class _Judge(NamedTuple):
    encoder: Encoder
    vectors: Vectors


class Meaning:
    """The vectors of a catalogue and the model that made them, opened at the first question that needs them.

    Threads may share it. Vectors that are built while it is open are used from the next question on.
    """

    def __init__(self, folder: Path, load: Callable[[Path], Encoder] = load) -> None:
        self._folder = folder
        self._load = load
        self._lock = threading.Lock()
        self._judge: _Judge | None = None
        self._is_broken = False

    def close(self) -> None:
        if self._judge:
            self._judge.vectors.close()

    def search(self, engine: Engine, query: Query) -> SearchResult:
        """What the engine answers to a question that `is_plain`, with its first hits in the new order and a note.

        `query` is as the engine is to be asked, its text as the reader typed it. The note is of kind "semantic".
        """
        begin = _passed(query)
        if begin >= DEPTH or query.size <= 0:
            return engine.search(query)
        end = begin + query.size
        result = engine.search(replace(query, page=1, size=max(DEPTH, end), after=""))
        cursor = result.next_after
        if end < min(DEPTH, len(result.hits)):
            cursor = f"{_CURSOR}{end}"
        elif end >= result.total:
            cursor = ""
        order = self._order(query.text, result.hits[:DEPTH])
        hits = result.hits
        notes = result.notes
        if order:
            hits = (*(hits[place] for place in order), *hits[DEPTH:])
            notes = (*notes, NOTE)
        return replace(result, hits=hits[begin:end], notes=notes, next_after=cursor)

    def _order(self, text: str, hits: Sequence[Hit]) -> list[int]:
        """Places of the hits, best first; [] where nothing is known of their meaning."""
        judge = self._opened()
        if judge is None or len(hits) < 2:
            return []
        try:
            vectors = judge.vectors.vectors(hit.id for hit in hits)
            if not vectors or judge.vectors.model() != judge.encoder.name:
                return []
            near = dict(zip(vectors, judge.encoder.nearness(text, list(vectors.values())), strict=True))
        except BookwheelError as error:
            self._give_up(error)
            return []
        order = fused([hit.score for hit in hits], [near.get(hit.id) for hit in hits])
        first = named(text, hits)
        return [*first, *(place for place in order if place not in first)]

    def _opened(self) -> _Judge | None:
        with self._lock:
            if self._judge is None and not self._is_broken and (self._folder / VECTORS).is_file():
                try:
                    self._judge = _Judge(self._load(self._folder), Vectors(self._folder / VECTORS))
                except BookwheelError as error:
                    self._give_up(error)
            return self._judge

    def _give_up(self, error: BookwheelError) -> None:
        """A search goes on without meaning; 'bookwheel check' tells the operator the same."""
        self._is_broken = True
        self._judge = None
        _log.warning("searching by words alone: %s", error)


def is_plain(query: Query) -> bool:
    """Whether a question, as it was read, is words and nothing else, over all fields, by relevance.

    Not one with a phrase, field, identifier, wildcard, range or Boolean operator: whoever writes those means them.
    """
    if query.sort != "relevance" or query.search_type != "AllFields":
        return False
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    return all(isinstance(part, Word) for part in parts) and is_prose(query.text)


def named(text: str, hits: Sequence[Hit]) -> list[int]:
    """Places of the hits whose title holds the question word for word: somebody knows what they look for.

    They stand in front as the engine ranks them; [] when the question is short, or in the titles of many.
    """
    words = title_key(text)
    if words.count(" ") < MIN_TITLE - 1:
        return []
    titles = (hit.document.get("title", ("",))[0] for hit in hits)
    found = [place for place, title in enumerate(titles) if f" {words} " in f" {title_key(title)} "]
    return found if len(found) <= MAX_NAMED else []


def _passed(query: Query) -> int:
    """Hits before the page asked for; DEPTH behind a cursor of the engine's."""
    if not query.after:
        return query.offset
    number = query.after.removeprefix(_CURSOR)
    return int(number) if number != query.after and number.isdecimal() else DEPTH
