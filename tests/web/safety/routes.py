"""Every route of the site, from the resolver itself: what is tested of all of them misses none that is added."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` is the whole of it, as `resolve(address).route` tells it."""

    pattern: str
    view: Callable[..., Any]
    parameters: frozenset[str]

    @property
    def is_exempt_from_csrf(self) -> bool:
        return bool(getattr(self.view, "csrf_exempt", False))

    @property
    def address(self) -> str | None:
        """Its one address; None for a route with parameters, which has as many as there are things."""
        if self.parameters:
            return None
        plain = "/" + re.sub(r"\\Z$|\$$|^\^", "", self.pattern)
        return plain if is_at(plain, self.pattern) else None


def all_routes() -> tuple[Route, ...]:
    return tuple(_routes(get_resolver(), "", frozenset()))


def is_at(address: str, pattern: str) -> bool:
    """Whether an address leads to the route of that pattern."""
    try:
        return resolve(unquote(urlsplit(address).path)).route == pattern
    except Resolver404:
        return False


def _routes(resolver: URLResolver, before: str, names: frozenset[str]) -> Iterator[Route]:
    for each in resolver.url_patterns:
        # As Django joins them: an expression within another path loses the sign of its beginning.
        here = before + (str(each.pattern).removeprefix("^") if before else str(each.pattern))
        found = names | set(each.pattern.regex.groupindex)
        if isinstance(each, URLPattern):
            yield Route(here, each.callback, found)
        else:
            yield from _routes(each, here, found)
