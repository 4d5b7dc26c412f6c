"""What a search asks, in a line of words beside its name: fields, filters, years, order, and how it is read."""

from collections.abc import Iterator

from django.utils.translation import gettext

from bookwheel.search.query import Query
from bookwheel.search.syntaxes import SYNTAXES
from bookwheel.web.catalog import labels
from bookwheel.web.catalog.facets import active_filters


def details(query: Query) -> tuple[str, ...]:
    """All that is asked beside the words; () for words in all fields."""
    return tuple(_details(query))


def _details(query: Query) -> Iterator[str]:
    if query.search_type != "AllFields":
        yield gettext("in %(field)s") % {"field": labels.search_type(query.search_type)}
    for restriction in active_filters(query):
        name = f"{restriction.label}: {restriction.value}"
        yield gettext("not %(filter)s") % {"filter": name} if restriction.excluded else name
    if query.syntax in SYNTAXES and query.syntax != "box":
        yield gettext("in the syntax of %(name)s") % {"name": gettext(SYNTAXES[query.syntax].label)}
    if query.synonyms is not None:
        yield gettext("with synonyms") if query.synonyms else gettext("without synonyms")
    if query.sort != "relevance":
        yield gettext("sorted: %(order)s") % {"order": labels.sort(query.sort)}
