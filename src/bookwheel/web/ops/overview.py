"""How the catalogue stands, to be read in ten seconds: what there is, and what wants attention."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bookwheel.web.jobs.board import Row, board
from bookwheel.web.library import Catalogue
from bookwheel.web.ops.sources import SourceView, sources
from bookwheel.web.people.models import Person

REFUSED_SHOWN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Mail:
    """Digests on their way to readers: those that wait, and those that were refused for good within a week."""

    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`stored` and `found`: records kept, and records readers find; `waiting` changes are not yet indexed. `mail` is
    None where no mail is sent, `moderation` where nothing is moderated."""

    stored: int
    found: int
    waiting: int
    quarantined: int
    people: int
    sources: tuple[SourceView, ...]
    jobs: tuple[Row, ...]
    mail: Mail | None
    moderation: int | None

    @property
    def concerns(self) -> tuple[SourceView, ...]:
        return tuple(each for each in self.sources if each.concern)

    @property
    def failing(self) -> tuple[Row, ...]:
        """Jobs that want attention; those of a source stand with the source."""
        told = {f"harvest:{each.name}" for each in self.concerns}
        return tuple(each for each in self.jobs if each.needs_attention and each.name not in told)

    @property
    def running(self) -> tuple[Row, ...]:
        return tuple(each for each in self.jobs if each.state == "running")

    @property
    def is_well(self) -> bool:
        return not (self.concerns or self.failing or (self.mail and self.mail.failed) or self.moderation)


def overview(catalogue: Catalogue, now: datetime) -> Overview:
    found = sources(catalogue, now)
    return Overview(
        stored=sum(each.counts.live for each in found),
        found=catalogue.count(),
        waiting=catalogue.store.count_changes(catalogue.engine.watermark()),
        quarantined=sum(each.counts.quarantined for each in found),
        people=Person.objects.filter(is_active=True).count(),
        sources=found,
        jobs=board(now),
        mail=_mail(now),
        moderation=_moderation(),
    )


def _mail(now: datetime) -> Mail | None:
    models = _module("bookwheel.web.alerts.models")
    if models is None or not hasattr(models, "Digest"):
        return None
    digests = models.Digest.objects
    refused = digests.filter(state="refused", made__gte=now - REFUSED_SHOWN)
    return Mail(digests.filter(state__in=("prepared", "sending")).count(), refused.count())


def _moderation() -> int | None:
    models = _module("bookwheel.web.comments.models")
    return models.Comment.objects.to_moderate().count() if models else None


def _module(name: str) -> Any:
    """A module of another room, where there is such a room."""
    return import_module(name) if find_spec(name) else None
