"""Ovid's language: fields in dots behind terms, `adj3`, headings before a slash, `or/1-4`, limits, one search a line.

Terms are searched as typed, unstemmed: `$` and `*` stand for any letters, `#` for one, `?` for one or none, `$2` for up
to two. ADJ binds closest, then AND and NOT from left to right, then OR. The last line is the search.
Source: Ovid's help on MEDLINE (adjacency, truncation, fields, limits).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product
from math import prod
from types import MappingProxyType

from bookwheel.search.analysis import folded_words
from bookwheel.search.clauses import Clause, in_field, in_fields, joined, leaves_in, of_lines, wrapped
from bookwheel.search.limits import MAX_DISTANCE, MAX_STRATEGY_CLAUSES
from bookwheel.search.notes import Notes, translatable
from bookwheel.search.query import And, Everything, Exact, Field, Heading, Near, Node, Not, Or, Phrase, Prefix
from bookwheel.search.syntaxes.expression import Line, Token, clause_of, lines_of
from bookwheel.search.syntaxes.pubmed import SUBHEADINGS, heading, note_unused
from bookwheel.search.syntaxes.terms import alternatives, in_a_row, language, name, word_or_pattern, years

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "ti": "Title", "ot": "Title", "ab": "abstract", "tw": "TitleAbstract", "mp": "TextWord", "kw": "Subject",
        "kf": "Subject", "hw": "Subject", "jn": "JournalTitle", "jw": "JournalTitle", "jx": "JournalTitle",
        "nj": "JournalTitle", "in": "affiliation", "af": "AllFields", "pb": "publisher", "tx": "AllFields",
    }
)  # fmt: skip
"""Field -> search type. `.tw.` is title and abstract, `.mp.` subjects too."""
_NAMES = ("au", "ax")
_EXACT = {"ui": "pmid_str_mv", "pm": "pmid_str_mv", "is": "issn", "ib": "isbn", "do": "doi_str_mv"}
_AS_HEADINGS = ("sh", "xm")
_AS_WORDS = {
    **dict.fromkeys(("nm", "rn"), translatable("substances")),
    **dict.fromkeys(("pt",), translatable("publication types")),
    **dict.fromkeys(("fs",), translatable("subheadings")),
    **dict.fromkeys(("ox",), translatable("organisms")),
    **dict.fromkeys(("px", "ps"), translatable("protocols")),
    **dict.fromkeys(("rx", "rs"), translatable("diseases")),
    **dict.fromkeys(("sy",), translatable("synonyms")),
    **dict.fromkeys(("tn",), translatable("trade names")),
    **dict.fromkeys(("dv", "dm", "dy"), translatable("devices")),
    **dict.fromkeys(("gw",), translatable("genes")),
    **dict.fromkeys(("cm",), translatable("comments")),
    **dict.fromkeys(("ec",), translatable("economics")),
}
_OTHER = ("la", "lg", "yr", "dt", "up", "ed", "da", "cp", "vo", "ip", "pg", "so")
_CODES = "|".join(sorted({*FIELDS, *_NAMES, *_EXACT, *_AS_HEADINGS, *_AS_WORDS, *_OTHER}))

_SUFFIX = re.compile(rf"\s?\.\s?((?:{_CODES})(?:\s?,\s?(?:[a-z]{{2}}))*)(?:\s?\.(?![0-9])|(?=[\s)]|$))", re.IGNORECASE)
_SLASH = re.compile(r"/(?:([a-z]{2}(?:\s?,\s?[a-z]{2})*)(?=[\s)\[]|$)|(?=[\s)\[.,]|$))")
_LIMIT = re.compile(r"\s*limit\s+#?([0-9]{1,3})\s+to\s+(.+)", re.IGNORECASE | re.DOTALL)
_DEDUPLICATE = re.compile(r"\s*(?:remove\s+duplicates\s+from|dedup|use)\s+#?([0-9]{1,3})\s*$", re.IGNORECASE)
_LINES = re.compile(r"\s*([0-9]{1,3})(?:\s*-\s*([0-9]{1,3}))?\s*")
_COMBINED = re.compile(r"(or|and)/([0-9]+(?:\s*[-,]\s*[0-9]+)*)", re.IGNORECASE)
_ONE_LIMIT = re.compile(r"\band\b|(?:\"[^\"]*\"|(?!\band\b)[^\"])+", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"\[[^\[\]]*\]")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")
_ADJACENT = re.compile(r"adj([0-9]{0,2})", re.IGNORECASE)
_FREQUENCY = re.compile(r"\s?/freq\s*=\s*[0-9]+", re.IGNORECASE)
_WORD = re.compile(r"[./]?[^\s()\[\]\"“”„«»./]+|[./]")


def read(text: str, search_type: str, notes: Notes) -> Clause | None:
    """What a strategy asks: its last line, with the lines it names."""
    lines = lines_of(text, notes)
    found: dict[int, Clause | None] = {}
    used: set[int] = set()
    for line in lines:
        found[line.number] = _Reader(text, line, found, search_type, notes, used).clause()
    if not lines:
        return None
    note_unused(lines, found, used, notes)
    return of_lines(found, lines[-1].number)


class _Reader:
    """Reads one line."""

    def __init__(
        self, text: str, line: Line, lines: Mapping[int, Clause | None], search_type: str, notes: Notes, used: set[int]
    ) -> None:
        self.text = text
        self.line = line
        self.lines = lines
        self.default = "TextWord" if search_type == "AllFields" else search_type
        self.notes = notes
        self.used = used
        self.found: list[Token] = []
        self.run: list[tuple[int, int, bool]] = []

    def clause(self) -> Clause | None:
        whole = self.text[self.line.start : self.line.end]
        if match := _LIMIT.fullmatch(whole):
            return self._limited(int(match[1]), match[2], self.line.start + match.start(2))
        if match := _DEDUPLICATE.fullmatch(whole):
            self._lost("duplicates", "Duplicates are not removed from a search here.", self.line.start, self.line.end)
            return self._line(int(match[1]), self.line.start, self.line.end)
        self._cut()
        clause = clause_of(self.found, self.notes, or_binds_last=True)
        # Only now: a field behind a group is meant for all words in it that have none of their own.
        return wrapped(clause, leaves_in([in_field(self.default)])) if clause is not None else None

    # Lines

    def _line(self, number: int, start: int, end: int) -> Clause | None:
        self.used.add(number)
        target = self.lines.get(number)
        if target is None:
            self._lost("reference", "There is no line of this number to join; it was left out.", start, end)
            return None
        return replace(target, start=start, end=end, parts=())

    def _combined(self, match: re.Match[str]) -> None:
        """`or/1-4,7`: all those lines with one operator between."""
        start, end = match.span()
        numbers: list[int] = []
        for part in match[2].split(","):
            bounds = _LINES.fullmatch(part)
            low, high = (int(bounds[1]), int(bounds[2] or bounds[1])) if bounds else (0, 0)
            known = [number for number in range(low, high + 1) if number in self.lines]
            if len(known) < max(1, high - low + 1) or len(numbers) > MAX_STRATEGY_CLAUSES:
                self._lost(
                    "reference",
                    "Not all lines of “%(lines)s” are there to join; some were left out.",
                    start,
                    end,
                    lines=part.strip(),
                )
            if len(numbers) <= MAX_STRATEGY_CLAUSES:
                numbers += known
        kind = "or" if match[1].lower() == "or" else "and"
        self.found.append(Token("(", start, start))
        joiner = ""
        for number in numbers:
            if (clause := self._line(number, start, end)) is not None:
                if joiner:
                    self.found.append(Token("or" if kind == "or" else "and", start, end))
                self.found.append(Token("term", start, end, clause))
                joiner = kind
        self.found.append(Token(")", end, end))

    def _limited(self, number: int, limits: str, start: int) -> Clause | None:
        found = self._line(number, self.line.start, start)
        for match in _ONE_LIMIT.finditer(limits.replace("(", " ").replace(")", " ") if limits[:1] == "(" else limits):
            text = match[0].strip()
            if text.lower() == "and":
                continue
            if not text:
                continue
            place, end = start + match.start(), start + match.end()
            limit = self._limit(text, place, end)
            if found is not None and limit is not None:
                found = joined(And, [found, Clause(limit, place, end)])
            elif found is not None:
                found = replace(found, widened=True)
        return found

    def _limit(self, text: str, start: int, end: int) -> Node | None:
        if match := re.fullmatch(r"yr\s*=\s*\"?\s*([0-9]{4})?\s*(-)?\s*([0-9]{4}|current)?\s*\"?", text, re.IGNORECASE):
            high = (
                "" if match[3] and match[3].lower() == "current" else match[3] or ("" if match[2] else match[1] or "")
            )
            return years(match[1] or "", high, self.notes, start, end)
        if match := re.fullmatch(r"([a-z]+)(?:\s+language)", text.strip('"'), re.IGNORECASE):
            return language(match[1])
        if text.strip('"').lower() in _LANGUAGES:
            return language(text.strip('"'))
        self._lost("limit", "The limit “%(limit)s” is not known here; it was left out.", start, end, limit=text)
        return None

    # Pieces of a line

    def _cut(self) -> None:
        text, end = self.text, self.line.end
        place = self.line.start
        while place < end:
            if match := _SPACE.match(text, place, end):
                # A suffix may stand behind a blank: "(a or b). tw."
                place = match.end()
            elif match := _COMMENT.match(text, place, end):
                self.notes.add("comment", "What Ovid prints in brackets was left out.", place, match.end())
                place = match.end()
            elif text[place] in "()":
                self._flush()
                self.found.append(Token("(" if text[place] == "(" else ")", place, place + 1))
                place += 1
            elif (self.run or self.found) and (match := _FREQUENCY.match(text, place, end)):
                self._lost(
                    "frequency", "How often a word occurs cannot be asked; it was searched once.", place, match.end()
                )
                place = match.end()
            elif (self.run or self.found) and (match := _SUFFIX.match(text, place, end)):
                self._suffix(match)
                place = match.end()
            elif self.run and (match := _SLASH.match(text, place, end)):
                self._heading(match)
                place = match.end()
            elif not self.run and (match := _COMBINED.match(text, place, end)):
                self._combined(match)
                place = match.end()
            elif match := _QUOTED.match(text, place, end):
                self.run.append((*match.span(1), True))
                place = match.end()
            else:
                place = self._word(place, end)
        self._flush()

    def _word(self, start: int, end: int) -> int:
        place = start
        while match := _WORD.match(self.text, place, end):
            place = match.end()
            if self._ends_word(place, end):
                break
        if place == start:
            self.notes.add("sign", "This sign was left out.", start, start + 1)
            return start + 1
        word = self.text[start:place]
        lower = word.lower()
        if lower in ("and", "or", "not"):
            self._flush()
            self.found.append(Token("and" if lower == "and" else "or" if lower == "or" else "not", start, place))
        elif adjacent := _ADJACENT.fullmatch(word):
            self._flush()
            number = int(adjacent[1] or 1)
            distance = min(max(number, 1), MAX_DISTANCE) - 1
            self.found.append(Token("near", start, place, distance=distance, ordered=number <= 1))
        else:
            self.run.append((start, place, False))
        return place

    def _ends_word(self, place: int, end: int) -> bool:
        """Whether the dot or slash at a place begins fields, a heading's end or a count, not more of the word."""
        signs = (_SUFFIX, _SLASH, _FREQUENCY)
        return any(sign.match(self.text, place, end) for sign in signs)

    def _flush(self, wrap: Callable[[Node], Node] | None = None, end: int = 0) -> None:
        """The words read so far become a term."""
        run, self.run = self.run, []
        if not run:
            return
        start, last = run[0][0], run[-1][1]
        text = self.text[start:last]
        number = re.fullmatch(r"#?([0-9]{1,3})", text)
        if number and wrap is None and not run[0][2] and (text[0] == "#" or int(number[1]) in self.lines):
            clause = self._line(int(number[1]), start, last)
        else:
            nodes = [node for piece in run for node in self._nodes(*piece)]
            node = in_a_row(nodes)
            node = wrap(node) if wrap is not None and node is not None else node
            clause = Clause(node, start, max(last, end)) if node is not None else None
        if clause is not None:
            self.found.append(Token("term", start, max(last, end), clause))

    def _nodes(self, start: int, end: int, is_quoted: bool) -> list[Node]:
        """The words of a piece, each with its wildcards."""
        del is_quoted
        found = []
        for match in re.finditer(r"\S+", self.text[start:end]):
            node = self._pattern(match[0], start + match.start(), start + match.end())
            if node is not None:
                found.append(node)
        return found

    def _pattern(self, word: str, start: int, end: int) -> Node | None:
        """A word in which $, *, #, ? and $2 are read."""
        pieces = re.split(r"([$*:][0-9]|[$*]|#|\?)", word)
        variants: list[list[str]] = []
        for piece in pieces:
            if piece == "?":
                variants.append(["?", ""])
            elif piece == "#":
                variants.append(["?"])
            elif piece in ("$", "*"):
                variants.append(["*"])
            elif re.fullmatch(r"[$*:][0-9]", piece):
                variants.append(["?" * count for count in range(int(piece[1]), -1, -1)])
            else:
                variants.append([piece])
        if prod(map(len, variants)) > _MOST_SPELLINGS:
            self._lost("wildcard", "These wildcards allow too many spellings; they stand for any letters.", start, end)
            spellings = [re.sub(r"(?:[$*:][0-9]|[$?#*])+", "*", word)]
        else:
            spellings = ["".join(choice) for choice in product(*variants)]
        nodes = [node for text in spellings if (node := word_or_pattern(text, self.notes, start, end)) is not None]
        return alternatives(nodes) if nodes else None

    def _heading(self, slash: re.Match[str]) -> None:
        """The words read so far are a heading: `exp Heading/`, `*Heading/`, `Heading/di`."""
        start, end = self.run[0][0], slash.end()
        text = self.text[start : self.run[-1][1]].strip('"“” ')
        self.run = []
        match = re.match(r"(exp\s+)?(\*\s*)?(exp\s+)?", text, re.IGNORECASE)
        exploded = bool(match and (match[1] or match[3]))
        text = re.sub(r"[\"“”„«»]", "", text[match.end() :] if match else text)
        if match and match[2]:
            self._lost("focus", "Which topic is the main one is not known; the heading was searched.", start, end)
        if slash[1]:
            names = ", ".join(SUBHEADINGS.get(code.strip(), code.strip()) for code in slash[1].split(","))
            self._lost(
                "subheading",
                "Subheadings (%(names)s) are not known; the heading was searched alone.",
                start,
                end,
                names=names,
            )
        node = heading(text, exploded, self.notes, start, end)
        if node is not None:
            self.found.append(Token("term", start, end, Clause(node, start, end)))

    # Fields

    def _suffix(self, match: re.Match[str]) -> None:
        codes = [code.strip().lower() for code in match[1].split(",")]
        start = self.run[0][0] if self.run else match.start()
        if self.run and len(codes) == 1 and (node := self._own_form(codes[0], start, match.end())) is not None:
            self.run = []
            self.found.append(Token("term", start, match.end(), Clause(node, start, match.end())))
            return
        wrap = self._wrap(codes, start, match.end())
        if self.run:
            self._flush(wrap, match.end())
        else:
            self.found.append(Token("suffix", match.start(), match.end(), wrap=wrap))

    def _own_form(self, code: str, start: int, end: int) -> Node | None:
        """Names, numbers, languages and years, which are no text; None for other fields."""
        text = self.text[start : self.run[-1][1]].strip('"“” ')
        if code in _NAMES:
            node = name(text, self.notes, start, end)
            return node if node is None else Field("Author", node)
        if code in _EXACT:
            return Exact(_EXACT[code], text)
        if code in ("la", "lg"):
            return language(text)
        if code == "yr":
            low, _, high = text.partition("-")
            return years(low, high or low, self.notes, start, end)
        return None

    def _wrap(self, codes: list[str], start: int, end: int) -> Callable[[Node], Node]:
        fields = [FIELDS[code] for code in codes if code in FIELDS]
        for code in codes:
            if code in _NAMES:
                fields.append("Author")
            elif code in _AS_WORDS:
                self._lost(
                    "field",
                    "The catalogue does not have %(what)s; the words were searched.",
                    start,
                    end,
                    what=_AS_WORDS[code],
                )
                fields.append("TextWord")
            elif code not in FIELDS and code not in _AS_HEADINGS:
                self._lost(
                    "field",
                    "There is no field .%(code)s. here; title, abstract and subjects were searched.",
                    start,
                    end,
                    code=code,
                )
                fields.append("TextWord")
        if any(code in _AS_HEADINGS for code in codes):
            self._lost("heading", "No list of headings is loaded here; the words were searched.", start, end)
            if not fields:
                return _as_headings
            fields.append("TextWord")
        return in_fields(_widest(fields))

    def _lost(self, kind: str, text: str, start: int, end: int, **values: object) -> None:
        self.notes.lost(kind, text, start, end, **values)


_MOST_SPELLINGS = 12
_LANGUAGES = ("english", "german", "french", "spanish", "italian", "portuguese", "dutch", "chinese", "japanese")


def _widest(fields: list[str]) -> list[str]:
    """Fields without those another one covers."""
    wanted = set(fields)
    if {"Title", "abstract"} <= wanted:
        wanted.add("TitleAbstract")
    if "Subject" in wanted and "TitleAbstract" in wanted:
        wanted.add("TextWord")
    covered = {"AllFields": set(FIELDS.values()), "TextWord": {"Title", "abstract", "TitleAbstract", "Subject"}}
    covered["TitleAbstract"] = {"Title", "abstract"}
    for wide, narrow in covered.items():
        if wide in wanted:
            wanted -= narrow - {wide}
    return [field for field in dict.fromkeys([*fields, "TitleAbstract", "TextWord"]) if field in wanted]


def _as_headings(node: Node) -> Node:
    """A group in `.sh.`: its phrases are headings."""
    match node:
        case And(parts):
            return And(tuple(map(_as_headings, parts)))
        case Or(parts):
            return Or(tuple(map(_as_headings, parts)))
        case Not(part):
            return Not(_as_headings(part))
        case Field(_, part):
            return _as_headings(part)
        case Phrase(text) | Prefix(text):
            return Heading(text, exploded=False) if folded_words(text) else Everything()
        case Near():
            return Field("TextWord", node)
    return node
