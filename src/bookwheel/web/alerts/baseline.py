"""What a search found when its alert was switched on, in few bytes: a sorted list of 64-bit hashes of record ids.

Of 1,000,000 records in the list, and as many new ones asked for over the years, one new record is taken for a known one
with a probability of 1,000,000² / 2⁶⁴: once in 18 million such alerts.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import accumulate, pairwise

import zstandard

from bookwheel.library import Library
from bookwheel.search.query import Query
from bookwheel.web.alerts.models import Alert

_BATCH = 1_000
_MOST_BYTES = 1 << 33


class Baseline:
    """The ids that were known."""

    def __init__(self, packed: bytes) -> None:
        steps = array("Q")
        steps.frombytes(zstandard.decompress(packed, max_output_size=_MOST_BYTES))
        if sys.byteorder == "big":
            steps.byteswap()
        self._hashes = array("Q", accumulate(steps))

    def __contains__(self, record_id: str) -> bool:
        wanted = _hash(record_id)
        place = bisect_left(self._hashes, wanted)
        return place < len(self._hashes) and self._hashes[place] == wanted

    def __len__(self) -> int:
        return len(self._hashes)


def pack(record_ids: Iterable[str]) -> bytes:
    """The ids as bytes that `Baseline` reads."""
    return _packed({_hash(record_id) for record_id in record_ids})


def baseline_of(library: Library, query: Query, alert: Alert, beat: Iterator[None]) -> bytes:
    """What the query found when the alert was switched on, though that may be a while ago.

    A record that has not changed since is found now as it was then. Of one that has, the payload of that time is asked.
    `beat` is advanced between two pieces of work.
    """
    hashes = array("Q")
    for number, record_id in enumerate(library.all_matching(query)):
        hashes.append(_hash(record_id))
        if number % _BATCH == 0:
            next(beat)
    known = set(hashes)
    after = alert.cursor
    while changed := library.store.changed(after, _BATCH):
        next(beat)
        after = changed[-1].change
        ids = [row.id for row in changed]
        known.difference_update(map(_hash, ids))
        older = [row.id for row in changed if row.first_change <= alert.cursor]
        known.update(map(_hash, library.matched(query, older, alert.complete_until)))
    return _packed(known)


def _packed(hashes: set[int]) -> bytes:
    ordered = sorted(hashes)
    steps = array("Q", [*ordered[:1], *(later - earlier for earlier, later in pairwise(ordered))])
    if sys.byteorder == "big":
        steps.byteswap()
    return zstandard.compress(steps.tobytes(), 3)


def _hash(record_id: str) -> int:
    return int.from_bytes(blake2b(record_id.encode(), digest_size=8).digest(), "little")
