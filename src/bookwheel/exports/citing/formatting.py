"""What nearly every element of a style may carry: affixes, fonts, text case, quotation marks, stripped periods."""

from collections.abc import Mapping

from bookwheel.exports.citing.casing import cased
from bookwheel.exports.citing.rich import Rich, Span, joined, mapped

_FONTS = {
    ("font-style", "italic"): "italic",
    ("font-style", "oblique"): "italic",
    ("font-style", "normal"): "roman",
    ("font-variant", "small-caps"): "small-caps",
    ("font-variant", "normal"): "normal-caps",
    ("font-weight", "bold"): "bold",
    ("font-weight", "light"): "light",
    ("font-weight", "normal"): "light",
    ("text-decoration", "underline"): "underline",
    ("text-decoration", "none"): "plain",
    ("vertical-align", "sup"): "superscript",
    ("vertical-align", "sub"): "subscript",
    ("vertical-align", "baseline"): "baseline",
}


class Formatting:
    """The formatting attributes of one element, read once.

    Affixes stand outside of fonts, quotation marks and case; on `cs:layout` alone they stand inside
    (specification, "Affixes").
    """

    __slots__ = ("case", "fonts", "prefix", "quotes", "strips", "suffix")

    def __init__(self, given: Mapping[str, str]) -> None:
        self.prefix, self.suffix = given.get("prefix", ""), given.get("suffix", "")
        self.fonts = tuple(font for (name, value), font in _FONTS.items() if given.get(name) == value)
        self.case = given.get("text-case", "")
        self.quotes = given.get("quotes") == "true"
        self.strips = given.get("strip-periods") == "true"

    def apply(self, rich: Rich, *, english: bool, suffix: bool = True) -> Rich:
        """The text formatted, with its affixes; "" stays ""."""
        if not rich:
            return ""
        if self.strips:
            rich = mapped(rich, lambda text: text.replace(".", ""))
        if self.case:
            rich = cased(rich, self.case, english=english)
        if self.quotes:
            rich = Span((rich,), "quote")
        for font in self.fonts:
            rich = Span((rich,), font)
        if self.prefix or (suffix and self.suffix):
            return joined((self.prefix, rich, self.suffix if suffix else ""))
        return rich

    def apply_inside(self, parts: list[Rich]) -> Rich:
        """The parts of a layout, formatted together with its affixes."""
        rich = joined((self.prefix, *parts, self.suffix))
        for font in self.fonts:
            rich = Span((rich,), font)
        return rich
