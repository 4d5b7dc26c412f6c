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
    """One for each work, in order. Asks the catalogue once for each: for the works of a page."""
    return [_hit(catalogue, work) for work in works]


def _hit(catalogue: Catalogue, work: Work) -> HitView:
    found = catalogue.record(work.record_id)
    if found is None or found.deleted:
        return gone(work)
    return hit_view(Hit(found.id, 0.0, found.document))


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
