import pytest
from lxml import etree

from bookwheel.formats.elements import Elements, Rules, value
from bookwheel.formats.reading import Findings
from bookwheel.records.model import Record, Text
from bookwheel.records.raw import Provenance

RULES = Rules(Provenance("title", "a/b", "as it is"), Provenance("edition", "a/c", "as it is"))


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("<t>10<sup>6</sup> and H<sub>2</sub>O</t>", "10⁶ and H₂O"),
        ("<t>x<sup>n</sup></t>", "xn"),
        ("<t> a\n<i>b</i>c </t>", "a bc"),
        ("<t><f><tex-math>\\begin</tex-math>y</f></t>", "y"),
    ],
)
def test_text_of_an_element(payload: str, expected: str) -> None:
    assert value(etree.fromstring(payload)) == expected


def test_what_no_rule_knows_is_told_at_its_topmost_element() -> None:
    root = etree.fromstring("<r><a><b>T</b><c>2nd</c><d><e/></d></a><f><b/></f></r>")
    findings = Findings()
    elements = Elements(root, RULES)
    elements.trace(findings)
    reading = findings.reading(Record("i", "s", "", "", "", "", title=Text("T")))
    assert elements.text("a/b") == "T"
    assert reading.unused == ("a/d", "f", "a/c")
    assert [rule.element for rule in reading.provenance] == ["a/b"]
