"""Why a record stands where it stands, in words: what each part of the search gains in each field of the record."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from bookwheel.search.fields import FIELDS
from bookwheel.search.ranking import TEXT_COLUMNS
from bookwheel.search.scoring import Explanation, Part
from bookwheel.search.write import write
from bookwheel.web.catalog import labels

_COLUMNS = {
    "title": gettext_noop("Title"),
    "author": gettext_noop("Author"),
    "container": gettext_noop("Journal"),
    "topic": gettext_noop("Subject"),
    "description": gettext_noop("Abstract"),
    "publisher": gettext_noop("Publisher"),
    "affiliation": gettext_noop("Affiliation"),
    "language": gettext_noop("Language"),
    "other": gettext_noop("Numbers, dates and other short fields"),
    "anywhere": gettext_noop("Any field"),
}
"""Text columns by the name they share: `title` holds stems, `title_words` the words as they are."""


@dataclass(frozen=True, slots=True)
class Line:
    """`percent` of the whole score; `how` says how the words were compared and what became of the match."""

    clause: str
    field: str
    how: str
    share: float
    percent: int


@dataclass(frozen=True, slots=True)
class ScorePage:
    score: float
    lines: tuple[Line, ...]


def score_page(explanation: Explanation) -> ScorePage:
    """Lines by falling share."""
    ordered = sorted(explanation.parts, key=lambda part: -part.share)
    return ScorePage(explanation.score, tuple(_line(part, explanation.score) for part in ordered))


def _line(part: Part, score: float) -> Line:
    percent = round(100 * part.share / score) if score else 0
    if part.clause is None:
        how = gettext("the words stand side by side, or are the whole title")
        return Line(gettext("all words together"), gettext("Any field"), how, part.share, percent)
    return Line(write(part.clause), _field(part.column), _how(part), part.share, percent)


def _field(column: str) -> str:
    if not column:
        return gettext("Any field")
    name = column.removesuffix("_words")
    if name in _COLUMNS and column in TEXT_COLUMNS:
        return gettext(_COLUMNS[name])
    return labels.field(column) if column in FIELDS and FIELDS[column].label else column


def _how(part: Part) -> str:
    column = TEXT_COLUMNS.get(part.column)
    if column is None:
        return gettext("the whole value is this one") if part.column else gettext("counts as a whole")
    text = gettext("the word in any of its forms") if column.stemmed else gettext("the word as it is written")
    if part.share < part.alone:
        return gettext("%(how)s; another field says more, so this one counts a little") % {"how": text}
    return text
