"""Every error a caller can act on, in one tree.

BookwheelError
├── ConfigError            the settings file or an environment variable says something we cannot use
├── CatalogueError         the folder is not a catalogue, or cannot be written
├── UnknownNameError       a source, format or engine nobody knows; carries the known names
├── UnknownRecordError     an id no record has
├── SourceError            a repository or file did not deliver
│   ├── TransportError     no usable answer after all tries; trying later may help
│   ├── ProtocolError      an answer that breaks the protocol; trying later will not help
│   │   ├── EndlessListError  the list repeats itself; what came is good, what is missing is unknown
│   │   ├── ResumptionError   the place to go on from is no longer accepted; the list must begin again
│   │   └── XmlError          no well-formed XML; carries line and byte offset
│   └── TooLargeError      an answer over a cap, refused before it fills the memory
├── KeptQueryError         a search kept as a tree cannot be read: a later version wrote it, or it is damaged
├── VocabularyError        a file of words that mean the same cannot be read or kept
├── StoreError             the database refused: full disk, wrong version, locked
│   └── SourceBusyError    another run writes this source; it is free again when that one ends
└── EngineError            the index refused: missing, damaged
    ├── IndexBusyError     another process is indexing, and will take in what we would have
    └── TooBroadError      a question that takes longer than there is time; a narrower one does not

A message says what happened, where, and what to do: one line.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class BookwheelError(Exception):
    """Base of all; `exit_code` is what the command line returns for it."""

    exit_code = 1


class ConfigError(BookwheelError):
    exit_code = 3


class CatalogueError(BookwheelError):
    exit_code = 3


class UnknownNameError(BookwheelError):
    """An unknown name, answered with the known ones.

    >>> print(UnknownNameError("source", "doja", ["files", "doaj"]))
    unknown source 'doja'; known: doaj, files. Did you mean 'doaj'?
    """

    exit_code = 4

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        message = f"unknown {kind} {name!r}; known: {', '.join(names) or 'none'}."
        if near := get_close_matches(name, names, n=1):
            message += f" Did you mean {near[0]!r}?"
        super().__init__(message)


class UnknownRecordError(BookwheelError):
    exit_code = 4

    def __init__(self, record_id: str) -> None:
        super().__init__(f"no record has the id {record_id!r}. 'bookwheel search TEXT' shows ids.")


class SourceError(BookwheelError):
    exit_code = 5


class TransportError(SourceError):
    pass


class ProtocolError(SourceError):
    pass


class XmlError(ProtocolError):
    """`line` counts from 1, `offset` bytes from the start of what was parsed; both 0 where nobody knows."""

    def __init__(self, message: str, line: int = 0, offset: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.offset = offset


class ResumptionError(ProtocolError):
    pass


class EndlessListError(ProtocolError):
    pass


class TooLargeError(SourceError):
    pass


class KeptQueryError(BookwheelError):
    exit_code = 5


class VocabularyError(BookwheelError):
    exit_code = 5


class StoreError(BookwheelError):
    exit_code = 6


class SourceBusyError(StoreError):
    pass


class EngineError(BookwheelError):
    exit_code = 7


class IndexBusyError(EngineError):
    pass


class TooBroadError(EngineError):
    """The message is for readers: what of the question takes so long, and what to do."""
