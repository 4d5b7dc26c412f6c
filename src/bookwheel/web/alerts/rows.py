"""Rows named in questions to the database: never more at once than any database takes."""

from collections.abc import Iterator, Sequence

AT_ONCE = 500


def batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
