"""The tab "Cite this": a record in every citation style, the one asked for first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from bookwheel.exports.base import Item
from bookwheel.exports.citation import cite
from bookwheel.exports.shelf import Listed
from bookwheel.web.catalog.addresses import record_address

if TYPE_CHECKING:
    from bookwheel.library import Found


@dataclass(frozen=True, slots=True)
class StyleView:
    """A citation as the page shows it. `address` is this page with the style first; `lang` that of its words."""

    name: str
    label: str
    address: str
    is_chosen: bool
    html: Markup
    text: str
    in_text: Markup
    in_text_plain: str
    is_note: bool
    lang: str


@dataclass(frozen=True, slots=True)
class CitePage:
    styles: tuple[StyleView, ...]
    warning: str


def cite_page(styles: Mapping[str, Listed], found: "Found", chosen: str) -> CitePage:
    """Every style, the chosen one before the others; a name that is no style's chooses nothing."""
    item = Item(found.id, found.record)
    warning = ""
    views = []
    for style in sorted(styles.values(), key=lambda style: style.name != chosen):
        citation = cite(item, style)
        warning = citation.warning
        views.append(
            StyleView(
                style.name,
                style.label,
                f"{record_address(found.id, 'Cite')}?style={style.name}",
                style.name == chosen,
                Markup(citation.html),  # noqa: S704  (escaped where it was made; the test suite holds it to that)
                citation.text,
                Markup(citation.in_text_html),  # noqa: S704
                citation.in_text,
                citation.is_note,
                style.language,
            )
        )
    return CitePage(tuple(views), warning)
