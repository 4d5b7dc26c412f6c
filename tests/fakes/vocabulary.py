"""Vocabularies as a dictionary, for tests of what asks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bookwheel.search.headings import Exploded
from bookwheel.search.synonyms import Sense, term_key


@dataclass
class FakeVocabularies:
    """`synonyms` are terms that mean what the key means; `headings` the subjects of a heading and what is below it."""

    synonyms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headings: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def is_empty(self) -> bool:
        return not self.synonyms and not self.headings

    def senses(self, keys: Sequence[str]) -> Mapping[str, Sequence[Sense]]:
        own = {term_key(term): Sense(term, tuple(others), "Fake 1") for term, others in self.synonyms.items()}
        return {key: [own[key]] for key in keys if key in own}

    def heading(self, text: str, exploded: bool) -> Exploded | None:
        subjects = self.headings.get(text)
        if subjects is None:
            return None
        return Exploded(text, (text, *(subjects if exploded else ())), 1 + len(subjects) * exploded, "Fake 1")
