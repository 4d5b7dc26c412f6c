"""Records such as nobody would wish for: any text in every field, with signs that mean something to some format."""

from hypothesis import strategies as st

from bookwheel.exports import Item
from bookwheel.records import kinds
from bookwheel.records.model import (
    Container,
    Contributor,
    Identifier,
    Link,
    PublicationDate,
    Record,
    Relation,
    Series,
    Subject,
    Text,
)

_PIECES = st.sampled_from(
    [
        "=1+1",
        "@SUM(A1)",
        "-2+3",
        "{\\bf x}",
        "\\textbf{",
        "50 % of $5 & #1_a~b^c",
        "ER  - ",
        "TY  - JOUR",
        "\r\nAU  - Nobody",
        "<script>alert(1)</script>",
        "]]>",
        "&amp; &lt; &#0;",
        "p<0.05 and q>3",
        "<i>E. coli</i> in H<sub>2</sub>O",
        "\"quoted\" and 'quoted'",
        "_x000D_",
        "\x1d\x1e\x1f",
        "\x00\x07\x85\u2028",
        "\ufffe\uffff\U0001f600",
        "\u202eevil\u202c",
        "Лечение 白血病 العلاج",
        "*starred* [link](javascript:x) `code`",
        "1. First",
        'https://example.org/a b<c>?d="e"',
    ]
)
texts = st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=4).map(" ".join)
_words = st.one_of(texts, st.sampled_from(["Agostino Cortelezzi", "van der Werf, Tjip S.", "King, Martin Luther, Jr."]))
_languages = st.sampled_from(["", "eng", "spa", "zho", "xxx", "grc"])
_text = st.builds(Text, texts, _languages)
_numbers = st.one_of(st.just(""), st.sampled_from(["2012", "S1", "393864", "e12-e19", "xiv"]), texts)
_dates = st.one_of(
    st.none(),
    st.sampled_from(["2012", "1999-03", "2020-02-29", "0850"]).map(PublicationDate),
)
_doi = st.one_of(
    st.sampled_from(["10.1155/2012/393864", "10.1002/(sici)1<2::aid>3.0.co;2-0", "10.5555/a_b%20{c}", "10.1/ä"]),
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8).map(lambda t: f"10.1234/{t}"),
)
_identifiers = st.lists(
    st.one_of(
        st.builds(Identifier, st.just("doi"), _doi),
        st.builds(Identifier, st.sampled_from(["pmid", "pmcid", "isbn", "handle", "publisher", "other"]), texts),
    ),
    max_size=3,
).map(tuple)
contributors = st.builds(
    Contributor,
    name=_words,
    role=st.sampled_from(["author", "author", "editor", "translator", "cook"]),
    is_organisation=st.booleans(),
    family=st.one_of(st.just(""), st.just(""), texts),
    given=texts,
    orcid=st.sampled_from(["", "0000-0002-1825-0097"]),
    affiliations=st.lists(texts, max_size=2).map(tuple),
    suffix=st.sampled_from(["", "Jr."]),
)
_containers = st.builds(
    Container, texts, _numbers, _numbers, _numbers, _numbers, _numbers,
    st.sampled_from(["", "1687-9104"]), st.sampled_from(["", "1687-9112"]), st.just(""), st.just(()), texts,
)  # fmt: skip
_relations = st.builds(
    Relation,
    st.sampled_from(["retraction", "correction", "concern", "subject", "preprint", "other"]),
    st.sampled_from(["doi", "pmid", ""]),
    _doi,
    texts,
)


def _some(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=2).map(tuple)


records = st.builds(
    Record,
    id=st.text(min_size=1, max_size=12),
    source=texts,
    source_identifier=texts,
    datestamp=st.sampled_from(["", "2025-08-20T02:20:32Z", "2025-02-30", "soon"]),
    format=st.one_of(st.sampled_from(kinds.KINDS), texts),
    record_format=st.just("Article"),
    title=_text,
    other_titles=_some(_text),
    contributors=st.lists(contributors, max_size=3).map(tuple),
    container=_containers,
    published=_dates,
    publisher=texts,
    abstract=_text,
    other_abstracts=_some(_text),
    languages=_some(_languages),
    subjects=_some(st.builds(Subject, texts, st.sampled_from(["keyword", "MeSH", "LCC", "Zz<"]), texts)),
    identifiers=_identifiers,
    links=_some(st.builds(Link, texts)),
    licence=texts,
    genres=_some(texts),
    edition=texts,
    place=texts,
    extent=texts,
    series=_some(st.builds(Series, texts, texts)),
    notes=_some(texts),
    relations=_some(_relations),
)
items = st.builds(
    lambda record, url: Item(record.id, record, url),
    records,
    st.sampled_from(["", "https://search.example.org/Record/a%2Fb"]),
)
