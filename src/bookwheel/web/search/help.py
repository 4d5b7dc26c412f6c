"""The help page: how to search, in plain words, with examples made of words this catalogue has."""

from dataclasses import dataclass

from django.utils.translation import gettext

from bookwheel.web.catalog.addresses import question, search_address
from bookwheel.web.catalog.home import newest_and_frequent
from bookwheel.web.library import Catalogue


@dataclass(frozen=True, slots=True)
class Example:
    """A search to try, and what it asks in words."""

    text: str
    address: str
    asks: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Examples of each language, simple ones first."""

    words: tuple[Example, ...]
    fields: tuple[Example, ...]
    pubmed: tuple[Example, ...]
    ovid: tuple[Example, ...]
    cql: tuple[Example, ...]


def help_page(catalogue: Catalogue) -> HelpPage:
    one, two, three = _words(catalogue)
    start = one[:5]
    return HelpPage(
        words=(
            _example(f"{one} {two}", gettext("both words, in any of their forms and in any order")),
            _example(f'"{one} {two}"', gettext("the words side by side, exactly as they are written")),
            _example(f"{one} OR {two}", gettext("either word; operators are written in capitals")),
            _example(f"{one} NOT {two}", gettext("the first word without the second")),
            _example(f"({one} OR {two}) {three}", gettext("parentheses say what belongs together")),
            _example(f"{start}*", gettext("every word that begins so; at least three letters before the star")),
            _example("wom?n", gettext("a question mark stands for exactly one letter")),
            _example(f"{one}~", gettext("words spelled alike")),
            _example(f"{one} NEAR/5 {two}", gettext("both words with at most five others between them")),
        ),
        fields=(
            _example(f"title:{one}", gettext("in the title")),
            _example(f"title:({one} OR {two})", gettext("several words in the title")),
            _example("author:garcia", gettext("among the authors")),
            _example(f"subject:{one}", gettext("among the subjects")),
            _example(f"abstract:{two}", gettext("in the abstract")),
            _example("journal:annals", gettext("in the title of the journal")),
            _example("year:2020", gettext("published in this year")),
            _example("year:[2010 TO *]", gettext("published since this year")),
            _example("10.1155/2012/393864", gettext("a DOI, PMID, ISSN or ISBN leads to the record itself")),
        ),
        pubmed=(
            _example(f"{one}[ti] AND {start}*[tiab]", gettext("in the title, and in title or abstract")),
            _example(f'"{one} {two}"[tiab:~3]', gettext("near one another, with at most three words between")),
            _example(f"{one}[tiab] AND 2010:2020[dp]", gettext("published in these years")),
            _example(f"{one}[tiab]\n{two}[tiab] OR {three}[tiab]\n#1 AND #2", gettext("lines that name one another")),
        ),
        ovid=(
            _example(f"({one} adj3 {two}).ti,ab.", gettext("near one another, in title or abstract")),
            _example(f"{start}$.tw.", gettext("every word that begins so")),
            _example(f"1. {one}.ti.\n2. {two}.ti,ab.\n3. 1 and 2", gettext("numbered lines")),
        ),
        cql=(
            _example(f'dc.title = "{one}" and dc.date >= 2010', gettext("in the title, published since this year")),
            _example(f'dc.subject any "{one} {two}"', gettext("either word among the subjects")),
        ),
    )


def _example(text: str, asks: str) -> Example:
    return Example(text, search_address(question(text)), asks)


_PLAIN_WORDS = ("leukemia", "treatment", "children")
"""For a catalogue whose subjects are in other scripts, or that is still empty."""


def _words(catalogue: Catalogue) -> tuple[str, str, str]:
    """Three words of frequent subjects, so that the examples find something."""
    subjects = newest_and_frequent(catalogue).facets.get("topic_facet")
    texts = [value.value.lower() for value in subjects.values] if subjects else []
    known = [word for text in texts for word in text.split() if word.isascii() and word.isalpha() and len(word) > 5]
    one, two, three = list(dict.fromkeys([*known, *_PLAIN_WORDS]))[:3]
    return one, two, three
