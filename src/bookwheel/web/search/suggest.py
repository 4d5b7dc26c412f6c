"""What a reader may mean, from the first three letters on: titles, authors, subjects and journals of the catalogue."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from bookwheel.search.analysis import folded_words
from bookwheel.search.deadline import deadline
from bookwheel.search.engine import TITLES
from bookwheel.web.library import Catalogue

MIN_LETTERS = 3
MAX_CHARACTERS = 100
"""Of a text that is still a beginning: whoever typed more is past being helped to type."""
MOST = 10


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of suggestion: values of `field`, searched as `search_type` when one is chosen."""

    field: str
    search_type: str
    label: str


_TITLE = Kind(TITLES, "Title", gettext_noop("Title"))
_AUTHOR = Kind("author_facet", "Author", gettext_noop("Author"))
_SUBJECT = Kind("topic_facet", "Subject", gettext_noop("Subject"))
_JOURNAL = Kind("container_title_str", "JournalTitle", gettext_noop("Journal"))
_PUBLISHER = Kind("publisherStr", "publisher", gettext_noop("Publisher"))

_KINDS = {
    "Title": (_TITLE,),
    "Author": (_AUTHOR,),
    "Subject": (_SUBJECT,),
    "topic": (_SUBJECT,),
    "JournalTitle": (_JOURNAL,),
    "Series": (_JOURNAL,),
    "publisher": (_PUBLISHER,),
    "AllFields": (_TITLE, _AUTHOR, _SUBJECT, _JOURNAL),
}
"""Search type -> what is suggested; other types ask for numbers and words of abstracts, which have no list."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`value` as it stands in the catalogue, what it is, and the search type that finds it."""

    value: str
    kind: Kind


def suggestions(catalogue: Catalogue, text: str, search_type: str, most: int = MOST) -> tuple[Suggestion, ...]:
    """Suggestions for the beginning of a search; none before three letters, nor for a text with operators or fields.

    All fields mix: each kind in turn gives its best, so that no kind crowds out the others. What is not found within
    the time of one search is left out.
    """
    letters = sum(len(word) for word in folded_words(text[:MAX_CHARACTERS]))
    if letters < MIN_LETTERS or len(text) > MAX_CHARACTERS or any(sign in text for sign in '"():*?'):
        return ()
    kinds = _KINDS.get(search_type, ())
    with deadline(catalogue.config.search_deadline_seconds):
        lists = [[Suggestion(value, kind) for value in catalogue.suggest(kind.field, text, most)] for kind in kinds]
    mixed: list[Suggestion] = []
    for rank in range(most):
        mixed += [found[rank] for found in lists if rank < len(found)]
    chosen = mixed[:most]
    # Those of a kind stand together, in the order of the kinds.
    return tuple(each for kind in kinds for each in chosen if each.kind is kind)
