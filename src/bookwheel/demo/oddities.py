"""What real feeds also hold: second versions of the same work, missing parts, strange and hostile content.

Where a number stands in each round of two hundred decides what becomes of its sample, so every kind turns up
early and often, and a million samples hold thousands of each.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from unicodedata import normalize

from bookwheel.demo.people import orcid
from bookwheel.demo.sample import Author, Sample
from bookwheel.demo.vocabulary import vocabulary

ROUND = 200
_BACK = 41
"""How far back the first version of a twin stands; no oddity stands 41 before a twin."""


def original_of(number: int) -> int | None:
    """The number of the sample that this one is a second version of; None for most."""
    return number - _BACK if number % ROUND in TWINS and number >= _BACK else None


def changed(sample: Sample, number: int, identifier: str, datestamp: str) -> Sample:
    """The sample as served under this number; `sample` is the original's when the number is a twin's."""
    place = number % ROUND
    if original_of(number) is not None:
        sample = TWINS[place](sample._replace(identifier=identifier, datestamp=datestamp))
    elif place in ODDITIES:
        sample = ODDITIES[place](sample)
    return sample


def preprint(sample: Sample) -> Sample:
    """The same work on a preprint server: no volume or pages, another DOI, a title a little different."""
    return sample._replace(
        publisher=vocabulary().preprint_publisher,
        journal="Invented Preprints",
        issn="",
        eissn="",
        volume="",
        issue="",
        start_page="",
        end_page="",
        doi=sample.doi.replace("invented.", "preprint."),
        title=sample.title.replace(":", " –", 1),
        url=sample.url + "/preprint",
    )


def names_turned(sample: Sample) -> Sample:
    """The same work from a database that writes "Family, Given", with its DOI as an address in capitals."""
    turned = tuple(a._replace(name=_family_first(a.name), orcid="") for a in sample.authors)
    return sample._replace(authors=turned, doi="https://doi.org/" + sample.doi.upper(), title=sample.title + ".")


def initials(sample: Sample) -> Sample:
    """The same work with initials for given names, other quotation marks and dashes, and no DOI."""
    title = sample.title.replace("’", "'").replace("–", "-").replace(":", ": ")
    short = tuple(Author(_with_initials(a.name), affiliation=a.affiliation) for a in sample.authors)
    return sample._replace(authors=short, title=title, doi="", publisher=sample.publisher.upper())


def no_abstract(sample: Sample) -> Sample:
    return sample._replace(abstract="")


def many_authors(sample: Sample) -> Sample:
    """A hundred and twenty authors of one collaboration."""
    people = [
        tradition.pattern % {"given": given, "family": family}
        for tradition in vocabulary().traditions
        for given, family in zip(tradition.given, tradition.family, strict=False)
    ]
    authors = tuple(Author(name, orcid(name), f"Invented Collaboration, site {i % 9}") for i, name in enumerate(people))
    return sample._replace(authors=authors[:120], title=f"{sample.title}: the IMAGINE collaboration")


def long_title(sample: Sample) -> Sample:
    parts = "; ".join(f"part {i}, {keyword}" for i, keyword in enumerate(sample.keywords * 8, 1))
    return sample._replace(title=f"{sample.title}, with remarks on its parts: {parts}")


def right_to_left(sample: Sample) -> Sample:
    """A title that changes direction three times."""
    return sample._replace(
        title=f"مراجعة (2019–2021): {sample.title} — סקירה ABC‎ 12%",
        language="ara",
        authors=(Author("محمد بن يوسف"), Author("רחל Cohen כהן"), *sample.authors),
    )


def formulae(sample: Sample) -> Sample:
    """Markup of formulae, as publishers send it, and a chemical name that is mostly punctuation."""
    return sample._replace(
        title="Uptake of CO<sub>2</sub> and H<sub>2</sub>O at 10<sup>−3</sup> bar by <i>N</i>,<i>N′</i>-"
        "bis(2-[4-oxo-3<i>H</i>]imidazo-[1,2-<i>a</i>]pyridyl)urea: E = mc<sup>2</sup> & α ≤ β < γ",
        abstract=sample.abstract + " The constant was 6.02 × 10<sup>23</sup> mol<sup>−1</sup>, and p < 0.001 & n > 30.",
    )


def hostile(sample: Sample) -> Sample:
    """Content that would run, load or deface, were it put into a page as it stands."""
    return sample._replace(
        title='Robust <script>alert(0)</script> pages: "quotes" & <img src=x onerror=alert(1)> in metadata',
        authors=(Author('<b onmouseover="alert(2)">Mallory</b>'), Author("Robert'); DROP TABLE records;--")),
        abstract="</div><style>body{display:none}</style> Harmless text between tags. {{ 7 * 7 }} ${7*7} "
        '<a href="javascript:alert(3)">a link</a>',
        url="javascript:alert(document.domain)",
        keywords=('"><svg onload=alert(4)>', "web security"),
    )


def no_date(sample: Sample) -> Sample:
    return sample._replace(published="")


def year_alone(sample: Sample) -> Sample:
    return sample._replace(published=sample.published[:4])


def year_and_month(sample: Sample) -> Sample:
    return sample._replace(published=sample.published[:7])


def impossible_date(sample: Sample) -> Sample:
    return sample._replace(published=sample.published[:4] + "-13-41")


def no_authors(sample: Sample) -> Sample:
    return sample._replace(authors=(), title="Editorial: " + sample.title)


def a_body(sample: Sample) -> Sample:
    """An author that is no person."""
    return sample._replace(authors=(Author("Invented Working Group on Samples", affiliation="Nowhere"),))


def addresses(sample: Sample) -> Sample:
    """E-mail addresses, which no page, index or export may carry on."""
    return sample._replace(abstract=sample.abstract + " Write to someone@example.org or some.one@mail.example.org.")


def taken_apart(sample: Sample) -> Sample:
    """Letters and their marks as separate characters, and blanks that are not plain ones."""
    return sample._replace(
        title=normalize("NFD", f"Évaluation “naïve” of {sample.title}").replace(" ", " ", 1),
        authors=tuple(a._replace(name=normalize("NFD", a.name)) for a in sample.authors),
    )


def capitals(sample: Sample) -> Sample:
    return sample._replace(title=sample.title.upper())


def wrong_numbers(sample: Sample) -> Sample:
    """An ISSN with a wrong check digit, a DOI that is none, a language nobody knows."""
    return sample._replace(issn=sample.issn[:-1] + ("1" if sample.issn[-1] != "1" else "2"), doi="n/a", language="xx")


def stop_words(sample: Sample) -> Sample:
    """A title of words that many systems throw away."""
    return sample._replace(title="To be or not to be: the who, the what and the it of IT")


def names_of_things(sample: Sample) -> Sample:
    """Names that must be found as typed."""
    return sample._replace(title=f"p53, SARS-CoV-2 and β-catenin in COVID-19: {sample.title}")


def withdrawn(sample: Sample) -> Sample:
    return sample._replace(deleted=True)


TWINS: Mapping[int, Callable[[Sample], Sample]] = MappingProxyType(
    {43: preprint, 81: names_turned, 123: initials, 162: preprint, 187: names_turned}
)

ODDITIES: Mapping[int, Callable[[Sample], Sample]] = MappingProxyType(
    {
        5: no_abstract,
        13: many_authors,
        17: long_title,
        23: right_to_left,
        29: formulae,
        31: hostile,
        37: no_date,
        47: year_alone,
        53: year_and_month,
        59: no_authors,
        61: a_body,
        67: addresses,
        71: taken_apart,
        79: capitals,
        89: wrong_numbers,
        97: stop_words,
        101: impossible_date,
        103: names_of_things,
        109: withdrawn,
        151: no_abstract,
        179: withdrawn,
    }
)


def _family_first(name: str) -> str:
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}" if given else family


def _with_initials(name: str) -> str:
    given, _, family = name.rpartition(" ")
    return f"{given[0]}. {family}" if given else family
