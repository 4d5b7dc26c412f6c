"""Which jobs there are: a row for each thing that runs by itself, and those of each source."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

from bookwheel.config import Config
from bookwheel.web.jobs import expiring, filling
from bookwheel.web.jobs.asking import Wanted
from bookwheel.web.jobs.running import Work

MONTHLY = "32 days"
"""For comparing lists of identifiers: what a source dropped must be missed twice, 31 days apart (jobs/reconcile.py)."""

AFTER_HARVESTS: Mapping[str, str] = MappingProxyType({"alerts at harvest": "bookwheel.web.alerts.job:after_index"})
"""Jobs that run when a harvest changed something and the index has it, each `name: "module:function"`."""

BY_THE_CLOCK: Mapping[str, tuple[str, str]] = MappingProxyType({"alerts": ("1 hour", "bookwheel.web.alerts.job:run")})
"""Jobs of other rooms with their schedules."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A job of the table. `every` is a schedule as the settings write it, "" for by hand; one that `is_long` may take
    hours, and leaves a worker free for the others; one that `waits` is not due at once."""

    name: str
    every: str
    work: Work
    is_long: bool = False
    waits: bool = False

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.name, self.every, self.waits)


def planned(config: Config) -> Mapping[str, Planned]:
    """Every job of a catalogue, by name."""
    return {each.name: each for each in (*_of_sources(config), *_of_the_house(config))}


def _of_sources(config: Config) -> Iterator[Planned]:
    for name, source in config.sources.items():
        yield Planned(f"harvest:{name}", source.every, partial(filling.harvest, name), is_long=True)
        if source.type == "oai":
            monthly = MONTHLY if source.every else ""
            yield Planned(f"reconcile:{name}", monthly, partial(filling.reconcile, name), is_long=True, waits=True)
    yield Planned("retry", "", filling.retry, is_long=True)


def _of_the_house(config: Config) -> Iterator[Planned]:
    yield Planned("index", "", partial(filling.index, tuple(AFTER_HARVESTS) if config.accounts else ()), is_long=True)
    yield Planned("expiry", "1 day", expiring.run)
    if not config.accounts:
        return
    for name, place in AFTER_HARVESTS.items():
        if work := _found(place):
            yield Planned(name, "", work)
    for name, (every, place) in BY_THE_CLOCK.items():
        if work := _found(place):
            yield Planned(name, every, work)


def _found(place: str) -> Work | None:
    """The function at "module:name", imported when it is called; None where there is no such module."""
    module, _, name = place.partition(":")
    return partial(_call, module, name) if find_spec(module) else None


def _call(module: str, name: str, context: Any) -> str:
    function: Callable[[Any], str] = getattr(import_module(module), name)
    return function(context)
