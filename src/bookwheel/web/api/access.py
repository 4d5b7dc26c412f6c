"""Who asks, and whether they may still ask: strangers so often in a minute, a key so often in a day.

Strangers are counted by address, each process for itself, in memory alone: two workers allow twice as much, and a
restart forgets. Keys are counted in their file, for all processes together.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from math import ceil
from threading import Lock
from time import monotonic

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from bookwheel.store.keys import Use
from bookwheel.web.api.endpoints import Endpoint
from bookwheel.web.api.parameters import Refused
from bookwheel.web.library import library

_MOST_ADDRESSES = 100_000
"""Addresses remembered; the one that asked least recently is forgotten first."""


@dataclass(frozen=True, slots=True)
class Access:
    """Leave to ask. `headers` say what is left of it (draft-ietf-httpapi-ratelimit-headers)."""

    is_keyed: bool
    headers: dict[str, str]


class Buckets:
    """A bucket of `size` tokens for each address, filled again within a minute; every request takes one."""

    def __init__(self, most: int = _MOST_ADDRESSES) -> None:
        self._most = most
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, address: str, size: int, now: float) -> tuple[int, float]:
        """Whole tokens left, -1 when there was none to take, and the seconds until there is one to take."""
        with self._lock:
            level, before = self._levels.pop(address, (float(size), now))
            level = min(float(size), level + (now - before) * size / 60)
            is_allowed = level >= 1
            level -= is_allowed
            self._levels[address] = (level, now)
            if len(self._levels) > self._most:
                self._levels.popitem(last=False)
        return (int(level) if is_allowed else -1), max(0.0, (1 - level) * 60 / size)


_buckets = Buckets()


def access(request: HttpRequest, endpoint: Endpoint) -> Access:
    """Raises Refused: 401 for a key nobody has, 403 for one that is for other things, 429 for too many requests."""
    key = _key(request)
    if key is None:
        return _stranger(request)
    use = library().keys.use(key)
    if use is None:
        reason = gettext("This key is unknown or was revoked. Without a key the API answers too.")
        raise Refused(401, reason, headers={"WWW-Authenticate": "Bearer"})
    if endpoint.scope not in use.key.scopes:
        raise Refused(403, gettext("This key is not for %(scope)s.") % {"scope": endpoint.scope})
    return _keyed(use)


def _key(request: HttpRequest) -> str | None:
    if key := request.headers.get("X-API-Key", "").strip():
        return str(key)
    scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
    return rest.strip() if scheme.lower() == "bearer" else None


def _keyed(use: Use) -> Access:
    now = datetime.now(UTC)
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    left = use.key.per_day - use.key.used if use.is_within_quota else 0
    headers = _headers("day", use.key.per_day, 24 * 3600, left, ceil((midnight - now).total_seconds()))
    if not use.is_within_quota:
        reason = gettext("This key has made its %(most)s requests of today.") % {"most": use.key.per_day}
        raise _too_many(reason, headers, ceil((midnight - now).total_seconds()))
    return Access(True, headers)


def _stranger(request: HttpRequest) -> Access:
    size = settings.BOOKWHEEL.api_per_minute
    if not size:
        return Access(False, {})
    left, seconds = _buckets.take(client(request), size, monotonic())
    headers = _headers("minute", size, 60, max(left, 0), ceil(seconds))
    if left < 0:
        reason = gettext("More than %(most)s requests in a minute need a key.") % {"most": size}
        raise _too_many(reason, headers, ceil(seconds))
    return Access(False, headers)


def client(request: HttpRequest) -> str:
    """Whose address counts: an IPv6 network of /64 is one household."""
    address = reader_address(request)
    if address is None:
        return "unknown"
    return address.exploded[:19] if isinstance(address, IPv6Address) else str(address)


def reader_address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The address the request came from, as our own proxy says it; None when there is none to be known."""
    text = request.META.get("REMOTE_ADDR") or ""
    if name := settings.BOOKWHEEL.address_header:
        # The last value is the one the operator's own proxy wrote; those before it anybody can invent.
        text = request.headers.get(name, "").rpartition(",")[2].strip() or text
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _headers(name: str, quota: int, window: int, left: int, seconds: int) -> dict[str, str]:
    return {"RateLimit-Policy": f'"{name}";q={quota};w={window}', "RateLimit": f'"{name}";r={left};t={seconds}'}


def _too_many(reason: str, headers: dict[str, str], seconds: int) -> Refused:
    return Refused(429, reason, headers={**headers, "Retry-After": str(max(1, seconds))})
