"""The tools: search, one record, a citation, records on the same matter. Read-only, capped as the pages are.

Every record comes with its citation and its address, so that whoever repeats it can say where it stands.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from bookwheel.errors import BookwheelError, UnknownNameError, UnknownRecordError
from bookwheel.exports.base import Item
from bookwheel.exports.citation import cite
from bookwheel.jobs.exporting import address
from bookwheel.library import Found, Library
from bookwheel.search.ranking import SEARCH_TYPES
from bookwheel.search.url import from_url

MAX_HITS = 50
"""Records of one answer."""
MAX_PLACE = 1_000
"""Hits that can be paged to, as on the pages (reliability 1.4)."""
_ABSTRACT = 600
"""Characters of an abstract in a list."""

Answer = dict[str, Any]


class Tools:
    """Answers for one open catalogue. Raises BookwheelError with a sentence for whoever asked."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def search(self, query: str, search_type: str = "AllFields", page: int = 1, size: int = 10) -> Answer:
        """Search the catalogue of open-access literature.

        The query may be plain words, a title, a DOI, or a strategy in the syntax of PubMed, Ovid or CQL.
        `search_type` narrows it: AllFields, Title, Author, Subject, JournalTitle, ISN and others.
        Notes say where the query was understood otherwise than it was written.
        """
        if search_type not in SEARCH_TYPES:
            raise UnknownNameError("search type", search_type, SEARCH_TYPES)
        size = min(max(size, 1), MAX_HITS)
        page = min(max(page, 1), MAX_PLACE // size)
        asked = {"lookfor": query, "type": search_type, "page": str(page), "limit": str(size)}
        result = self._library.search(from_url(asked.items()))
        found = [self._library.record(hit.id) for hit in result.hits]
        return {
            "total": result.total,
            "page": page,
            "notes": [note.text for note in result.notes],
            "records": [self._brief(one) for one in found if one and not one.deleted],
        }

    def get_record(self, record_id: str) -> Answer:
        """One record with all that the catalogue knows of it: title, people, journal, abstract, identifiers, links."""
        found = self._found(record_id)
        whole: Answer = msgspec.to_builtins(found.record)
        return {**self._brief(found), "record": {name: value for name, value in whole.items() if value}}

    def cite(self, record_id: str, style: str = "apa") -> Answer:
        """A record cited: apa, mla, chicago-author-date, chicago-notes, vancouver, ama, harvard, ieee or acs."""
        chosen = self._library.styles.get(style)
        if chosen is None:
            raise UnknownNameError("citation style", style, self._library.styles)
        made = cite(self._item(self._found(record_id)), chosen)
        answer = {"id": record_id, "style": style, "citation": made.text, "warning": made.warning}
        return {name: value for name, value in answer.items() if value}

    def find_similar(self, record_id: str, size: int = 5) -> Answer:
        """Records on the same matter as one that is known, best first."""
        self._found(record_id)
        hits = self._library.similar(record_id, min(max(size, 1), MAX_HITS))
        found = [self._library.record(hit.id) for hit in hits]
        return {"records": [self._brief(one) for one in found if one and not one.deleted]}

    def _found(self, record_id: str) -> Found:
        found = self._library.record(record_id)
        if found is None:
            raise UnknownRecordError(record_id)
        if found.deleted:
            raise BookwheelError(f"record {record_id!r} was withdrawn by its source.")
        return found

    def _item(self, found: Found) -> Item:
        return Item(found.id, found.record, address(self._library.config.public_url, found.id))

    def _brief(self, found: Found) -> Mapping[str, Any]:
        record, item = found.record, self._item(found)
        made = cite(item, "apa")
        abstract = record.abstract.value
        brief = {
            "id": found.id,
            "title": record.title.value,
            "authors": [person.name for person in record.contributors if person.role == "author"][:20],
            "year": record.published.year if record.published else None,
            "journal": record.container.title,
            "doi": record.doi,
            "url": item.url,
            "citation": made.text,
            "warning": made.warning,
            "abstract": abstract if len(abstract) <= _ABSTRACT else abstract[:_ABSTRACT].rsplit(" ", 1)[0] + " …",
        }
        return {name: value for name, value in brief.items() if value}
