"""The language of the search box: VuFind's and Lucene's as people type it.

Words (all must occur), "phrases", AND OR NOT in capitals, + and -, parentheses, `field:` prefixes, `leuk*`, `wom?n`,
`colour~1`, `"a b"~3`, `a NEAR/3 b`, `a PRE/3 b`, `a^2`, `year:[2010 TO 2012]`, `mh:"Rotator Cuff"`, `*:*`.
NEAR and PRE bind closer than NOT, NOT closer than AND, AND closer than OR.
Identifiers (a DOI, an ISSN) are looked up as such and, as somebody may cite one, searched as words as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bookwheel.records.identifiers import detect
from bookwheel.search.analysis import folded_words
from bookwheel.search.clauses import Clause, in_field, joined, negated, wrapped
from bookwheel.search.lexer import BoxToken, box_tokens, has_open_quote
from bookwheel.search.limits import (
    MAX_CLAUSES,
    MAX_NEAR,
    MAX_NESTING,
    MAX_SLOP,
    MIN_FUZZY,
    MIN_PREFIX,
)
from bookwheel.search.notes import Notes, translatable
from bookwheel.search.prefixes import Target, identifier_field, target_named
from bookwheel.search.query import (
    And,
    Boost,
    Everything,
    Exact,
    Fuzzy,
    Heading,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Word,
)
from bookwheel.search.wildcards import beginning, letters, pattern_words


def read(text: str, search_type: str, notes: Notes) -> Clause | None:
    """What a text of the box asks; None when there is no word in it."""
    context = target_named(search_type) or _ALL_FIELDS
    if context.is_one_value:
        node = None if text == "*:*" else _exact(text.replace('"', ""), context)
        return Clause(node, 0, len(text)) if node is not None else None
    if has_open_quote(text):
        notes.add("open-quote", "A quotation mark without its partner was left out.")
    tokens = box_tokens(text)
    for token in tokens:
        if token.is_mere_text:
            notes.add("operator", _MERE_TEXT, token.start, token.end)
    tokens = _as_words_if_capitals(tokens, text, notes)
    tokens = _with_pairs_only(tokens, notes)
    found = _Parser(tokens, notes).clause(context)
    return found if found is None else _or_as_a_whole(text, found, context)


_ALL_FIELDS = Target("AllFields")


def _as_words_if_capitals(tokens: list[BoxToken], text: str, notes: Notes) -> list[BoxToken]:
    """A title pasted in capitals has no operators: "TO BE OR NOT TO BE". "DNA OR RNA" still has one."""
    if not reads_as_title_in_capitals(tokens, text):
        return tokens
    notes.add("capitals", "The search is all in capitals, so AND, OR and NOT were taken for words of a title.")
    return [replace(token, kind="word", is_escaped=True) if token.kind != "word" else token for token in tokens]


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


def _with_pairs_only(tokens: list[BoxToken], notes: Notes) -> list[BoxToken]:
    """The tokens without parentheses that lack a partner or lie deeper than the cap."""
    opened: list[int] = []
    paired: set[int] = set()
    is_too_deep = False
    alone = translatable("Parentheses without their partner were left out.")
    for place, token in enumerate(tokens):
        if token.kind == "(":
            opened.append(place)
        elif token.kind == ")" and opened:
            is_too_deep = is_too_deep or len(opened) > MAX_NESTING
            if len(opened) <= MAX_NESTING:
                paired |= {opened[-1], place}
            opened.pop()
        elif token.kind == ")":
            notes.add("parentheses", alone, token.start, token.end)
    for place in opened:
        notes.add("parentheses", alone, tokens[place].start, tokens[place].end)
    if is_too_deep:
        notes.lost("nesting", "Parentheses more than %(most)s deep were left out.", most=MAX_NESTING)
    return [token for place, token in enumerate(tokens) if token.kind not in "()" or place in paired]


def _or_as_a_whole(text: str, clause: Clause, context: Target) -> Clause:
    """The clause, or the identifier that several words together are ("PMID 22937098", a work key)."""
    if context != _ALL_FIELDS or not isinstance(clause.node, And):
        return clause
    whole: Exact | None = None
    if _WORK_KEY.fullmatch(text):
        whole = Exact("work_keys_str_mv", text)
    elif (found := detect(text)) and (name := identifier_field(found.scheme)):
        whole = Exact(name, found.value)
    if whole is None:
        return clause
    return Clause(Or((whole, clause.node)), clause.start, clause.end, (), clause.weight + 1)


_WORK_KEY = re.compile(r"(?:AT \S+|UT) \S+")
"""As VuFind writes them (XSLT/Import/VuFindWorkKeys.php)."""


@dataclass
class _Parser:
    """Reads tokens from left to right. Depth of the recursion is that of the parentheses, at most `MAX_NESTING`."""

    tokens: list[BoxToken]
    notes: Notes
    place: int = 0
    clauses: int = 0

    def clause(self, context: Target) -> Clause | None:
        return self._alternatives(context)

    def _next_kind(self) -> str:
        return self.tokens[self.place].kind if self.place < len(self.tokens) else ""

    def _alternatives(self, context: Target) -> Clause | None:
        """A OR B: up to a closing parenthesis or the end."""
        parts: list[Clause] = []
        while True:
            if (part := self._conjunction(context)) is not None:
                parts.append(part)
            elif self._next_kind() == "or":
                self._note_operator(self.place)
            if self._next_kind() != "or":
                break
            self.place += 1
            if self._next_kind() in ("", ")"):
                self._note_operator(self.place - 1)
        return joined(Or, parts)

    def _conjunction(self, context: Target) -> Clause | None:
        """A B, A AND B: up to an OR, a closing parenthesis or the end."""
        parts: list[Clause] = []
        is_explicit = False
        while (kind := self._next_kind()) not in ("", ")", "or"):
            if kind == "and":
                self.place += 1
                is_explicit = True
                if not parts or self._next_kind() in ("", ")", "or", "and"):
                    self._note_operator(self.place - 1)
            elif (part := self._item(context)) is not None:
                parts.append(part)
        # Several ISSNs or record numbers one after the other: no record has them all.
        if context.exact and not is_explicit and not any(isinstance(part.node, Not) for part in parts):
            return joined(Or, parts)
        return joined(And, parts)

    def _item(self, context: Target) -> Clause | None:
        """NOT in front of something near something, or of one thing alone."""
        start = self.place
        is_negative = False
        while self._next_kind() in ("not", "minus"):
            is_negative = not is_negative
            self.place += 1
        if is_negative and self._next_kind() in ("", ")", "and", "or"):
            self._note_operator(self.place - 1)
            return None
        part = self._nearness(context)
        return negated(part, self.tokens[start].start) if part is not None and is_negative else part

    def _nearness(self, context: Target) -> Clause | None:
        """Things with NEAR/n or PRE/n between: as long as the operator is the same they are one stretch of words."""
        part = self._one(context)
        while self._next_kind() == "near":
            token = self.tokens[self.place]
            parts = [part] if part is not None else []
            while self._next_kind() == "near" and self._same_near(token):
                self.place += 1
                if (other := self._one(context)) is not None:
                    parts.append(other)
            part = self._near(token, parts)
        return part

    def _same_near(self, token: BoxToken) -> bool:
        return self.tokens[self.place] == token

    def _near(self, token: BoxToken, parts: list[Clause]) -> Clause | None:
        if len(parts) < 2:
            self.notes.add("operator", _NOTHING_TO_JOIN, token.start, token.end)
            return parts[0] if parts else None
        if len(parts) > MAX_NEAR or not all(can_be_near(part.node) for part in parts):
            self.notes.lost("near", NOT_NEAR, token.start, token.end)
            return joined(And, parts)
        node = Near(tuple(part.node for part in parts), int(token.high), token.text == "PRE")
        return Clause(node, parts[0].start, parts[-1].end, (), sum(part.weight for part in parts))

    def _one(self, context: Target) -> Clause | None:
        """A prefix in front of a word, phrase, range or group."""
        start = self.place
        name = ""
        inner = context
        while self._next_kind() == "prefix":
            name = self.tokens[self.place].text
            inner = target_named(name) or context
            self.place += 1
        if self._next_kind() in ("not", "minus") and name:
            part = self._item(inner)
        elif self._next_kind() in ("", ")", "and", "or", "near", "not", "minus"):
            return None
        else:
            part = self._primary(inner)
        if part is not None and name:
            part = replace(part, start=self.tokens[start].start)
            if inner.search_type:
                part = _in_box_field(inner.search_type, part)
        return part

    def _primary(self, context: Target) -> Clause | None:
        token = self.tokens[self.place]
        self.place += 1
        if token.kind == "(":
            part = self._alternatives(context)
            closing = self.tokens[self.place]
            self.place += 1
            if part is not None:
                part = replace(part, start=token.start, end=closing.end)
            return _boosted(part, closing.suffix)
        if self.clauses >= MAX_CLAUSES:
            self.notes.lost("clauses", "Only the first %(most)s parts of the search were used.", most=MAX_CLAUSES)
            return None
        node = self._leaf(token, context)
        if node is None:
            return None
        self.clauses += 1
        return _boosted(Clause(node, token.start, token.end), _BOOST_SUFFIX.sub("", token.suffix, count=1))

    def _leaf(self, token: BoxToken, context: Target) -> Node | None:
        if token.kind == "everything":
            return Everything()
        if token.kind == "range":
            return self._range(token, context)
        if token.kind == "word" and token.suffix.startswith("*") and not token.text:
            self.notes.add("wildcard", "A * alone stands for everything.", token.start, token.end)
            return None
        if context.heading:
            return Heading(token.text, context.exploded) if folded_words(token.text) else None
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
        self._lost("range", "Only years can be asked for as a range, as in year:[2010 TO 2012].", token)
        words: list[Node] = [Word(text) for text in (token.text, token.high) if folded_words(text)]
        return And(tuple(words)) if len(words) > 1 else words[0] if words else None

    def _phrase(self, token: BoxToken) -> Node:
        slop = re.match(r"~([0-9]+)", token.suffix)
        return Phrase(token.text, min(int(slop[1]), MAX_SLOP) if slop else 0)

    def _word(self, token: BoxToken, context: Target) -> Node:
        if token.suffix.startswith("*"):
            return self._pattern(f"{token.text}*", token)
        if fuzzy := re.match(r"~([0-9]*)(\.[0-9]+)?", token.suffix):
            return self._fuzzy(token, fuzzy[1], fuzzy[2] or "")
        is_plain = token.is_escaped or token.is_mere_text
        if not is_plain and _HAS_SIGN_INSIDE.search(token.text) and _PLAIN_PATTERN.fullmatch(token.text):
            return self._pattern(token.text, token)
        if is_plain or context != _ALL_FIELDS:
            return Word(token.text)
        found = detect(token.text)
        name = identifier_field(found.scheme) if found else ""
        return Or((Exact(name, found.value), Word(token.text))) if found and name else Word(token.text)

    def _pattern(self, text: str, token: BoxToken) -> Node:
        """`leuk*` or `wom?n`; what begins with a sign, or has too few letters, is a word."""
        stem = text.removesuffix("*")
        if token.is_escaped or not _HAS_SIGN.search(stem) or not _PLAIN_PATTERN.fullmatch(text):
            return self._prefix(stem, token)
        words = pattern_words(text)
        plain = Word(_HAS_SIGN.sub("", text))
        if any(not beginning(word) for word in words):
            self._lost(
                "leading-wildcard", "A word cannot begin with * or ?; the letters were searched as a word.", token
            )
            return plain
        if max(map(letters, words)) < MIN_PREFIX:
            self._lost(
                "short-prefix",
                "A word with * or ? needs %(least)s letters; it was searched as a word.",
                token,
                least=MIN_PREFIX,
            )
            return plain
        return Wildcard(text)

    def _prefix(self, text: str, token: BoxToken) -> Node:
        words = folded_words(text)
        if len(words[-1]) >= MIN_PREFIX:
            return Prefix(text)
        self._lost(
            "short-prefix",
            "A * needs %(least)s letters before it; the letters were searched as a word.",
            token,
            least=MIN_PREFIX,
        )
        return Word(text)

    def _fuzzy(self, token: BoxToken, whole: str, fraction: str) -> Node:
        words = folded_words(token.text)
        if len(words) != 1 or len(words[0]) < MIN_FUZZY:
            text = translatable("Only words of %(least)s letters or more are searched in similar spelling.")
            self._lost("fuzzy", text, token, least=MIN_FUZZY)
            return Word(token.text)
        # Lucene's old form: how alike the words are, from 0 to 1.
        distance = int((1 - float(fraction)) * len(words[0])) if fraction else int(whole or 2)
        if distance > 2:
            self._lost("fuzzy", "Words are searched in spellings up to two letters apart.", token)
        return Fuzzy(token.text, min(distance, 2)) if distance else Word(token.text)

    def _note_operator(self, place: int) -> None:
        token = self.tokens[place]
        self.notes.add("operator", _NOTHING_TO_JOIN, token.start, token.end)

    def _lost(self, kind: str, text: str, token: BoxToken, **values: object) -> None:
        self.notes.lost(kind, text, token.start, token.end, **values)


NOT_NEAR = translatable(
    "Only words, phrases and alternatives of them can be near one another; all of them were searched anywhere."
)
_NOTHING_TO_JOIN = translatable("An operator with nothing to join was left out.")
_MERE_TEXT = translatable("What could be an operator or a wildcard was taken for a part of the sentence.")
_HAS_SIGN = re.compile(r"[*?]")
_HAS_SIGN_INSIDE = re.compile(r"\*.|\?\w|^[*?]\w", re.DOTALL)
"""A question mark at the end asks a question: "what is leukemia?"."""
_PLAIN_PATTERN = re.compile(r"(?:\w|[-'’*?])+")
"""A word with signs; an address with a question mark is none."""
_BOOST_SUFFIX = re.compile(r"^\*?(?:~[0-9.]*)?")
_LIGHTEST, _HEAVIEST = 0.01, 100.0


def can_be_near(node: Node) -> bool:
    """Whether it may be a part of a Near."""
    match node:
        case Word() | Prefix() | Wildcard() | Phrase(_, 0):
            return True
        case Near():
            return True
        case Or(parts):
            return all(can_be_near(part) for part in parts)
    return False


def _boosted(clause: Clause | None, suffix: str) -> Clause | None:
    match = re.match(r"\^([0-9]+(?:\.[0-9]+)?)", suffix)
    if clause is None or match is None:
        return clause
    weight = min(max(float(match[1]), _LIGHTEST), _HEAVIEST)
    return Clause(Boost(clause.node, weight), clause.start, clause.end, clause.parts, clause.weight)


def _in_box_field(search_type: str, part: Clause) -> Clause:
    return wrapped(part, in_field(search_type))


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
