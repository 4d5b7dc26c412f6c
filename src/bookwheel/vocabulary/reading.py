"""Reads the files vocabularies come in, each known by its name and first bytes; one concept after the other."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bookwheel.errors import SourceError, VocabularyError
from bookwheel.vocabulary import mesh
from bookwheel.vocabulary.concepts import Concept
from bookwheel.vocabulary.tables import read_rules, read_table


def read(path: Path) -> Iterator[Concept]:
    """The concepts of a file, which may be packed with gzip.

    MeSH's descriptors as NLM publishes them (XML or ASCII), a table in TSV or CSV, or lines of synonyms (.txt).
    Raises VocabularyError for a file that cannot be read or holds no concepts, with the line where one is to blame.
    """
    found = False
    try:
        with _opened(path) as stream:
            for concept in _reader(path, stream.peek(4096)[:4096])(stream):
                if concept.terms:
                    found = True
                    yield concept
    except (OSError, EOFError, UnicodeDecodeError, SourceError, VocabularyError) as error:
        raise VocabularyError(f"{path}: {error}. 'bookwheel vocabulary load --help' names the forms.") from error
    if not found:
        raise VocabularyError(f"{path}: it holds no terms. 'bookwheel vocabulary load --help' names the forms.")


def label_of(path: Path) -> str:
    """What readers are told a file is: "MeSH 2026" for desc2026.xml, else its name without endings."""
    name = path.name.split(".")[0]
    match = re.fullmatch(r"(?:desc|d)(20[0-9]{2})", name)
    return f"MeSH {match[1]}" if match else name


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    with path.open("rb") as packed:
        if packed.peek(2)[:2] != b"\x1f\x8b":
            yield packed
            return
        with gzip.open(packed) as unpacked:
            yield io.BufferedReader(unpacked)


def _reader(path: Path, sample: bytes) -> Callable[[io.BufferedReader], Iterator[Concept]]:
    if sample.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return mesh.read_xml
    if sample.startswith(b"*NEWRECORD"):
        return mesh.read_ascii
    suffix = next((suffix for suffix in reversed(path.suffixes) if suffix != ".gz"), "")
    if suffix not in _TABLES:
        raise VocabularyError(f"no form is known for the ending {suffix!r}")
    return _TABLES[suffix]


_TABLES = {".txt": read_rules, ".tsv": read_table, ".tab": read_table, ".csv": read_table}
