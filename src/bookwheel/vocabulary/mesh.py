"""MeSH's descriptors as NLM publishes them: desc2026.xml and d2026.bin.

Source: https://www.nlm.nih.gov/mesh/xmlmesh.html and https://www.nlm.nih.gov/mesh/mesh_at.html (2026).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from bookwheel.errors import VocabularyError
from bookwheel.formats.xml import parse
from bookwheel.vocabulary.concepts import Concept

_BLOCK = 1 << 20
_MAX_RECORD = 20_000_000
"""Bytes of one record: the largest of MeSH has under 200,000."""

_BEGIN = re.compile(rb"<DescriptorRecord[\s>]")
_END = b"</DescriptorRecord>"


def read_xml(stream: BinaryIO) -> Iterator[Concept]:
    """Each DescriptorRecord by itself: the file's DOCTYPE, which is never followed, is left behind.

    Raises XmlError for a record that is no XML, VocabularyError for one without its end.
    """
    for payload in _records(stream):
        record = parse(payload)
        name = record.findtext("DescriptorName/String") or ""
        terms = [term.text or "" for term in record.findall("ConceptList/Concept/TermList/Term/String")]
        trees = [number.text or "" for number in record.findall("TreeNumberList/TreeNumber")]
        synonyms = dict.fromkeys(term for term in terms if term and term != name)
        yield Concept(name, tuple(synonyms), record.findtext("DescriptorUI") or "", tuple(filter(None, trees)))


def read_ascii(stream: BinaryIO) -> Iterator[Concept]:
    """Records of lines "MH = Calcimycin", "ENTRY = A-23187|T109|…", "MN = D02.355.291"."""
    name, code, synonyms, trees = "", "", dict[str, None](), list[str]()
    for line in stream:
        key, _, value = line.decode("utf-8").strip().partition(" = ")
        if key == "*NEWRECORD":
            if name:
                yield Concept(name, tuple(synonyms), code, tuple(trees))
            name, code, synonyms, trees = "", "", {}, []
        elif key == "MH":
            name = value
        elif key == "UI":
            code = value
        elif key in ("ENTRY", "PRINT ENTRY"):
            synonyms[value.partition("|")[0]] = None
        elif key == "MN":
            trees.append(value)
    if name:
        yield Concept(name, tuple(synonyms), code, tuple(trees))


def _records(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of each record, one in memory at a time."""
    waiting = b""
    while block := stream.read(_BLOCK):
        waiting += block
        while (begin := _BEGIN.search(waiting)) and (end := waiting.find(_END, begin.start())) >= 0:
            yield waiting[begin.start() : end + len(_END)]
            waiting = waiting[end + len(_END) :]
        if begin is None:
            # The beginning of the next record may lie across two blocks.
            waiting = waiting[-len(b"<DescriptorRecord ") :]
        elif len(waiting) > _MAX_RECORD:
            raise VocabularyError(f"a record of more than {_MAX_RECORD} bytes")
    if _BEGIN.search(waiting):
        raise VocabularyError("the last record has no end; the file was cut off")
