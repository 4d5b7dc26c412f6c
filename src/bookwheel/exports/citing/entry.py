"""One item on its way through a style: its variables, and which of them were asked for and found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bookwheel.exports.citing.locale import Locale

Item = Mapping[str, Any]
"""A CSL-JSON item: https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html"""

_NAMES_ROW = """
author chair collection-editor compiler composer container-author contributor curator director editor editor-
translator editorial-director executive-producer guest host illustrator interviewer narrator organizer original-
author performer producer recipient reviewed-author script-writer series-creator translator
"""
NAMES = frozenset(_NAMES_ROW.split())
DATES = frozenset(("accessed", "available-date", "event-date", "issued", "original-date", "submitted"))
_NUMBERS_ROW = """
chapter-number citation-number collection-number edition first-reference-note-number issue locator number
number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number version
volume
"""
NUMBERS = frozenset(_NUMBERS_ROW.split())
_SHORT = {"container-title": ("container-title-short", "journalAbbreviation"), "title": ("title-short", "shortTitle")}


@dataclass(slots=True)
class Entry:
    """`called` and `filled` count variables asked for and found: a group that found none of its own is left out.

    `touched` is every variable found, in order; `suppressed` those already printed in an absent author's place.
    `position` is "first" where the item is cited in text, "" in a bibliography. `number` is its place in a list.
    `inside` are the macros being shown.
    """

    item: Item
    locale: Locale
    number: int = 1
    position: str = ""
    sorting: bool = False
    called: int = 0
    filled: int = 0
    touched: list[str] = field(default_factory=list)
    suppressed: frozenset[str] = frozenset()
    inside: list[str] = field(default_factory=list)

    @property
    def is_english(self) -> bool:
        """Whether the item's title may be set in English title case; an item without language counts as the style's."""
        language = str(self.item.get("language") or self.locale.language)
        return language.lower().startswith("en")

    def has(self, variable: str) -> bool:
        return bool(self.raw(variable))

    def raw(self, variable: str) -> Any:
        """The value as it stands in the item, dates without parts and names without people as None."""
        if variable == "citation-number":
            return str(self.number)
        if variable == "page-first":
            return (
                self.item.get("page-first") or str(self.item.get("page") or "").replace("–", "-").split("-")[0].strip()
            )
        value = self.item.get(variable)
        if variable in DATES and isinstance(value, Mapping):
            return (
                value
                if value.get("date-parts") or value.get("literal") or value.get("raw") or value.get("season")
                else None
            )
        return value

    def text(self, variable: str, form: str = "long") -> str:
        """A variable's text, noted as called, and as found when there is any; "" when already used elsewhere."""
        value: Any = ""
        if form == "short":
            names = (*_SHORT.get(variable, ()), f"{variable}-short")
            value = next((self.item[name] for name in names if self.item.get(name)), "")
        value = value or self.raw(variable)
        return self.noted(variable, "" if value is None or variable in self.suppressed else str(value))

    def noted(self, variable: str, value: str) -> str:
        self.called += 1
        if value:
            self.filled += 1
            self.touched.append(variable)
        return value
