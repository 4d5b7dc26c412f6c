"""PubMed's language read into trees."""

import pytest

from bookwheel.search.parse import parse
from bookwheel.search.query import (
    And,
    Everything,
    Exact,
    Field,
    Heading,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Word,
)

YEAR = "publishDateSort"


def tiab(text: str) -> Node:
    return Field("TitleAbstract", Phrase(text))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("lung cancer[tiab]", tiab("lung cancer")),
        ('"lung cancer"[Title/Abstract]', tiab("lung cancer")),
        ("“lung cancer” [tiab]", tiab("lung cancer")),
        ("smok*[ti]", Field("Title", Prefix("smok"))),
        ("lung cancer*[tw]", Field("TextWord", Prefix("lung cancer"))),
        (
            '"inform* questionnair*"[tiab]',
            Field("TitleAbstract", Near((Prefix("inform"), Prefix("questionnair")), 0, True)),
        ),
        ('"rationing care"[tiab:~3]', Field("TitleAbstract", Near((Phrase("rationing"), Phrase("care")), 3))),
        ("a b", And((Word("a"), Word("b")))),
        ("a[ti] b[ti]", And((Field("Title", Phrase("a")), Field("Title", Phrase("b"))))),
        (
            "a[ti] OR b[ti] AND c[ti]",
            And((Or((Field("Title", Phrase("a")), Field("Title", Phrase("b")))), Field("Title", Phrase("c")))),
        ),
        (
            "a[ti] NOT b[ti] OR c[ti]",
            Or((And((Field("Title", Phrase("a")), Not(Field("Title", Phrase("b"))))), Field("Title", Phrase("c")))),
        ),
        ("2010:2015[dp]", Range(YEAR, "2010", "2015")),
        ('"2010/01/01"[Date - Publication] : "3000"[Date - Publication]', Range(YEAR, "2010", None)),
        ("2012[dp]", Range(YEAR, "2012", "2012")),
        ("Gerber C[au]", Field("Author", Prefix("Gerber C"))),
        ("english[la]", Exact("language", "English")),
        ("eng[la]", Exact("language", "English")),
        ("22937098[pmid]", Exact("pmid_str_mv", "22937098")),
        ("10.1155/2012/393864[doi]", Exact("doi_str_mv", "10.1155/2012/393864")),
        ("nature[ta]", Field("JournalTitle", Phrase("nature"))),
        ("all[sb] NOT a[ti]", Not(Field("Title", Phrase("a")))),
        ("a[ti]\nb[ti]\n#1 OR #2", Or((Field("Title", Phrase("a")), Field("Title", Phrase("b"))))),
        ("#1 a[ti]\n#2 b[ti]\n#3 #1 NOT #2", And((Field("Title", Phrase("a")), Not(Field("Title", Phrase("b")))))),
        ("1. a[ti]\n2. b[ti]\n3. 1 AND 2", And((Field("Title", Phrase("a")), Field("Title", Phrase("b"))))),
        ("a[ti]\nOR b[ti]", Or((Field("Title", Phrase("a")), Field("Title", Phrase("b"))))),
    ],
)  # fmt: skip
def test_reads_pubmed(text: str, tree: Node) -> None:
    found = parse(text, syntax="pubmed")
    assert found.tree == tree
    assert found.reproducible


@pytest.mark.parametrize(
    ("text", "tree", "kind", "place"),
    [
        ("Lung Neoplasms[mh]", Heading("Lung Neoplasms"), "heading", "Lung Neoplasms[mh]"),
        ("Rupture[mh:noexp]", Heading("Rupture", exploded=False), "heading", "Rupture[mh:noexp]"),
        ("Lung Neoplasms/diagnosis[mh]", Heading("Lung Neoplasms"), "subheading", "Lung Neoplasms/diagnosis[mh]"),
        ("Asthma[majr]", Heading("Asthma"), "field", "Asthma[majr]"),
        ("us[sh]", Field("TextWord", Word("ultrasonography")), "subheading", "us[sh]"),
        ("review[pt]", Field("TextWord", Word("review")), "field", "review[pt]"),
        ("a[ti] AND humans[filter]", Field("Title", Phrase("a")), "left-out", "humans[filter]"),
        ("a[ti] NOT (b[ti] AND humans[filter])", Field("Title", Phrase("a")), "not", "NOT (b[ti] AND humans[filter])"),
        ("2010/05:2015[dp]", Range(YEAR, "2010", "2015"), "date", "2010/05:2015[dp]"),
        ("soon[dp]", Everything(), "date", "soon[dp]"),
        ("a[zz]", Field("AllFields", Phrase("a")), "tag", "a[zz]"),
        ("*itis[ti]", Field("Title", Phrase("itis")), "leading-wildcard", "*itis[ti]"),
        ("ct*[ti]", Field("Title", Phrase("ct")), "short-prefix", "ct*[ti]"),
        ("a b[mh:~3]", And((Phrase("a"), Phrase("b"))), "near", "a b[mh:~3]"),
        ("Smith J[1au]", Field("Author", Prefix("Smith J")), "author-place", "Smith J[1au]"),
        ("a[ti] AND #7", Field("Title", Phrase("a")), "reference", "#7"),
        ("a[ti] AND", Field("Title", Phrase("a")), "operator", "AND"),
        ("a[ti])", Field("Title", Phrase("a")), "parentheses", ")"),
        ("a[ti]\nb[ti]\n#1 OR #1", Or((Field("Title", Phrase("a")),) * 2), "unused-line", "b[ti]"),
        ("a[ti] Total references = 15", Field("Title", Phrase("a")), "count", " Total references = 15"),
    ],
)  # fmt: skip
def test_marks_in_place_what_cannot_be_honoured(text: str, tree: Node, kind: str, place: str) -> None:
    found = parse(text, syntax="pubmed")
    notes = {note.kind: text[note.start : note.end] for note in found.notes if not note.honoured}
    assert notes.get(kind) == place
    inner = found.tree.part if kind == "near" and isinstance(found.tree, Field) else found.tree
    assert inner == tree
    assert not found.reproducible


def test_the_lines_of_a_strategy_are_kept() -> None:
    found = parse("  leuk*[ti]\nchildren[tiab]\n#1 AND #2").clause
    assert found is not None
    assert [(number, line.start, line.end) for number, line in found.lines] == [(1, 2, 11), (2, 12, 26), (3, 27, 36)]
    alone = parse("leuk*[ti] AND children[tiab]").clause
    assert alone is not None
    assert alone.lines == ()


def test_headlines_of_a_strategy_are_not_searched() -> None:
    text = "1. Population: adults\nadult[tw]\nOR man[tw]\n2. Test\nct scan[tw]\nCombination\n1 AND 2"
    found = parse(text)
    adults = Or((Field("TextWord", Phrase("adult")), Field("TextWord", Phrase("man"))))
    assert found.tree == And((adults, Field("TextWord", Phrase("ct scan"))))
    headlines = [text[note.start : note.end] for note in found.notes if note.kind == "headline"]
    assert headlines == ["Population: adults", "Test", "Combination"]
