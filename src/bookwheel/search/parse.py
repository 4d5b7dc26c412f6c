"""What a reader typed becomes a query tree. Never fails: what cannot be read is searched as words, and a note says so.

The language is that of VuFind's box: words (all must occur), "phrases", AND OR NOT in capitals, + and -, parentheses,
`field:` prefixes, `leuk*`, `"a b"~3`, `year:[2010 TO 2012]`, `*:*`. NOT binds closer than AND, AND closer than OR.
Identifiers (a DOI, an ISSN) are looked up as such and, as somebody may cite one, searched as words as well.
`write` in `write.py` prints a tree in this language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bookwheel.records.identifiers import detect
from bookwheel.search.analysis import folded_words
from bookwheel.search.lexer import BoxToken, box_tokens, has_open_quote
from bookwheel.search.prefixes import Target, identifier_field, target_named
from bookwheel.search.query import And, Everything, Exact, Field, Node, Not, Note, Or, Phrase, Prefix, Range, Word

MAX_CHARACTERS = 500
"""Of a search text; with the other limits: reliability 1.4."""
MAX_NESTING = 20
MAX_CLAUSES = 200
MIN_PREFIX = 3
"""Letters a prefix needs before its *."""
MAX_SLOP = 100


@dataclass(frozen=True, slots=True)
class Parsed:
    """`notes` say what was read otherwise than typed."""

    tree: Node
    notes: tuple[Note, ...] = ()


def parse(text: str, search_type: str = "AllFields") -> Parsed:
    """The tree of a search text. An empty text, or one of signs alone, asks for everything."""
    notes: dict[str, Note] = {}
    text = _cut(_readable(text).strip(), notes)
    context = target_named(search_type) or _ALL_FIELDS
    tree = _one_value(text, context) if context.is_one_value else _tree(text, context, notes)
    if tree is None:
        if text:
            _note(notes, "no-words", "There was no word to search for, so everything is shown.")
        tree = Everything()
    return Parsed(tree, tuple(notes.values()))


def _one_value(text: str, context: Target) -> Node | None:
    return None if text == "*:*" else _exact(text.replace('"', ""), context)


def _tree(text: str, context: Target, notes: dict[str, Note]) -> Node | None:
    if has_open_quote(text):
        _note(notes, "open-quote", "A quotation mark without its partner was left out.")
    tokens = _as_words_if_capitals(box_tokens(text), text, notes)
    tokens = _with_pairs_only(tokens, notes)
    tree = _Parser(tokens, notes).tree(context)
    return tree if tree is None else _or_as_a_whole(text, tree, context)


_ALL_FIELDS = Target("AllFields")


def _note(notes: dict[str, Note], kind: str, text: str) -> None:
    notes.setdefault(kind, Note(kind, text))


def _readable(text: str) -> str:
    """The text without halves of surrogate pairs, which stand in no index and cannot be written anywhere."""
    return text if text.isascii() else text.encode("utf-8", "ignore").decode()


def _cut(text: str, notes: dict[str, Note]) -> str:
    if len(text) <= MAX_CHARACTERS:
        return text
    _note(notes, "text-cut", f"Only the first {MAX_CHARACTERS} characters of the search were used.")
    head = text[:MAX_CHARACTERS]
    return head.rsplit(maxsplit=1)[0] if " " in head else head


def _as_words_if_capitals(tokens: list[BoxToken], text: str, notes: dict[str, Note]) -> list[BoxToken]:
    """A title pasted in capitals has no operators: "TO BE OR NOT TO BE". "DNA OR RNA" still has one."""
    if not reads_as_title_in_capitals(tokens, text):
        return tokens
    _note(notes, "capitals", "The search is all in capitals, so AND, OR and NOT were taken for words of a title.")
    return [BoxToken("word", token.text, is_escaped=True) if token.kind != "word" else token for token in tokens]


def reads_as_title_in_capitals(tokens: list[BoxToken], text: str) -> bool:
    """Whether operators are words: all in capitals, no other syntax, and not just words with operators between."""
    if text != text.upper() or text == text.lower():
        return False
    kinds = " ".join(token.kind for token in tokens)
    if set(kinds.split()) - {"word", "and", "or", "not"} or "*" in text:
        return False
    return _OPERATOR.search(kinds) is not None and _ALTERNATING.fullmatch(kinds) is None


_OPERATOR = re.compile(r"\b(?:and|or|not)\b")
_ALTERNATING = re.compile("word(?: (?:and|or)(?: not)? word)+")


def _with_pairs_only(tokens: list[BoxToken], notes: dict[str, Note]) -> list[BoxToken]:
    """The tokens without parentheses that lack a partner or lie deeper than the cap."""
    opened: list[int] = []
    paired: set[int] = set()
    is_too_deep = False
    for place, token in enumerate(tokens):
        if token.kind == "(":
            opened.append(place)
        elif token.kind == ")" and opened:
            is_too_deep = is_too_deep or len(opened) > MAX_NESTING
            if len(opened) <= MAX_NESTING:
                paired |= {opened[-1], place}
            opened.pop()
        elif token.kind == ")":
            _note(notes, "parentheses", "Parentheses without their partner were left out.")
    if opened:
        _note(notes, "parentheses", "Parentheses without their partner were left out.")
    if is_too_deep:
        _note(notes, "nesting", f"Parentheses more than {MAX_NESTING} deep were left out.")
    return [token for place, token in enumerate(tokens) if token.kind not in "()" or place in paired]


def _or_as_a_whole(text: str, tree: Node, context: Target) -> Node:
    """The tree, or the identifier that several words together are ("PMID 22937098", a work key)."""
    if context != _ALL_FIELDS or not isinstance(tree, And):
        return tree
    if _WORK_KEY.fullmatch(text):
        return Or((Exact("work_keys_str_mv", text), tree))
    found = detect(text)
    if found and (name := identifier_field(found.scheme)):
        return Or((Exact(name, found.value), tree))
    return tree


_WORK_KEY = re.compile(r"(?:AT \S+|UT) \S+")
"""As VuFind writes them (XSLT/Import/VuFindWorkKeys.php)."""


@dataclass
class _Parser:
    """Reads tokens from left to right. Depth of the recursion is that of the parentheses, at most `MAX_NESTING`."""

    tokens: list[BoxToken]
    notes: dict[str, Note]
    place: int = 0
    clauses: int = 0

    def tree(self, context: Target) -> Node | None:
        return self._alternatives(context)

    def _next_kind(self) -> str:
        return self.tokens[self.place].kind if self.place < len(self.tokens) else ""

    def _alternatives(self, context: Target) -> Node | None:
        """A OR B: up to a closing parenthesis or the end."""
        parts: list[Node] = []
        while True:
            if (part := self._conjunction(context)) is not None:
                parts.append(part)
            elif self._next_kind() == "or":
                self._note_operator()
            if self._next_kind() != "or":
                break
            self.place += 1
            if self._next_kind() in ("", ")"):
                self._note_operator()
        return _joined(Or, parts)

    def _conjunction(self, context: Target) -> Node | None:
        """A B, A AND B: up to an OR, a closing parenthesis or the end."""
        parts: list[Node] = []
        is_explicit = False
        while (kind := self._next_kind()) not in ("", ")", "or"):
            if kind == "and":
                self.place += 1
                is_explicit = True
                if not parts or self._next_kind() in ("", ")", "or", "and"):
                    self._note_operator()
            elif (part := self._item(context)) is not None:
                parts.append(part)
        # Several ISSNs or record numbers one after the other: no record has them all.
        if context.exact and not is_explicit and not any(isinstance(part, Not) for part in parts):
            return _joined(Or, parts)
        return _joined(And, parts)

    def _item(self, context: Target) -> Node | None:
        """NOT and prefixes in front of a word, phrase, range or group."""
        is_negative = False
        name = ""
        inner = context
        while (kind := self._next_kind()) in ("not", "minus", "prefix"):
            token = self.tokens[self.place]
            self.place += 1
            if kind == "prefix":
                name, inner = token.text, target_named(token.text) or context
            else:
                is_negative = not is_negative
        if self._next_kind() in ("", ")", "and", "or"):
            if is_negative:
                self._note_operator()
            return None
        part = self._primary(inner)
        if part is None:
            return None
        if name and inner.search_type:
            part = _in_field(inner.search_type, part)
        return _not(part) if is_negative else part

    def _primary(self, context: Target) -> Node | None:
        token = self.tokens[self.place]
        self.place += 1
        if token.kind == "(":
            part = self._alternatives(context)
            self.place += 1
            return part
        if self.clauses >= MAX_CLAUSES:
            self._note("clauses", f"Only the first {MAX_CLAUSES} parts of the search were used.")
            return None
        part = self._leaf(token, context)
        self.clauses += part is not None
        return part

    def _leaf(self, token: BoxToken, context: Target) -> Node | None:
        if token.kind == "everything":
            return Everything()
        if token.kind == "range":
            return self._range(token, context)
        if token.kind == "word" and token.suffix.startswith("*") and not token.text:
            self._note("wildcard", "A * alone stands for everything.")
            return None
        if context.exact:
            return _exact(token.text, context)
        if context.year and (years := _years(token.text, context.year)):
            return years
        if not folded_words(token.text):
            return None
        return self._phrase(token) if token.kind == "phrase" else self._word(token, context)

    def _range(self, token: BoxToken, context: Target) -> Node | None:
        low, high = _bound(token.text, token.ends[0] == "{"), _bound(token.high, token.ends[1] == "}", -1)
        if context.year and low != "" and high != "":
            return Range(context.year, low, high)
        self._note("range", "Only years can be asked for as a range, as in year:[2010 TO 2012].")
        return _joined(And, [Word(text) for text in (token.text, token.high) if folded_words(text)])

    def _phrase(self, token: BoxToken) -> Node:
        slop = re.match(r"~([0-9]+)", token.suffix)
        self._note_suffix(token.suffix.removeprefix(slop[0]) if slop else token.suffix)
        return Phrase(token.text, min(int(slop[1]), MAX_SLOP) if slop else 0)

    def _word(self, token: BoxToken, context: Target) -> Node:
        self._note_suffix(token.suffix.removeprefix("*"))
        if token.suffix.startswith("*"):
            return self._prefix(token.text)
        if not token.is_escaped and (inner := _WILDCARD_INSIDE.match(token.text)):
            self._note(
                "wildcard", "Only a * at the end of a word stands for other letters; the word's beginning was searched."
            )
            return self._prefix(inner[1])
        if token.is_escaped or context != _ALL_FIELDS:
            return Word(token.text)
        found = detect(token.text)
        name = identifier_field(found.scheme) if found else ""
        return Or((Exact(name, found.value), Word(token.text))) if found and name else Word(token.text)

    def _prefix(self, text: str) -> Node:
        words = folded_words(text)
        if len(words[-1]) >= MIN_PREFIX:
            return Prefix(text)
        self._note("short-prefix", f"A * needs {MIN_PREFIX} letters before it; the letters were searched as a word.")
        return Word(text)

    def _note_suffix(self, suffix: str) -> None:
        if "~" in suffix:
            self._note("fuzzy", "Words are not searched for in similar spelling; ~ was left out.")
        if "^" in suffix:
            self._note("boost", "Words cannot be given weights; ^ was left out.")

    def _note_operator(self) -> None:
        self._note("operator", "An AND, OR or NOT with nothing to join was left out.")

    def _note(self, kind: str, text: str) -> None:
        _note(self.notes, kind, text)


_WILDCARD_INSIDE = re.compile(r"(\w{3,})[*?](?=\w)")


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """One node of the parts; parts of the same kind are taken apart, since (A B) C is A B C."""
    if len(parts) < 2:
        return parts[0] if parts else None
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return kind(tuple(flat))


def _not(part: Node) -> Node:
    return part.part if isinstance(part, Not) else Not(part)


def _in_field(search_type: str, part: Node) -> Node:
    """The part asked of a field; what already says where to look keeps saying so."""
    return part if isinstance(part, Field | Exact | Range | Everything) else Field(search_type, part)


def _exact(text: str, context: Target) -> Node | None:
    text = text.strip()
    if not text:
        return None
    values = [Exact(name, context.normal(text)) for name in context.exact]
    return values[0] if len(values) == 1 else Or(tuple(values))


_YEARS = re.compile(r"([0-9]{4})(?:-[0-9]{2}){0,2}|([0-9]{4})\s*[-–:]\s*([0-9]{4})|(>=|<=|>|<)([0-9]{4})")


def _years(text: str, name: str) -> Range | None:
    """2012, 2012-01-01, 2010-2012, >2010: as they are typed behind `year:`."""
    match = _YEARS.fullmatch(text.strip())
    if match is None:
        return None
    if match[1]:
        return Range(name, match[1], match[1])
    if match[2]:
        return Range(name, match[2], match[3])
    year = int(match[5]) + {">": 1, "<": -1}.get(match[4], 0)
    return Range(name, str(year), None) if match[4].startswith(">") else Range(name, None, str(year))


def _bound(text: str, is_open: bool, step: int = 1) -> str | None:
    """A bound of a range: None for *, "" for what is no year. Open bounds are moved to the next year inside."""
    if text == "*":
        return None
    match = re.fullmatch(r"([0-9]{1,4})(?:-[0-9]{2}){0,2}", text)
    if match is None:
        return ""
    return str(int(match[1]) + step) if is_open else match[1]
