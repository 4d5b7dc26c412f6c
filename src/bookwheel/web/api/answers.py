"""What each endpoint answers to checked parameters, as values that become JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext

from bookwheel.exports import EXPORTS
from bookwheel.exports.base import Item
from bookwheel.exports.citation import cite as cited
from bookwheel.jobs.exporting import address
from bookwheel.search import url
from bookwheel.search.engine import MAX_OFFSET
from bookwheel.search.fields import FACETS
from bookwheel.search.query import FacetRequest, Note, Query
from bookwheel.web.api.facets import facet_values, listed_facet
from bookwheel.web.api.parameters import Asked, Given, Refused, bare
from bookwheel.web.api.records import api_record
from bookwheel.web.catalog import labels
from bookwheel.web.export.menu import search_export_address
from bookwheel.web.library import library
from bookwheel.web.search.suggest import suggestions

if TYPE_CHECKING:
    from bookwheel.library import Found

_FACET_VALUES = 100
_FILTERS_WITHOUT_KEY = 8
"""Reliability 1.4. More are what programs send that try all there are."""


@dataclass(frozen=True, slots=True)
class Question:
    """A request whose parameters are within their limits, as they came and by name."""

    given: Given
    asked: Asked
    is_keyed: bool = False

    def one(self, name: str, otherwise: str = "") -> str:
        return next(iter(self.asked.get(name, ())), otherwise)

    def all(self, name: str) -> tuple[str, ...]:
        """Each value once, in order."""
        return tuple(dict.fromkeys(text for text in self.asked.get(name, ()) if text))

    def number(self, name: str, otherwise: int) -> int:
        return int(self.one(name, str(otherwise)))


Answer: TypeAlias = dict[str, Any]


def search(question: Question) -> Answer:
    """Zero records are VuFind's way to ask for the count and the facets alone."""
    size, page = question.number("limit", url.PAGE_SIZE), question.number("page", 1)
    if size * page > MAX_OFFSET and page > 1 and not question.one("after"):
        reason = gettext("Pages reach up to record %(most)s; `after` goes on from there.") % {"most": MAX_OFFSET}
        raise Refused(400, reason, "page")
    facets = tuple(FacetRequest(name, _FACET_VALUES) for name in question.all("facet") if name in FACETS)
    query = replace(_query(question), facets=facets, page=page, size=size or url.PAGE_SIZE)
    query = replace(query, after=_opened(query, question.one("after")))
    result = library().search(query if size else replace(query, size=1, page=1))
    answer: Answer = {"resultCount": result.total}
    if result.hits and size:
        answer["records"] = [api_record(hit.document, question.all("field")) for hit in result.hits]
        if result.next_after:
            answer["next"] = _signer(query).sign_object(result.next_after)
    if facets:
        answer["facets"] = {facet.field: facet_values(query, result, facet.field) for facet in facets}
    if notes := [_note(note) for note in dict.fromkeys((*query.notes, *result.notes))]:
        answer["notes"] = notes
    return answer | {"status": "OK"}


def record(question: Question) -> Answer:
    records = [api_record(found.document, question.all("field")) for found in _found(question.all("id"))]
    return {"resultCount": len(records), "records": records, "status": "OK"}


def facets(question: Question) -> Answer:
    field = question.one("facet")
    values, onward = listed_facet(
        _query(question),
        field,
        contains=question.one("contains").strip(),
        by_alphabet=question.one("facetsort") == "index",
        size=question.number("limit", 50),
        page=question.number("page", 1),
        after=question.one("after"),
    )
    answer: Answer = {"facet": field, "label": labels.field(field), "values": values}
    return answer | {"next": onward} if onward else answer


def suggest(question: Question) -> Answer:
    found = suggestions(library(), question.one("q"), question.one("type", "AllFields"), question.number("limit", 10))
    return {
        "suggestions": [
            {"value": each.value, "kind": gettext(each.kind.label), "type": each.kind.search_type} for each in found
        ]
    }


def similar(question: Question) -> Answer:
    (found,) = _found((question.one("id"),))
    hits = library().similar(found.id, question.number("limit", 5))
    return {"records": [api_record(hit.document, question.all("field")) for hit in hits]}


def cite(question: Question) -> Answer:
    name = question.one("style", "apa")
    style = library().styles.get(name)
    if style is None:
        known = ", ".join(library().styles)
        raise Refused(404, gettext("There is no style %(name)s; there are %(known)s.") % {"name": name, "known": known})
    citations = []
    for found in _found(question.all("id")):
        made = cited(Item(found.id, found.record, address(library().config.public_url, found.id)), style)
        citation = {"id": found.id, "text": made.text, "html": made.html}
        more = {"inText": made.in_text, "warning": made.warning}
        citations.append(citation | {key: text for key, text in more.items() if text})
    return {"style": name, "label": style.label, "citations": citations}


def export(question: Question) -> Answer:
    if ids := question.all("id"):
        place = f"/Search/Export?{urlencode([('id[]', one) for one in ids], safe='[]')}"
    else:
        place = search_export_address(_query(question))
    place += "&" if "?" in place else "?"
    site = library().config.public_url.rstrip("/")
    return {
        "exports": [
            {
                "name": each.name,
                "label": gettext(each.label),
                "mediaType": each.media_type,
                "address": f"{site}{place}style={each.name}",
            }
            for each in EXPORTS.values()
        ]
    }


ANSWERS: Mapping[str, Callable[[Question], Answer]] = MappingProxyType(
    {
        "search": search,
        "record": record,
        "facets": facets,
        "suggest": suggest,
        "similar": similar,
        "cite": cite,
        "export": export,
    }
)

_NOT_OF_THE_QUESTION = ("page", "limit", "after", "facet", "field", "id")


def _query(question: Question) -> Query:
    """The search itself. A filter that cannot be read would find other records than were asked for: refused."""
    if len(question.all("filter")) > _FILTERS_WITHOUT_KEY and not question.is_keyed:
        reason = gettext("More than %(most)s filters need a key.") % {"most": _FILTERS_WITHOUT_KEY}
        raise Refused(403, reason, "filter[]")
    given = [(name, text) for name, text in question.given if bare(name) not in _NOT_OF_THE_QUESTION]
    query = url.from_url(given)
    for note in query.notes:
        if note.kind == "filter":
            raise Refused(400, labels.remark(note), "filter[]")
    return query


def _found(record_ids: tuple[str, ...]) -> "list[Found]":
    """The records there are, in the order asked for. Withdrawn ones are as unknown ones."""
    known = (library().record(record_id) for record_id in record_ids)
    found = [one for one in known if one and not one.deleted]
    if not found:
        # The words are VuFind's: clients compare them.
        raise Refused(404, "Error loading record", "id")
    return found


def _signer(query: Query) -> Signer:
    """Binds a cursor to its search: with another one it would lead anywhere."""
    asked = url.to_url(replace(query, page=1, size=url.PAGE_SIZE, after=""))
    return Signer(salt=f"bookwheel.web.api cursor {asked}")


def _opened(query: Query, after: str) -> str:
    if not after:
        return ""
    try:
        return str(_signer(query).unsign_object(after))
    except (BadSignature, ValueError) as error:
        reason = gettext("This cursor is not of this search: `after` takes what `next` gave, with the same search.")
        raise Refused(404, reason, "after") from error


def _note(note: Note) -> Answer:
    made: Answer = {"kind": note.kind, "text": labels.remark(note), "honoured": note.honoured}
    if note.start is not None and note.end is not None:
        made |= {"start": note.start, "end": note.end}
    return made
