r"""TeX as it stands in bibliographies → plain text: accents, letters, signs, a little markup.

`\'{e}`, `{\'e}` and `\'e` are é; `\textit{x}` is <i>x</i>; a command nobody knows leaves its argument.
"""

import re
import unicodedata

_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331", "t": "\u0361", "C": "\u030f", "U": "\u030e",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "i", "j": "j", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ", "S": "§", "P": "¶", "pounds": "£", "euro": "€", "texteuro": "€", "copyright": "©", "textregistered": "®",
    "texttrademark": "™", "textdegree": "°", "degree": "°", "dag": "†", "ddag": "‡", "ldots": "…", "dots": "…",
    "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textbackslash": "\\", "textasciitilde": "~", "textmu": "µ",
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciicircum": "^", "textunderscore": "_",
    "textquotesingle": "'", "guillemotleft": "«", "guillemotright": "»", "textpm": "±", "texttimes": "×",
    "times": "×", "pm": "±", "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "neq": "≠",
    "ne": "≠", "approx": "≈", "sim": "∼", "cdot": "·", "infty": "∞", "rightarrow": "→", "to": "→", "leftarrow": "←",
    "lt": "<", "gt": ">", "ell": "ℓ", "circ": "°", "prime": "′", "partial": "∂", "sum": "∑", "int": "∫", "in": "∈",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω", "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "newline": " ", "par": " ",
    "quad": " ",
}  # fmt: skip
_MARKUP = {
    "textit": "i", "emph": "i", "textsl": "i", "it": "i", "em": "i", "itshape": "i", "textbf": "b", "bf": "b",
    "textsuperscript": "sup", "textsubscript": "sub",
}  # fmt: skip
_DROPPED = frozenset(("vspace", "hspace", "label", "cite", "noopsort", "footnote"))
"""Commands whose argument is no text."""

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)[ \t]*|(.))", re.DOTALL)
_MAX_DEPTH = 20
_SIGNS = re.compile(r"[\\{}$~]|--|``|''")


def plain(text: str) -> str:
    r"""The text of a value without its outer braces or quotes.

    >>> plain(r"{\'E}tudes of {DNA} by M{\"u}ller \& \'{\i}o -- $\alpha$ and H$_2$O")
    'Études of DNA by Müller & ío – α and H<sub>2</sub>O'
    """
    if not _SIGNS.search(text):
        return text
    return unicodedata.normalize("NFC", "".join(_Reader(text).read(0)))


class _Reader:
    """Reads a value from left to right, a group at a time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.is_math = False

    def read(self, depth: int) -> list[str]:
        """What stands up to the end of the group."""
        found: list[str] = []
        while self.place < len(self.text):
            sign = self.text[self.place]
            if sign == "}" and depth:
                break
            found.append(self._next(sign, depth))
        return found

    def _next(self, sign: str, depth: int) -> str:
        if sign == "\\":
            return self._command(depth)
        self.place += 1
        match sign:
            case "{":
                return self._rest_of_group(depth)
            case "}":
                return ""
            case "$":
                self.is_math = not self.is_math
                return ""
            case "~":
                return " "
            case "^" | "_" if self.is_math:
                tag = "sup" if sign == "^" else "sub"
                return f"<{tag}>{self._argument(depth)}</{tag}>"
            case "-" if self.text.startswith("-", self.place):
                is_long = self.text.startswith("--", self.place)
                self.place += 2 if is_long else 1
                return "—" if is_long else "–"
            case "`" | "'" if self.text.startswith(sign, self.place):
                self.place += 1
                return "“" if sign == "`" else "”"
        return sign

    def _rest_of_group(self, depth: int) -> str:
        if depth >= _MAX_DEPTH:
            return ""
        found = self.read(depth + 1)
        self.place += 1
        return "".join(found)

    def _argument(self, depth: int) -> str:
        """The group or the sign that follows."""
        while self.text.startswith(" ", self.place):
            self.place += 1
        if self.place >= len(self.text) or self.text[self.place] == "}":
            return ""
        return self._next(self.text[self.place], depth)

    def _command(self, depth: int) -> str:
        match = _COMMAND.match(self.text, self.place)
        if match is None:
            self.place = len(self.text)
            return ""
        self.place = match.end()
        name = match[1] or match[2]
        if name in _ACCENTS and (match[2] or self.text[self.place : self.place + 1] == "{" or " " in match[0]):
            return self._accented(_ACCENTS[name], depth)
        if match[2]:
            return {"\\": " ", "-": "", "/": "", ",": " ", ";": " ", "!": "", " ": " ", "(": "", ")": ""}.get(
                name, name
            )
        if name in _LETTERS:
            return self._letter(name)
        if name in _MARKUP:
            return self._marked(_MARKUP[name], depth)
        if name in _DROPPED:
            self._argument(depth)
            return ""
        return self._argument(depth) if self.text.startswith("{", self.place) else ""

    def _letter(self, name: str) -> str:
        if self.text.startswith("{}", self.place):
            self.place += 2
        return _LETTERS[name]

    def _accented(self, mark: str, depth: int) -> str:
        base = self._argument(depth)
        return base[:1] + mark + base[1:] if base[:1].isalpha() else base

    def _marked(self, tag: str, depth: int) -> str:
        """`\textit{x}`; `{\\it x}` marks what is left of its group."""
        inner = self._argument(depth) if self.text.startswith("{", self.place) else "".join(self.read(depth or 1))
        return f"<{tag}>{inner.strip()}</{tag}>" if inner.strip() else ""
