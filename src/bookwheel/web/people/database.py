"""Where people's things are kept: a file of their own beside the records, or PostgreSQL."""

from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bookwheel.errors import ConfigError

# What a person was told is kept survives a power failure (reliability N8); a harvest's file may be quicker.
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;"


def database(url: str, path: Path | None) -> dict[str, Any]:
    """Django's settings of a database at an address ("postgresql://user:password@host/name"), else of a file.

    Without either the database is in memory: for tools that only look at the code. Raises ConfigError.
    """
    if not url:
        name = str(path) if path else ":memory:"
        options = {"init_command": _PRAGMAS, "transaction_mode": "IMMEDIATE"}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}
    try:
        parts = make_url(url)
    except ArgumentError as error:
        raise ConfigError(f"people_url={url!r} is no address of a database: {error}") from error
    if parts.get_backend_name() != "postgresql":
        raise ConfigError(f"people_url: {parts.drivername!r} is not supported; known: postgresql, or nothing.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.database or "",
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": parts.host or parts.query.get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
