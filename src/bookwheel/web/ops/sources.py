"""Where records come from, as operators see it: what is there, what the last runs brought, what is wrong."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bookwheel.config import SourceConfig
from bookwheel.store.model import ProblemKind, Run, SourceCounts
from bookwheel.web.jobs.board import Row, row
from bookwheel.web.library import Catalogue

RUNS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source. `concern` says in English what an operator should look at; "" when all is well."""

    name: str
    kind: str
    address: str
    counts: SourceCounts
    last: Run | None
    harvest: Row | None
    reconcile: Row | None
    is_configured: bool
    concern: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One source with its past."""

    source: SourceView
    settings: tuple[tuple[str, str], ...]
    runs: tuple[Run, ...]
    problems: tuple[ProblemKind, ...]


def sources(catalogue: Catalogue, now: datetime) -> tuple[SourceView, ...]:
    """Every source that is configured or has records, by name."""
    counts = {each.source: each for each in catalogue.store.counts()}
    names = sorted({*counts, *catalogue.config.sources})
    return tuple(_view(catalogue, name, counts.get(name), now) for name in names)


def source_page(catalogue: Catalogue, name: str, now: datetime) -> SourcePage | None:
    """One source; None for a name nobody knows."""
    found = next((each for each in sources(catalogue, now) if each.name == name), None)
    if found is None:
        return None
    config = catalogue.config.sources.get(name)
    return SourcePage(
        found,
        _settings(config) if config else (),
        tuple(catalogue.store.runs(RUNS_SHOWN, name)),
        tuple(catalogue.store.problem_kinds(name)),
    )


def open_address(address: str) -> str:
    """An address without what may be secret in it: user, password and parameters.

    >>> open_address("https://user:secret@example.org/oai?api_key=1")
    'https://example.org/oai'
    """
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.netloc else address


def _view(catalogue: Catalogue, name: str, counts: SourceCounts | None, now: datetime) -> SourceView:
    config = catalogue.config.sources.get(name)
    last = next(iter(catalogue.store.runs(1, name)), None)
    harvest = row(f"harvest:{name}", now)
    return SourceView(
        name=name,
        kind=config.type if config else "",
        address=(open_address(config.url) or config.path) if config else "",
        counts=counts or SourceCounts(name, 0, 0, 0, 0),
        last=last,
        harvest=harvest,
        reconcile=row(f"reconcile:{name}", now),
        is_configured=config is not None,
        concern=_concern(last, harvest),
    )


def _concern(last: Run | None, harvest: Row | None) -> str:
    """The first thing that is wrong."""
    if harvest and harvest.error:
        return harvest.error
    if last and last.state in ("failed", "incomplete"):
        return f"The last run is {last.state}: {last.notes[-1] if last.notes else 'it was stopped.'}"
    return next((note for note in last.notes if note.startswith("alarm")), "") if last else ""


def _settings(config: SourceConfig) -> tuple[tuple[str, str], ...]:
    """What may be shown of its settings; nothing secret."""
    shown = (
        ("type", config.type),
        ("url", open_address(config.url)),
        ("path", config.path),
        ("format", config.format),
        ("sets", ", ".join(config.sets)),
        ("every", config.every),
        ("institution", config.institution),
        ("collection", config.collection),
        ("user", config.user and "…"),
        ("password", config.password and "…"),
        ("api_key", config.api_key and "…"),
    )
    return tuple((name, text) for name, text in shown if text)
