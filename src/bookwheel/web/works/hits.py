"""Works as hits of a list: from the catalogue while it has the record, else from what was last known."""

from collections.abc import Iterable

from django.utils.translation import gettext
from markupsafe import Markup, escape

from bookwheel.search.results import Hit
from bookwheel.web.catalog.addresses import phrase_address, record_address
from bookwheel.web.catalog.hits import HitView, Name, hit_view
from bookwheel.web.library import Catalogue
from bookwheel.web.works.models import Work


def work_hits(catalogue: Catalogue, works: Iterable[Work]) -> list[HitView]:
    """One for each work, in order."""
    listed = list(works)
    found = catalogue.found(work.record_id for work in listed)
    return [
        hit_view(Hit(known.id, 0.0, known.document)) if (known := found.get(work.record_id)) else gone(work)
        for work in listed
    ]


def gone(work: Work) -> HitView:
    """A hit for a record that its source has withdrawn; its page says so too."""
    return HitView(
        id=work.record_id,
        address=record_address(work.record_id),
        title=escape(work.title or work.record_id),
        lang="",
        authors=(Name(work.author, phrase_address(work.author, "Author")),) if work.author else (),
        more_authors=0,
        container="",
        year=work.year,
        format=gettext("Withdrawn"),
        snippet=Markup(),
        coins="",
    )
