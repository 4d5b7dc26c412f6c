"""What of a record its vector is made from."""

from hashlib import blake2b

from bookwheel.records.model import Record, Text

MAX_CHARACTERS = 1_000
"""The model reads the first 64 word pieces, which are fewer characters than these in any prose."""


def text_of(record: Record) -> str:
    """Title and abstract, in English where there is a choice: the model knows little else. Empty without both."""
    titles = (record.title, *record.other_titles)
    abstracts = (record.abstract, *record.other_abstracts)
    parts = [found for texts in (titles, abstracts) if (found := _english(texts))]
    return ". ".join(parts)[:MAX_CHARACTERS]


def digest(text: str) -> bytes:
    """Tells whether a text is still the one a vector was made from."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _english(texts: tuple[Text, ...]) -> str:
    return next((text.value for text in texts if text.language == "eng" and text.value), texts[0].value)
