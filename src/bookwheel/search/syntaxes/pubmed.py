"""PubMed's language: tags behind terms, AND OR NOT from left to right, `[tiab:~3]`, lines joined by their numbers.

A tagged term is searched as typed, as a phrase, unstemmed, with * at its end. Words without a tag are searched in all
fields, by their stems; PubMed would map them to its headings first, which is not done here.
Source: PubMed User Guide, https://pubmed.ncbi.nlm.nih.gov/help/ (search field tags, proximity, date ranges).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bookwheel.records import identifiers
from bookwheel.search.analysis import folded_words
from bookwheel.search.clauses import Clause, in_field, of_lines
from bookwheel.search.headings import as_words
from bookwheel.search.limits import MAX_NEAR
from bookwheel.search.notes import Notes, translatable
from bookwheel.search.query import And, Everything, Exact, Field, Heading, Near, Node, Phrase, Word
from bookwheel.search.syntaxes.expression import Line, Token, clause_of, lines_of
from bookwheel.search.syntaxes.terms import language, name, term, word_or_pattern, years
from bookwheel.search.wildcards import is_pattern

TEXT_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("tiab", "title/abstract"), "TitleAbstract"),
        **dict.fromkeys(("ti", "title", "tt", "transliterated title"), "Title"),
        **dict.fromkeys(("ab", "abstract"), "abstract"),
        **dict.fromkeys(("tw", "text word", "text words"), "TextWord"),
        **dict.fromkeys(("ot", "other term"), "Subject"),
        **dict.fromkeys(("ta", "jour", "journal", "journal title", "so", "jt"), "JournalTitle"),
        **dict.fromkeys(("ad", "affiliation", "aff"), "affiliation"),
        **dict.fromkeys(("all", "all fields", "all field"), "AllFields"),
        **dict.fromkeys(("pubn", "publisher"), "publisher"),
    }
)
"""Tag -> search type."""
_NAMES = ("au", "author", "fau", "full author name", "cn", "corporate author", "author - corporate")
_PLACED_NAMES = ("1au", "first author name", "author - first", "lastau", "last author name", "author - last")
_HEADINGS = ("mh", "mesh", "mesh terms", "mesh term")
_DATES = ("dp", "pdat", "date - publication", "publication date", "ppdat", "epdat")
_LANGUAGES = ("la", "lang", "language")
_EXACT = {
    **dict.fromkeys(("pmid", "uid"), "pmid_str_mv"),
    **dict.fromkeys(("doi", "aid", "lid", "location id", "article identifier"), "doi_str_mv"),
    **dict.fromkeys(("is", "issn"), "issn"),
    **dict.fromkeys(("isbn",), "isbn"),
    **dict.fromkeys(("auid", "author - identifier"), "orcid_str_mv"),
}
_MAJOR = ("majr", "mesh major topic")
_AS_WORDS = {
    **dict.fromkeys(_MAJOR, translatable("major topics")),
    **dict.fromkeys(("pt", "publication type", "ptyp"), translatable("publication types")),
    **dict.fromkeys(
        ("nm", "substance name", "supplementary concept", "rn", "ec/rn number", "pa"), translatable("substances")
    ),
    **dict.fromkeys(("ps", "subject - personal name"), translatable("names as subjects")),
    **dict.fromkeys(
        ("ip", "issue", "vi", "volume", "pg", "pagination", "gr", "grant number", "si"), translatable("these numbers")
    ),
}
"""Tag -> what the catalogue does not have; the words are searched instead."""
_LEFT_OUT = {
    **dict.fromkeys(("sb", "subset", "filter", "filters"), translatable("PubMed's subsets and filters")),
    **dict.fromkeys(("edat", "date - entry", "entrez date"), translatable("PubMed's entry dates")),
    **dict.fromkeys(
        ("crdt", "date - create", "mhda", "date - mesh", "dcom", "date - completion"), translatable("PubMed's dates")
    ),
    **dict.fromkeys(("lr", "date - modification", "dep"), translatable("PubMed's dates")),
}
"""Tag -> what has no meaning outside PubMed; the whole part is left out."""
_OTHER_DATES = translatable("dates of this kind")
SUBHEADINGS = {
    "ae": "adverse effects", "an": "analysis", "bl": "blood", "co": "complications", "di": "diagnosis",
    "dg": "diagnostic imaging", "du": "diagnostic use", "dt": "drug therapy", "ec": "economics",
    "ep": "epidemiology", "et": "etiology", "ge": "genetics", "im": "immunology", "me": "metabolism",
    "mi": "microbiology", "mo": "mortality", "pa": "pathology", "pp": "physiopathology", "pc": "prevention control",
    "px": "psychology", "ra": "radiography", "ri": "radionuclide imaging", "rt": "radiotherapy", "su": "surgery",
    "th": "therapy", "tu": "therapeutic use", "us": "ultrasonography", "vi": "virology",
}  # fmt: skip
"""MEDLINE's codes of frequent subheadings."""
_KNOWN = {
    *TEXT_FIELDS, *_NAMES, *_PLACED_NAMES, *_HEADINGS, *_DATES, *_LANGUAGES, *_EXACT, *_AS_WORDS, *_LEFT_OUT,
    "sh", "subheading", "mesh subheading", "pl",
}  # fmt: skip
_SURE = {
    "tiab", "title/abstract", "tw", "mh", "mesh", "mesh terms", "dp", "pdat", "majr", "au", "1au", "pt", "ot", "sb",
    "la", "nm", "all fields", "text word", "publication type", "mesh major topic", "date - publication", "sh", "ad",
    "pmid", "ta",
}  # fmt: skip
"""Tags that stand in brackets behind no title."""


def is_tag(tag: str) -> bool:
    return _without_modifier(tag) in _KNOWN


def is_sure_tag(tag: str) -> bool:
    return _without_modifier(tag) in _SURE


def _without_modifier(tag: str) -> str:
    return re.sub(r"\s*:\s*(?:noexp|~[0-9]+)\s*$", "", tag).strip()


def read(text: str, search_type: str, notes: Notes) -> Clause | None:
    """What a PubMed search asks: of several lines joined by numbers the last, of other lines all of them."""
    length = len(text)
    if counted := _COUNT.search(text):
        notes.lost("count", "This count of results was left out.", counted.start(), length)
        length = counted.start()
    text = text[:length]
    lines = lines_of(text, notes)
    if not _REFERENCE.search(text) and not any(_is_bare(text[line.start : line.end], lines) for line in lines):
        lines = [Line(1, 0, length)] if lines else []
    found: dict[int, Clause | None] = {}
    used: set[int] = set()
    for line in lines:
        reader = _Reader(text, line, found, search_type, notes, used)
        found[line.number] = clause_of(reader.tokens(), notes, or_binds_last=False)
    if not lines:
        return None
    note_unused(lines, found, used, notes)
    return of_lines(found, lines[-1].number)


def note_unused(lines: list[Line], found: Mapping[int, Clause | None], used: set[int], notes: Notes) -> None:
    """Remarks on lines that no other line names and that are not the last."""
    for line in lines[:-1]:
        if line.number not in used and found[line.number] is not None:
            notes.lost(
                "unused-line",
                "Line %(number)s is named by no other line and was not used.",
                line.start,
                line.end,
                number=line.number,
            )


_COUNT = re.compile(r"\s*\b(?:total\s+)?(?:references|results|records|hits)\s*[=:]\s*[0-9,]+\s*$", re.IGNORECASE)
_REFERENCE = re.compile(r"#[0-9]{1,3}\b")


def _is_bare(line: str, lines: list[Line]) -> bool:
    """Whether a line is nothing but numbers of lines and operators: "1 AND 2 NOT 4"."""
    return len(lines) > 1 and re.fullmatch(r"(?:\s|[0-9]{1,3}\b|[()]|AND\b|OR\b|NOT\b)+", line) is not None


_QUOTES = '"“”„‟«»＂'
_SPACE = re.compile(r"\s+")
_BRACKET = re.compile(r"\[\s*([^\[\]]{1,60}?)\s*\]")
_MODIFIER = re.compile(r"(.+?)\s*:\s*(noexp|~\s*[0-9]{1,3})", re.IGNORECASE)
_DATE_RANGE = re.compile(
    rf"[{_QUOTES}]?([0-9]{{4}}(?:/[0-9]{{1,2}}){{0,2}})[{_QUOTES}]?\s*(?:\[[^\[\]]*\])?\s*:\s*"
    rf"[{_QUOTES}]?([0-9]{{4}}(?:/[0-9]{{1,2}}){{0,2}})[{_QUOTES}]?\s*\[\s*([^\[\]]{{1,40}}?)\s*\]"
)
_WORD = re.compile(rf"[^\s()\[\]{_QUOTES}]+")
_OPERATORS = {"AND": "and", "OR": "or", "NOT": "not", "&": "and", "|": "or"}


class _Reader:
    """Cuts one line into tokens."""

    def __init__(
        self, text: str, line: Line, lines: Mapping[int, Clause | None], search_type: str, notes: Notes, used: set[int]
    ) -> None:
        self.text = text
        self.line = line
        self.lines = lines
        self.search_type = search_type
        self.notes = notes
        self.used = used
        self.found: list[Token] = []
        self.words: list[tuple[int, int]] = []

    def tokens(self) -> list[Token]:
        place = self.line.start
        text, end = self.text, self.line.end
        while place < end:
            if match := _SPACE.match(text, place, end):
                place = match.end()
            elif match := _DATE_RANGE.match(text, place, end):
                self._flush()
                self._date_range(match)
                place = match.end()
            elif text[place] in "()":
                self._flush()
                self.found.append(Token("(" if text[place] == "(" else ")", place, place + 1))
                place += 1
            elif text[place] in _QUOTES:
                place = self._quoted(place, end)
            elif text[place] == "[":
                place = self._bracket(place, end)
            elif text[place] == "]":
                self.notes.add("bracket", "A bracket without its partner was left out.", place, place + 1)
                place += 1
            elif match := _WORD.match(text, place, end):
                self._word(match)
                place = match.end()
            else:
                place += 1
        self._flush()
        return self.found

    def _word(self, match: re.Match[str]) -> None:
        word = match[0]
        kind = _OPERATORS.get(word)
        if kind is None and word.upper() in ("AND", "OR", "NOT") and self._is_closed():
            kind = word.lower()
            self.notes.add(
                "operator-case", "PubMed wants operators in capitals; this was read as one.", match.start(), match.end()
            )
        if kind is not None:
            self._flush()
            self.found.append(Token(kind, match.start(), match.end()))  # type: ignore[arg-type]
        else:
            self.words.append((match.start(), match.end()))

    def _is_closed(self) -> bool:
        """Whether a term with its tag, or a group, stands right before."""
        return not self.words and bool(self.found) and self.found[-1].kind in ("term", ")")

    def _quoted(self, start: int, end: int) -> int:
        closing = next((at for at in range(start + 1, end) if self.text[at] in _QUOTES), None)
        if closing is None or self.text[start + 1 : closing].lstrip().startswith("["):
            self.notes.add("open-quote", "A quotation mark without its partner was left out.", start, start + 1)
            return start + 1
        after = _SPACE.match(self.text, closing + 1, end)
        bracket = _BRACKET.match(self.text, after.end() if after else closing + 1, end)
        inside = self.text[start + 1 : closing]
        self._flush()
        if bracket:
            self._add_tagged(inside, bracket[1], start, bracket.end(), is_quoted=True)
            return bracket.end()
        node = term(inside, self.notes, start, closing + 1)
        if node is not None:
            self._add(node, start, closing + 1)
        return closing + 1

    def _bracket(self, start: int, end: int) -> int:
        match = _BRACKET.match(self.text, start, end)
        if match is None:
            self.notes.add("bracket", "A bracket without its partner was left out.", start, start + 1)
            return start + 1
        if self.words:
            first, last = self.words[0][0], self.words[-1][1]
            self.words = []
            self._add_tagged(self.text[first:last], match[1], first, match.end(), is_quoted=False)
        else:
            self.notes.lost("tag", "There is no term before this tag; it was left out.", start, match.end())
        return match.end()

    def _flush(self) -> None:
        """The words no tag came for: numbers of lines, or words of any field."""
        words, self.words = self.words, []
        for start, end in words:
            word = self.text[start:end]
            reference = re.fullmatch(r"#([0-9]{1,3})", word) or (
                re.fullmatch(r"([0-9]{1,3})", word) if len(words) == 1 and self.line.number > 1 else None
            )
            if reference and (reference[0][0] == "#" or int(reference[1]) in self.lines):
                self._reference(int(reference[1]), start, end)
                continue
            node = word_or_pattern(word, self.notes, start, end)
            if node is not None:
                self.notes.add(
                    "untagged",
                    "Words without a tag are searched in all fields, by their stems; PubMed would map them.",
                )
                self._add(Word(word) if isinstance(node, Phrase) and not is_pattern(word) else node, start, end)

    def _reference(self, number: int, start: int, end: int) -> None:
        target = self.lines.get(number)
        self.used.add(number)
        if target is None:
            text = translatable("There is no line of this number to join; it was left out.")
            self.notes.lost("reference", text, start, end)
            return
        self.found.append(Token("term", start, end, replace(target, start=start, end=end, parts=())))

    def _date_range(self, match: re.Match[str]) -> None:
        start, end = match.span()
        tag = match[3].lower()
        if tag in _DATES:
            node = years(match[1], match[2], self.notes, start, end)
            self._add(node or Everything(), start, end)
        else:
            self._leave_out(_LEFT_OUT.get(tag, _OTHER_DATES), start, end)

    def _leave_out(self, what: str, start: int, end: int) -> None:
        """A part that cannot be asked: of alternatives it brings nothing, of conditions it takes nothing away."""
        self.notes.lost(
            "left-out", "This asks for %(what)s, which are not known here; it was left out.", start, end, what=what
        )
        self.found.append(Token("term", start, end))

    def _add(self, node: Node, start: int, end: int) -> None:
        self.found.append(Token("term", start, end, Clause(node, start, end)))

    def _add_tagged(self, text: str, bracket: str, start: int, end: int, *, is_quoted: bool) -> None:
        modified = _MODIFIER.fullmatch(bracket)
        tag = (modified[1] if modified else bracket).strip().lower()
        modifier = modified[2].replace(" ", "").lower() if modified else ""
        if tag in ("sb", "filter") and text.strip().lower() == "all":
            self._add(Everything(), start, end)
            return
        if tag in _LEFT_OUT:
            self._leave_out(_LEFT_OUT[tag], start, end)
            return
        if modifier.startswith("~"):
            node = self._proximity(text, tag, int(modifier[1:]), start, end)
        else:
            node = self._tagged(text.strip(), tag, modifier, start, end, is_quoted)
        if node is not None:
            self._add(node, start, end)
        else:
            self.notes.add("no-word", "There is no word before this tag; it was left out.", start, end)

    def _tagged(self, text: str, tag: str, modifier: str, start: int, end: int, is_quoted: bool) -> Node | None:
        if tag in _HEADINGS:
            return self._heading(text, modifier != "noexp", start, end)
        if modifier:
            remark = translatable("[:%(modifier)s] has no meaning for [%(tag)s] and was left out.")
            self._lost("modifier", remark, start, end, modifier=modifier, tag=tag)
        if tag in TEXT_FIELDS:
            node = term(text, self.notes, start, end)
            return node if node is None else in_field(TEXT_FIELDS[tag])(node)
        if tag in _NAMES or tag in _PLACED_NAMES:
            if tag in _PLACED_NAMES:
                self._lost(
                    "author-place", "The place of an author is not known; all authors were searched.", start, end
                )
            node = Phrase(text) if is_quoted and folded_words(text) else name(text, self.notes, start, end)
            return node if node is None else Field("Author", node)
        if tag in _DATES:
            return self._date(text, start, end)
        if tag in _LANGUAGES:
            return language(text)
        if tag in _EXACT:
            return self._exact(text, _EXACT[tag])
        return self._as_words(text, tag, start, end)

    def _as_words(self, text: str, tag: str, start: int, end: int) -> Node | None:
        if tag in ("sh", "subheading", "mesh subheading"):
            text = SUBHEADINGS.get(text.lower(), text)
            remark = translatable("Subheadings are not known here; the words “%(words)s” were searched.")
            self._lost("subheading", remark, start, end, words=text)
            return as_words(Heading(text)) if folded_words(text) else None
        if tag in _AS_WORDS:
            remark = translatable("The catalogue does not have %(what)s; the words were searched.")
            self._lost("field", remark, start, end, what=_AS_WORDS[tag])
            if not folded_words(text):
                return None
            # A major topic is a heading; what is asked for otherwise stands in no list of headings.
            return Heading(text) if tag in _MAJOR else as_words(Heading(text))
        node = term(text, self.notes, start, end)
        remark = translatable("There is no tag [%(tag)s]; the words were searched in all fields.")
        self._lost("tag", remark, start, end, tag=tag)
        return node if node is None else Field("AllFields", node)

    def _heading(self, text: str, exploded: bool, start: int, end: int) -> Node | None:
        if text.lower().startswith("exp "):
            self.notes.add("explode", "PubMed explodes headings without 'exp', which was left out.", start, end)
            text = text[4:].strip()
        text, slash, subheading = text.partition("/")
        if slash and subheading.strip():
            self._lost("subheading", "Subheadings are not known here; the heading was searched alone.", start, end)
        return heading(text, exploded, self.notes, start, end)

    def _date(self, text: str, start: int, end: int) -> Node | None:
        low, colon, high = text.partition(":")
        node = years(low, high if colon else low, self.notes, start, end)
        if node is None:
            self._lost("date", "This is no date; it was left out.", start, end)
            return Everything()
        return node

    def _exact(self, text: str, field: str) -> Node | None:
        if not text.strip():
            return None
        if field == "doi_str_mv":
            return Exact(field, identifiers.doi(text) or text.lower())
        return Exact(field, text.strip())

    def _proximity(self, text: str, tag: str, distance: int, start: int, end: int) -> Node | None:
        """All the words, in any order, at most so many others among them."""
        words = folded_words(text)
        field = TEXT_FIELDS.get(tag)
        if not words:
            return None
        if field is None or len(words) > MAX_NEAR or is_pattern(text):
            self._lost(
                "near",
                "[%(tag)s:~%(distance)s] cannot be asked of these words; all of them were searched.",
                start,
                end,
                tag=tag,
                distance=distance,
            )
            parts: list[Node] = [Phrase(word) for word in words]
            node: Node = And(tuple(parts)) if len(parts) > 1 else parts[0]
        elif len(words) == 1:
            node = Phrase(text)
        else:
            node = Near(tuple(map(Phrase, words)), distance)
        return in_field(field or "AllFields")(node)

    def _lost(self, kind: str, text: str, start: int, end: int, **values: object) -> None:
        self.notes.lost(kind, text, start, end, **values)


def heading(text: str, exploded: bool, notes: Notes, start: int, end: int) -> Node | None:
    """A subject heading, with a remark on how far it can be asked."""
    text = " ".join(text.strip().strip("*").split())
    if not folded_words(text):
        return None
    remark = (
        translatable("No list of headings is loaded here; the words were searched, not what stands below the heading.")
        if exploded
        else translatable("No list of headings is loaded here; the words were searched.")
    )
    notes.lost("heading", remark, start, end)
    return Heading(text, exploded)
