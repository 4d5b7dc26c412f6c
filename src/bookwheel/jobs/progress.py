"""How a long job tells what it is doing; the command line draws it, everything else may ignore it."""

from typing import Protocol


class Progress(Protocol):
    """Told by a job as it goes: `total` whenever it learns better, `advance` after each piece of work."""

    def total(self, count: int | None) -> None:
        """How many pieces there are in all; None when nobody knows."""

    def advance(self, count: int) -> None:
        """So many more pieces are done."""

    def message(self, text: str) -> None:
        """Something an operator may want to read now, one line."""


class Silent:
    """A Progress nobody watches."""

    def total(self, count: int | None) -> None:
        pass

    def advance(self, count: int) -> None:
        pass

    def message(self, text: str) -> None:
        pass


SILENT = Silent()
