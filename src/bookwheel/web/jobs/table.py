"""Which jobs there are: a row for each thing that runs by itself, and those of each source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from bookwheel.config import Config
from bookwheel.web.alerts import job as alerts
from bookwheel.web.jobs import expiring, filling, following
from bookwheel.web.jobs.asking import Wanted
from bookwheel.web.jobs.running import Work

MONTHLY = "32 days"
"""For comparing lists of identifiers: what a source dropped must be missed twice, 31 days apart (jobs/reconcile.py)."""

AT_HARVEST = "alerts at harvest"
"""The job that runs when a harvest changed something and the index has it."""


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
    yield Planned("index", "", partial(filling.index, (AT_HARVEST,) if config.accounts else ()), is_long=True)
    yield Planned("expiry", "1 day", expiring.run)
    if config.accounts:
        yield Planned(AT_HARVEST, "", alerts.after_index)
        yield Planned("alerts", "1 hour", alerts.run)
        yield Planned("follow", "1 day", following.run, is_long=True)
