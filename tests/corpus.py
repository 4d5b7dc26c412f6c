"""Invented documents and question trees for tests: small vocabulary, so that questions meet documents often."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from bookwheel.records.text import title_sort
from bookwheel.search.analysis import folded_words
from bookwheel.search.query import (
    And,
    AtLeast,
    Boost,
    Everything,
    Exact,
    Field,
    Fuzzy,
    Heading,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Word,
)
from bookwheel.search.results import Document

WORDS = [
    "leukemia",
    "leukemias",
    "leukaemia",
    "treatment",
    "treatments",
    "treating",
    "cell",
    "cells",
    "p53",
    "the",
    "who",
    "of",
    "in",
    "and",
    "not",
    "or",
    "to",
    "be",
    "study",
    "studies",
    "chronic",
    "SARS-CoV-2",
    "SARS",
    "CoV",
    "2",
    "Crohn's",
    "disease",
    "diseases",
    "lymphocytic",
    "β-blocker",
    "T-cell",
    "IL-6",
    "CO₂",
    "H2O",
    "x",
    "2012",
    "Éclair",
    "naïve",
    "Müller",
    "Straße",
    "Łódź",
    "işık",
    "Ångström",
    "Sciumè",
    "Reda",
    "O'Brien",
    "лекарство",
    "лечение",
    "Преображенский",
    "ελληνική",
    "Ωμέγα",
    "العربية",
    "أحمد",
    "עברית",
    "北京",
    "大学",
    "研究",
    "東京",
    "データ",
    "한국어",
    "논문",
    "हिन्दी",
    "ภาษาไทย",
]
"""Inflected, accented, compound, of many scripts; function words too, since none is dropped."""

_NAMES = (
    "Cortelezzi, Agostino",
    "Sciumè, Mariarita",
    "Reda, Gianluigi",
    "Müller, Jürgen",
    "O'Brien, Flann",
    "Преображенский, Филипп",
    "李 明",
    "أحمد محمد",
    "World Health Organization",
)
_JOURNALS = ("Advances in Hematology", "Journal of Cells", "Annals of Studies", "Вестник", "東京 研究")
_PUBLISHERS = ("Wiley", "Hindawi", "MDPI AG", "Łódź University Press")
_LANGUAGES = ("English", "French", "German", "Russian", "Chinese")
_FORMATS = ("Article", "Book", "Conference Proceeding")


def documents(count: int = 300, seed: int = 1) -> list[Document]:
    """A pure function of seed and number; the first ones are the odd cases."""
    random = Random(seed)
    return [*ODD, *(_document(random, number) for number in range(count - len(ODD)))]


ODD: tuple[Document, ...] = (
    {"id": ("odd-bare",)},
    {"id": ("odd-signs",), "title": ("— ?! —",), "title_sort": ("",), "author": ("...",)},
    {"id": ("odd-be",), "title": ("To be or not to be",), "title_sort": ("to be or not to be",)},
    {"id": ("odd-who",), "title": ("The Who",), "title_sort": ("who",), "publishDateSort": ("1969",)},
    {"id": ("odd-undated",), "title": ("Leukemia",), "first_indexed": ("soon",)},
    {"id": ("odd-noyear",), "title": ("Leukemia",), "publishDate": ("n.d.",), "publishDateSort": ("n.d.",)},
    {"id": ("odd-long",), "title": ("x" * 3000,), "description": ("leukemia " * 2000,)},
    {
        "id": ("odd-two-values",),
        "title": ("chronic",),
        "title_alt": ("leukemia",),
        "topic": ("chronic", "leukemia"),
        "topic_facet": ("chronic", "leukemia"),
    },
    {"id": ("odd-markup",), "title": ('<script>alert("x")</script> & \\"quotes\\"',), "topic_facet": ('a "b" \\ c',)},
    {"id": ("odd-repeat",), "author": ("Reda, Gianluigi", "Reda, Gianluigi"), "language": ("English", "English")},
)  # fmt: skip


def _document(random: Random, number: int) -> Document:
    title = " ".join(random.choices(WORDS, k=random.randint(1, 7)))
    authors = tuple(random.sample(_NAMES, random.randint(0, 4)))
    topics = tuple(random.sample(WORDS, random.randint(0, 3)))
    year = random.choice(("1960", "1999", "2010", "2011", "2012", "2012", "2020", ""))
    journal = random.choice(_JOURNALS)
    made: dict[str, tuple[str, ...]] = {
        "id": (f"test-art-{number * 7919 % 100_003:05}",),
        "format": (random.choice(_FORMATS),),
        "language": tuple(random.sample(_LANGUAGES, random.randint(0, 2))),
        "institution": (random.choice(("OA Journals", "Elsewhere")),),
        "collection": ("DOAJ",),
        "title": (title,),
        "title_short": (title,),
        "title_full": (title,),
        "title_sort": (title_sort(title),),
        "author": authors,
        "author_sort": authors[:1],
        "series": (journal,),
        "container_title": (journal,),
        "container_volume": (str(random.randint(1, 40)),),
        "publisher": (random.choice(_PUBLISHERS),),
        "publishDate": (f"{year}-01-01",) if year else (),
        "publishDateSort": (year,) if year else (),
        "topic": topics,
        "topic_facet": topics,
        "description": (" ".join(random.choices(WORDS, k=random.randint(0, 40))),),
        "affiliation_txt_mv": (f"University of {random.choice(WORDS)}",),
        "issn": ("1687-9104",) if number % 5 == 0 else ("2041-1723",),
        "doi_str_mv": (f"10.1155/2012/{number}",),
        "work_keys_str_mv": tuple(f"AT {name} {number // 2}" for name in authors),
        # Of a harvest many records have the same moment; those without one came from an index of others.
        "first_indexed": (f"2026-11-{number % 4:02}T10:00:00Z",) if number % 4 else (),
    }
    return {name: kept for name, values in made.items() if (kept := tuple(value for value in values if value))}


WORD_TEXTS = st.sampled_from(WORDS)

_NEAR_WORDS = st.sampled_from(("leukemia", "cell", "the", "study", "chronic", "of", "T-cell", "лечение", "北京"))
_WILDCARDS = st.sampled_from(("le?kemia", "l*mia", "leuk*", "st*", "c??l", "tr*t?*", "лек*о", "?cell", "*ell", "o?"))
_near_leaves: st.SearchStrategy[Node] = st.one_of(
    _NEAR_WORDS.map(Word),
    st.lists(_NEAR_WORDS, min_size=1, max_size=2).map(" ".join).map(Phrase),
    st.sampled_from(("leuk", "stud", "cel", "the ce")).map(Prefix),
    _WILDCARDS.map(Wildcard),
)


def _near(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(parts, min_size=2, max_size=3).map(tuple)
    few = st.lists(parts, min_size=2, max_size=2).map(tuple)
    return st.builds(Near, few, st.integers(0, 4), st.booleans()) | st.builds(
        Near, some, st.integers(0, 1), st.booleans()
    )


_near_parts = _near_leaves | st.lists(_near_leaves, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
_nears = _near(_near_parts | _near(_near_leaves))

_leaves: st.SearchStrategy[Node] = st.one_of(
    WORD_TEXTS.map(Word),
    st.lists(WORD_TEXTS, min_size=1, max_size=3).map(" ".join).map(Phrase),
    st.builds(
        lambda words, slop: Phrase(" ".join(words), slop),
        st.lists(
            st.sampled_from(("leukemia", "cell", "the", "study", "chronic", "of")), min_size=2, max_size=2, unique=True
        ),
        st.integers(1, 4),
    ),
    st.sampled_from(("leuk", "stud", "treat", "сell", "лек", "scium", "sars-co", "crohn", "odd")).map(Prefix),
    st.builds(
        Range,
        st.just("publishDateSort"),
        st.sampled_from((None, "1960", "2010", "2012")),
        st.sampled_from((None, "1999", "2012", "2020")),
    ),
    st.builds(
        lambda pair: Exact(*pair),
        st.sampled_from(
            (
                ("format", "Article"),
                ("language", "English"),
                ("language", "Klingon"),
                ("author_facet", "Reda, Gianluigi"),
                ("issn", "16879104"),
                ("doi_str_mv", "10.1155/2012/7"),
                ("publishDateSort", "2012"),
                ("id", "odd-who"),
                ("nowhere", "x"),
            )
        ),
    ),
    st.just(Everything()),
    _WILDCARDS.map(Wildcard),
    st.builds(Fuzzy, st.sampled_from(("leukemai", "treatmnt", "celll", "chronik", "лечени")), st.integers(1, 2)),
    st.sampled_from(("leukemia", "Disease, Chronic")).map(Heading),
    st.builds(Heading, st.just("x"), subjects=st.sampled_from((("chronic",), ("Leukemia", "nowhere")))),
    _nears,
)

_FIELDS = st.sampled_from(
    ("Title", "Author", "Subject", "JournalTitle", "abstract", "publisher", "ISN", "language", "year")
)


def _branches(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        some.map(And),
        some.map(Or),
        parts.map(Not),
        st.builds(Field, _FIELDS, parts),
        st.builds(Boost, parts, st.sampled_from((0.5, 3.0))),
        st.builds(AtLeast, some, st.integers(1, 4)),
    )


def trees() -> st.SearchStrategy[Node]:
    """Question trees over the vocabulary, of every kind of node."""
    return st.recursive(_leaves, _branches, max_leaves=6)


_ANY_WORD = st.text(min_size=1, max_size=8).filter(lambda text: bool(folded_words(text)) and len(text.split()) == 1)
_TYPED = st.sampled_from(
    (
        "AND",
        "NOT",
        "or",
        "leuk*",
        "a:b",
        "title:x",
        "(x)",
        '5"',
        "-x",
        "+x",
        "x~1",
        "x^2",
        "p53?",
        "wom?n",
        "10.1000/abc",
        "A",
        "\\x",
    )
)
_BOX_WORDS: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(_ANY_WORD, _TYPED, WORD_TEXTS).filter(lambda text: text == text.strip())
)


def box_trees() -> st.SearchStrategy[Node]:
    """Trees as the parser makes them, of any words: what `write` prints must be read as the same tree."""
    leaf: st.SearchStrategy[Node] = st.one_of(
        _BOX_WORDS.map(Word),
        st.builds(Phrase, st.lists(_BOX_WORDS, min_size=1, max_size=3).map(" ".join), st.integers(0, 100)),
        _BOX_WORDS.filter(lambda text: len(folded_words(text)[-1]) >= 3).map(Prefix),
        st.builds(Range, st.just("publishDateSort"), st.none() | st.just("1999"), st.none() | st.just("2012")),
        st.builds(Exact, st.sampled_from(("id", "issn", "author_facet", "doi_str_mv")), _BOX_WORDS),
        st.just(Everything()),
        st.sampled_from(("wom?n", "leuk*mia", "T-c?ll*", "лек?рств*")).map(Wildcard),
        st.builds(Fuzzy, st.sampled_from(("leukemia", "лечение", "naïve")), st.integers(1, 2)),
        st.builds(
            Heading, st.sampled_from(("Rotator Cuff", 'a "b" c', "Tomography, Optical Coherence")), st.booleans()
        ),
        _box_nears(_BOX_WORDS.map(Word) | _box_nears(_BOX_WORDS.map(Word))),
    )
    return st.recursive(leaf, _box_branches, max_leaves=8)


def _box_nears(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.builds(Near, some, st.integers(0, 9), st.booleans())


def _box_branches(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    fields = st.sampled_from(("Title", "Author", "AllFields", "abstract"))
    some = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(
        some.map(
            lambda nodes: And(
                tuple(each for node in nodes for each in (node.parts if isinstance(node, And) else (node,)))
            )
        ),
        some.map(
            lambda nodes: Or(
                tuple(each for node in nodes for each in (node.parts if isinstance(node, Or) else (node,)))
            )
        ),
        parts.filter(lambda node: not isinstance(node, Not)).map(Not),
        st.builds(
            Field, fields, parts.filter(lambda node: not isinstance(node, Field | Exact | Range | Everything | Heading))
        ),
        st.builds(Boost, parts, st.sampled_from((0.5, 2.0, 12.25))),
    )
