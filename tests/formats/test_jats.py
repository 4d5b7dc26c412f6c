import pytest
from tests.formats.cases import case

from bookwheel.formats import jats
from bookwheel.records.model import Record, Relation
from bookwheel.records.raw import RawRecord, Reading


def read(meta: str, attributes: str = "", rest: str = "") -> Reading:
    title = "<title-group><article-title>A wheel</article-title></title-group>"
    payload = f"""<article xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}><front><journal-meta/><article-meta>
      {title}{meta}</article-meta></front>{rest}</article>"""
    return jats.read(RawRecord("s", "a:1", "", "jats", payload.encode()))


def record(meta: str, attributes: str = "", rest: str = "") -> Record:
    found = read(meta, attributes, rest).record
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([("ppub", "2005", "3", ""), ("epub", "2004", "11", "2")], "2005-03"),
        ([("collection", "2005", "", ""), ("epub", "2005", "5", "11")], "2005-05-11"),
        ([("epub", "2005", "13", "1")], "2005"),
        ([("pmc-release", "2006", "1", "")], "2006-01"),
    ],
)
def test_date_of_the_issue_unless_online_is_more_exact(dates: list[tuple[str, str, str, str]], expected: str) -> None:
    meta = ""
    for kind, *numbers in dates:
        named = zip(("year", "month", "day"), numbers, strict=True)
        inside = "".join(f"<{name}>{number}</{name}>" for name, number in named if number)
        meta += f'<pub-date pub-type="{kind}">{inside}</pub-date>'
    published = record(meta).published
    assert published is not None
    assert published.value == expected


@pytest.mark.parametrize(
    ("affiliation", "expected"),
    [
        ("<label>1</label>Hall A, <country>France</country>", "Hall A, France"),
        ("<institution>Hall A</institution><country>France</country>", "Hall A, France"),
        ("<sup>1</sup> Hall <italic>A</italic>; <email>a@example.org</email>", "Hall A"),
        ("<institution content-type='original'>As printed</institution><country>X</country>", "As printed"),
    ],
)
def test_affiliations_read_as_printed(affiliation: str, expected: str) -> None:
    meta = f"""<contrib-group><contrib><name><surname>A</surname></name><xref ref-type="aff" rid="a1"/></contrib>
      </contrib-group><aff id="a1">{affiliation}</aff>"""
    assert record(meta).contributors[0].affiliations == (expected,)


def test_a_single_affiliation_is_everybodys() -> None:
    person = "<contrib><name><surname>{}</surname></name></contrib>"
    meta = f"<contrib-group>{person.format('A')}{person.format('B')}</contrib-group><aff>Hall</aff>"
    assert [contributor.affiliations for contributor in record(meta).contributors] == [("Hall",), ("Hall",)]


def test_205_authors_keep_each_their_affiliation() -> None:
    found = case("example-PMC9000205").reading.record
    assert found is not None
    assert len(found.contributors) == 205
    assert found.contributors[204].affiliations == ("Hall B, Geneva",)


def test_listed_collaborators_are_no_authors() -> None:
    meta = """<contrib-group><contrib contrib-type="author"><collab>The Group</collab></contrib></contrib-group>
      <contrib-group content-type="collab-list"><contrib><name><surname>B</surname></name></contrib></contrib-group>"""
    assert [(c.name, c.role) for c in record(meta).contributors] == [("The Group", "author"), ("B", "collaborator")]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("retracted-article", "subject"), ("retraction-forward", "retraction"), ("companion", "other")],
)
def test_related_articles(kind: str, expected: str) -> None:
    meta = f'<related-article related-article-type="{kind}" ext-link-type="doi" xlink:href="10.5555/A"/>'
    assert record(meta).relations == (Relation(expected, "doi", "10.5555/a"),)


def test_entities_of_the_document_type_are_read() -> None:
    assert (
        record("<kwd-group><kwd>p&eacute;ch&eacute; &amp; &nbsp;co</kwd></kwd-group>").subjects[0].value == "péché & co"
    )


def test_body_and_back_count_where_the_front_does_not() -> None:
    rest = "<body><fig/><table-wrap/></body><back><ref-list><ref/><ref/></ref-list></back>"
    assert record("", rest=rest).notes == ("2 references, 1 figure, 1 table",)


def test_an_elocation_id_that_is_the_doi_is_no_number() -> None:
    meta = '<article-id pub-id-type="doi">10.5555/A</article-id><elocation-id>10.5555/a</elocation-id>'
    assert record(meta).container.article_number == ""


def test_translations_bring_titles_and_abstracts_with_their_language() -> None:
    found = case("example-10.5555-roda.2020.7").reading.record
    assert found is not None
    assert [text.language for text in (found.title, *found.other_titles)] == ["por", "eng", "spa"]
    assert [text.language for text in (found.abstract, *found.other_abstracts)] == ["por", "eng", "spa"]
    assert all("Review" not in text.value for text in found.other_titles)
