"""Ovid's language read into trees."""

import pytest

from bookwheel.search.parse import parse
from bookwheel.search.query import And, Exact, Field, Heading, Near, Node, Not, Or, Phrase, Prefix, Range, Wildcard

YEAR = "publishDateSort"


def title(text: str) -> Node:
    return Field("Title", Phrase(text))


def tw(node: Node) -> Node:
    return Field("TitleAbstract", node)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("lung cancer.ti.", title("lung cancer")),
        ("kala-azar.ti,ab", tw(Phrase("kala-azar"))),
        ("(a or b). tw.", tw(Or((Phrase("a"), Phrase("b"))))),
        ("Diagnos$.mp.", Field("TextWord", Prefix("Diagnos"))),
        ("leishmania*.ti,ab.", tw(Prefix("leishmania"))),
        ("tend#nitis.tw.", tw(Wildcard("tend?nitis"))),
        ("h?ematuria.tw.", tw(Or((Wildcard("h?ematuria"), Phrase("hematuria"))))),
        ("node*1.tw.", tw(Or((Wildcard("node?"), Phrase("node"))))),
        (
            "(macula$ adj3 (oedema or edema)).tw.",
            tw(Near((Prefix("macula"), Or((Phrase("oedema"), Phrase("edema")))), 2)),
        ),
        ("(biceps adj load).ti.", Field("Title", Near((Phrase("biceps"), Phrase("load")), 0, True))),
        ("(a adj2 b adj2 c).ti.", Field("Title", Near((Near((Phrase("a"), Phrase("b")), 1), Phrase("c")), 1))),
        (
            '("screening test*" adj2 dement*).ab.',
            Field("abstract", Near((Prefix("screening test"), Prefix("dement")), 1)),
        ),
        ("a.ti. or b.ti. and c.ti.", Or((title("a"), And((title("b"), title("c")))))),
        ("a.ti. not b.ti.", And((title("a"), Not(title("b"))))),
        ("a", Field("TextWord", Phrase("a"))),
        ("Gerber C$.au.", Field("Author", Prefix("Gerber C"))),
        ("a.ti.\nb.ti.\nor/1-2", Or((title("a"), title("b")))),
        ("a.ti.\n\nb.ti.\n\n1 or 2", Or((title("a"), title("b")))),
        ("1 a.ti.\n2 b.ti.\n3 and/1,2", And((title("a"), title("b")))),
        ("a.ti.\nlimit 1 to english language", And((title("a"), Exact("language", "English")))),
        ('a.ti.\nlimit 1 to yr="2005 -Current"', And((title("a"), Range(YEAR, "2005", None)))),
        (
            "a.ti.\nlimit 1 to (english language and yr=\"2005-2010\")",
            And((title("a"), Exact("language", "English"), Range(YEAR, "2005", "2010"))),
        ),
        ("2010-2012.yr.", Range(YEAR, "2010", "2012")),
        ("a.mp. [mp=title, abstract]", Field("TextWord", Phrase("a"))),
        ("MTB/RIF.tw.", tw(Phrase("MTB/RIF"))),
        ('"and".ti.', title("and")),
        ("a.ti,kw.", Or((title("a"), Field("Subject", Phrase("a"))))),
    ],
)  # fmt: skip
def test_reads_ovid(text: str, tree: Node) -> None:
    found = parse(text, syntax="ovid")
    assert found.tree == tree
    assert found.reproducible


@pytest.mark.parametrize(
    ("text", "tree", "kind", "place"),
    [
        ("exp Macular Edema/", Heading("Macular Edema"), "heading", "exp Macular Edema/"),
        (
            "Tomography, Optical Coherence/",
            Heading("Tomography, Optical Coherence", exploded=False), "heading", "Tomography, Optical Coherence/",
        ),
        ("*Lymphatic Metastasis/", Heading("Lymphatic Metastasis", exploded=False), "focus", "*Lymphatic Metastasis/"),
        ("Succimer/du", Heading("Succimer", exploded=False), "subheading", "Succimer/du"),
        ("(humans and animals).sh.", And((Heading("humans", False), Heading("animals", False))), "heading", ".sh."),
        ("procalcitonin.nm.", Field("TextWord", Phrase("procalcitonin")), "field", "procalcitonin.nm."),
        ("a.ti.\nlimit 1 to humans", title("a"), "limit", "humans"),
        ("remove duplicates from 1", None, "duplicates", "remove duplicates from 1"),
        ("a.ti. and 7", And((title("a"), Field("TextWord", Phrase("7")))), "", ""),
        ("a.ti.\nor/1-3", title("a"), "reference", "or/1-3"),
        ("((a and b) adj3 c).ti.", Field("Title", And((Phrase("a"), Phrase("b"), Phrase("c")))), "near", "adj3"),
        ("a/freq=3", Field("TextWord", Phrase("a")), "frequency", "/freq=3"),
        ("$itis.ti.", title("itis"), "leading-wildcard", "$itis"),
        ("a.ti.\nb.ti.\n2 or 2", Or((title("b"), title("b"))), "unused-line", "a.ti."),
        ("a.ti.\nb.ti.\nlimit 2 to humans\n1 not 3", title("a"), "not", "not 3"),
    ],
)  # fmt: skip
def test_marks_in_place_what_cannot_be_honoured(text: str, tree: Node | None, kind: str, place: str) -> None:
    found = parse(text, syntax="ovid")
    notes = {note.kind: text[note.start : note.end] for note in found.notes if not note.honoured}
    assert notes.get(kind, "") == place
    if tree is not None:
        assert found.tree == tree


def test_a_line_that_names_lines_over_and_over_stays_small() -> None:
    text = "a.ti.\n" + "\n".join(f"{number} or {number}" for number in range(1, 90))
    found = parse(text, syntax="ovid")
    assert found.clause is not None
    assert found.clause.weight <= 500
    assert "clauses" in {note.kind for note in found.notes}
