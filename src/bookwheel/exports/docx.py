"""A bibliography for Word and LibreOffice: a paragraph for each record, in a style named Bibliography."""

from collections.abc import Iterable, Iterator

from bookwheel.exports.base import STYLE, Item
from bookwheel.exports.citation import bibliography
from bookwheel.exports.office import DECLARATION, content_types, relationships, zipped
from bookwheel.exports.parts import iri
from bookwheel.exports.runs import Run, runs
from bookwheel.exports.shelf import Listed
from bookwheel.exports.xml import Xml, element

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MARKS = {
    "italic": element("w:i"),
    "bold": element("w:b"),
    "small caps": element("w:smallCaps"),
    "superscript": element("w:vertAlign", attributes={"w:val": "superscript"}),
    "subscript": element("w:vertAlign", attributes={"w:val": "subscript"}),
}


def write(items: Iterable[Item], style: str | Listed = STYLE) -> Iterator[bytes]:
    types = {"word__document": f"{_TYPE}.document.main+xml", "word__styles": f"{_TYPE}.styles+xml"}
    return zipped(
        [
            ("[Content_Types].xml", [content_types(**types)]),
            ("_rels/.rels", [relationships(("officeDocument", "word/document.xml"))]),
            ("word/_rels/document.xml.rels", [relationships(("styles", "styles.xml"))]),
            ("word/styles.xml", [_STYLES]),
            ("word/document.xml", _document(items, style)),
        ]
    )


def _document(items: Iterable[Item], style: str | Listed) -> Iterator[str]:
    yield f'{DECLARATION}<w:document xmlns:w="{_MAIN}"><w:body>'
    kind = element("w:pPr", element("w:pStyle", attributes={"w:val": "Bibliography"}))
    for citation in bibliography(items, style):
        yield element("w:p", kind, *map(_run, runs(citation.html)))
    yield "</w:body></w:document>"


def _run(run: Run) -> Xml:
    # The order of marks is the schema's, and _MARKS has it.
    marks = [written for mark, written in _MARKS.items() if mark in run.marks]
    look = element("w:rPr", *marks) if marks else Xml()
    text = element("w:r", look, element("w:t", run.text, attributes={"xml:space": "preserve"}))
    address = iri(run.address)
    # A link as a field has its address beside it; the other way needs a list of all addresses in a part of its own.
    return element("w:fldSimple", text, attributes={"w:instr": f' HYPERLINK "{address}" '}) if address else text


_STYLES = DECLARATION + (
    f'<w:styles xmlns:w="{_MAIN}">'
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    ' w:cs="Times New Roman"/><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Bibliography"><w:name w:val="Bibliography"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="120"/><w:ind w:left="720" w:hanging="720"/></w:pPr></w:style>'
    "</w:styles>"
)
"""A hanging indent of half an inch, as the manuals of APA, MLA and Chicago ask for."""
