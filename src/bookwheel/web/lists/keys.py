"""What items are sorted, narrowed and searched by: made of the work, the notes and nothing else.

Folded here and not in the database, so that "Etude" finds "Étude" and both stand in one place on every database.
"""

from bookwheel.records.text import sort_key, title_sort
from bookwheel.search.analysis import folded_words
from bookwheel.web.lists.models import LONGEST_KEY, LONGEST_WORDS, Item
from bookwheel.web.works.models import Work

MOST_WORDS = 20
"""Words of a search inside a list."""


def set_keys(item: Item, work: Work) -> None:
    """Set the keys and words of an item; its notes stand already."""
    item.title_key = sort_key(title_sort(work.title))[:LONGEST_KEY]
    item.author_key = sort_key(work.author)[:LONGEST_KEY]
    item.year = work.year
    item.words = _folded(" ".join((work.title, work.author, work.year, item.notes)))[:LONGEST_WORDS]


def words_asked(text: str) -> list[str]:
    """The beginnings of words that an item has to have, each as `Item.words` can be asked for it: " etud"."""
    return [f" {word}" for word in folded_words(text)[:MOST_WORDS]]


def _folded(text: str) -> str:
    return f" {' '.join(folded_words(text))}"
