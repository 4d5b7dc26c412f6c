"""Requests refused before they cost anything: pages too deep, too many filters (reliability 1.4, S6, B2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from bookwheel.web.catalog.labels import number
from bookwheel.web.catalog.paging import MAX_HITS, MAX_SIZE

MAX_FILTERS = 8


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why, in one sentence, and what to do instead."""

    status: int
    reason: str
    advice: str


def refusal(
    parameters: Sequence[tuple[str, str]], *, max_hits: int = MAX_HITS, default_size: int = 20
) -> Refusal | None:
    """The cap a request breaks, None when it keeps them all. Of a repeated parameter the last one counts."""
    last = dict(parameters)
    page, size = _counted(last.get("page")), _counted(last.get("limit"))
    if page == 0 or size == 0:
        return Refusal(
            400,
            gettext("A page or a number of results in this address is not a whole number from 1 on."),
            gettext("Start from the first page."),
        )
    if size and size > MAX_SIZE:
        return Refusal(
            400,
            gettext("A page shows at most %(most)s results.") % {"most": number(MAX_SIZE)},
            gettext("Choose a smaller number of results per page."),
        )
    if (page or 1) * (size or default_size) > max_hits and (page or 1) > 1:
        return Refusal(
            400,
            gettext("Results can be paged through up to number %(most)s.") % {"most": number(max_hits)},
            gettext(
                "Narrow the search with a filter or a year, or sort it another way, to bring what you need forward."
            ),
        )
    if sum(name.startswith("filter") for name, _ in parameters) > MAX_FILTERS:
        return Refusal(
            414,
            gettext("A search takes at most %(most)s filters.") % {"most": number(MAX_FILTERS)},
            gettext("Go back and untick some of them, or put the words into the search box."),
        )
    return None


def _counted(text: str | None) -> int | None:
    """The number, None when it is absent or empty, 0 when it is none."""
    if text is None or not text.strip():
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
