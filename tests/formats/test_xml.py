import re
from pathlib import Path

import pytest

from bookwheel.formats import xml
from bookwheel.formats.xml import XmlError


@pytest.mark.parametrize(
    ("payload", "line", "offset"),
    [
        (b"", 1, 0),
        (b"words", 1, 0),
        (b"<a>\n<b>\x0b</b></a>", 2, 7),
        (b"<a>\n\n<b></a>", 3, 12),
        (b"<a>&nbsp;</a>", 1, 9),
        (b"<a>&#x0;</a>", 1, 8),
        (b"<a/>trailing", 1, 4),
        ("<?xml version='1.0' encoding='UTF-8'?><a>é</a>".encode("latin-1"), 1, 41),
        (b"<!DOCTYPE html><html/>", 1, 0),
        (b"<?xml version='1.0' encoding='nonsense'?><a/>", 1, 39),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_place(payload: bytes, line: int, offset: int) -> None:
    with pytest.raises(XmlError) as caught:
        xml.parse(payload)
    assert (caught.value.line, caught.value.offset) == (line, offset)


BOMB = b"<!DOCTYPE a [<!ENTITY x '" + b"x" * 1000 + b"'>" + b"<!ENTITY y '" + b"&x;" * 1000 + b"'>]><a>&y;</a>"


@pytest.mark.parametrize(
    "payload",
    [
        b"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
        b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'><a/>",
        BOMB,
        b"<a>" * 300 + b"</a>" * 300,
    ],
    ids=["external entity", "external DTD", "entity bomb", "deep nesting"],
)
def test_attacks_are_refused(payload: bytes) -> None:
    with pytest.raises(XmlError):
        xml.parse(payload)


def test_a_byte_order_mark_is_no_harm() -> None:
    assert xml.parse(b"\xef\xbb\xbf<a/>").tag == "a"


def test_comments_and_instructions_are_no_text() -> None:
    root = xml.parse(b"<a>one<!-- two --><?php three?><b>four</b>five</a>")
    assert "".join(xml.text_pieces(root)) == "onefourfive"


def test_skipped_elements_keep_what_follows_them() -> None:
    root = xml.parse(b"<a>one<n:b xmlns:n='urn:n'>two</n:b>three</a>")
    assert list(xml.text_pieces(root, frozenset("b"))) == ["one", "three"]


def test_local_name() -> None:
    assert xml.local_name(xml.parse(b"<n:a xmlns:n='urn:n'/>")) == "a"


_OF_EXPORTS = {"exports/citing/xml.py", "exports/runs.py"}
"""Exports know no formats: citation styles have a parser of their own, as shut as ours; citations are HTML we made."""


def test_nobody_else_parses_xml() -> None:
    """One factory keeps the door shut; a second parser would be a second door."""
    parsing = re.compile(
        r"XMLParser|XMLPullParser|HTMLParser|iterparse|fromstring|etree\.parse|etree\.XML|minidom|ElementTree"
    )
    source = Path(xml.__file__).resolve().parent.parent
    elsewhere = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if path != Path(xml.__file__).resolve() and parsing.search(path.read_text(encoding="utf-8"))
    }
    assert elsewhere == _OF_EXPORTS
