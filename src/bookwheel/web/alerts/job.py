"""One pass over the alerts: find what is new, put it into digests, send them.

It may be killed anywhere, run twice at once, and be run again at any time: each step stands in the database before the
next begins.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from bookwheel.errors import BookwheelError
from bookwheel.web.alerts.digests import due_alerts, prepare
from bookwheel.web.alerts.finding import begin, find
from bookwheel.web.alerts.models import Alert, Frequency, on_and_reachable
from bookwheel.web.alerts.sending import Sent, send_due
from bookwheel.web.jobs.context import Context
from bookwheel.web.people.models import Person

log = logging.getLogger(__name__)

BEATS = 20
"""Signs of life that are counted as one: they are given more often than anybody looks."""


def run(context: Context) -> str:
    """All that is due by now."""
    return _pass(context, harvest_only=False)


def after_index(context: Context) -> str:
    """What is to be told whenever new records have come: after an index run."""
    return _pass(context, harvest_only=True)


def _pass(context: Context, *, harvest_only: bool) -> str:
    if not settings.BOOKWHEEL.public_url:
        return "No digests: public_url is not set, and the links in them need it."
    beat = _beat(context)
    failed = _begin(context, beat)
    until = context.library.engine.watermark()
    ready: dict[int, list[int]] = defaultdict(list)
    looked = 0
    for alert in _looked_at(harvest_only, context):
        looked += 1
        try:
            if find(context.library, alert, until, context.now(), beat):
                ready[alert.search.person_id].append(alert.pk)
        except BookwheelError as error:
            failed += 1
            log.warning("alert %s could not be looked through: %s", alert.pk, error)
    prepared = 0
    for person in Person.objects.filter(pk__in=ready):
        next(beat)
        prepared += prepare(person, ready[person.pk], until, context.now()) is not None
    sent = send_due(context.library, context.now, beat)
    return _sentence(looked, failed, prepared, sent)


def _begin(context: Context, beat: Iterator[None]) -> int:
    """Write down what is known already, for alerts that were switched on since; answers how many failed."""
    failed = 0
    for number in list(on_and_reachable().filter(baseline=None).order_by("pk").values_list("pk", flat=True)):
        alert = _alert(number, baseline=None)
        try:
            if alert is not None:
                begin(context.library, alert, beat)
        except BookwheelError as error:
            failed += 1
            log.warning("alert %s could not be begun: %s", number, error)
    return failed


def _looked_at(harvest_only: bool, context: Context) -> Iterator[Alert]:
    """Due alerts one by one, as they are when their turn comes."""
    due = due_alerts(context.now(), harvest_only=harvest_only)
    for number in list(due.order_by("search__person", "pk").values_list("pk", flat=True)):
        if alert := _alert(number):
            yield alert


def _alert(number: int, **more: Any) -> Alert | None:
    """An alert as it is now, its baseline left for when it is needed; None when it was switched off meanwhile."""
    on = Alert.objects.exclude(frequency=Frequency.NEVER).defer("baseline").select_related("search")
    return on.filter(pk=number, **more).first()


def _beat(context: Context) -> Iterator[None]:
    """Every few advances the worker shows that it lives; raises what `context.save` raises."""
    done = 0
    while True:
        if done % BEATS == 0:
            context.save({"steps": done}, f"{done} steps")
        done += 1
        yield


def _sentence(looked: int, failed: int, prepared: int, sent: Sent) -> str:
    parts = [f"{looked} alerts looked through", f"{prepared} digests prepared", f"{sent.sent} sent"]
    parts += [f"{sent.refused} refused for good"] if sent.refused else []
    parts += [f"{sent.postponed} postponed"] if sent.postponed else []
    parts += [f"{failed} alerts could not be asked"] if failed else []
    return ", ".join(parts) + (": the server for mail does not answer." if sent.is_down else ".")
