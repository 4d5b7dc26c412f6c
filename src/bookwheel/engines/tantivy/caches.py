"""A dict that forgets its oldest entries."""

from collections.abc import Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Bounded(dict[K, V]):
    """At most `limit` entries; when full, the older half goes at once, which costs next to nothing per entry."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def __setitem__(self, key: K, value: V) -> None:
        if len(self) >= self._limit:
            for old in list(self)[: self._limit // 2]:
                self.pop(old, None)
        super().__setitem__(key, value)
