"""CQL 1.2 and 2.0, the language of SRU: `dc.title = "lung cancer" and dc.date >= 2010`.

Booleans count from left to right. `=` and `adj` ask for a phrase, `all` and `any` for words, by their stems; `==` and
`exact` for a whole value where the field is kept whole, else for a phrase. Source: https://www.loc.gov/standards/sru/cql/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from bookwheel.records import identifiers
from bookwheel.search.analysis import folded_words
from bookwheel.search.clauses import Clause, in_field
from bookwheel.search.limits import MAX_DISTANCE
from bookwheel.search.notes import Notes, translatable
from bookwheel.search.query import And, Everything, Exact, Heading, Node, Not, Or, Word
from bookwheel.search.syntaxes.expression import Token, clause_of
from bookwheel.search.syntaxes.terms import term, years

INDEXES: Mapping[str, str] = MappingProxyType(
    {
        "dc.title": "Title", "title": "Title", "bath.title": "Title",
        "dc.creator": "Author", "dc.contributor": "Author", "creator": "Author", "author": "Author",
        "bath.author": "Author",
        "dc.subject": "Subject", "subject": "Subject", "dc.description": "abstract", "dc.publisher": "publisher",
        "dcterms.abstract": "abstract", "dcterms.ispartof": "JournalTitle", "bath.journaltitle": "JournalTitle",
        "cql.anywhere": "AllFields", "cql.serverchoice": "AllFields", "cql.keywords": "AllFields",
        "anywhere": "AllFields",
        "bookwheel.titleabstract": "TitleAbstract", "bookwheel.textword": "TextWord",
        "bookwheel.affiliation": "affiliation", "bookwheel.journal": "JournalTitle",
    }
)  # fmt: skip
"""Index -> search type, in lower case: CQL's indexes are the same in any case of letters."""
EXACT: Mapping[str, str] = MappingProxyType(
    {
        "rec.identifier": "id", "rec.id": "id", "bath.issn": "issn", "bath.isbn": "isbn", "dc.language": "language",
        "dc.type": "format", "bookwheel.doi": "doi_str_mv", "bookwheel.pmid": "pmid_str_mv",
        "bookwheel.authorfacet": "author_facet",
    }
)  # fmt: skip
_DATES = ("dc.date", "dcterms.issued", "bath.date", "date")
_HEADING = {"bookwheel.heading": True, "bookwheel.headingonly": False}
_RELATIONS = ("==", "=", "<>", "<=", ">=", "<", ">", "exact", "any", "all", "adj", "within", "scr", "encloses")

_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|([()])|(<>|<=|>=|==|=|<|>)|(/)|([^\s()=<>"/]+)|("))', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, quoted text or sign; `text` without its quotation marks, backslashes still in."""

    text: str
    start: int
    end: int
    is_quoted: bool = False


def read(text: str, search_type: str, notes: Notes) -> Clause | None:
    """What a CQL query asks."""
    return _Reader(_pieces(text, notes), search_type, notes).read()


def _pieces(text: str, notes: Notes) -> list[_Piece]:
    found = []
    place = 0
    while match := _TOKEN.match(text, place):
        place = match.end()
        group = match.lastindex or 1
        start = match.start(group)
        if group == 6:
            notes.add("open-quote", "A quotation mark without its partner was left out.", start, place)
        elif group == 1:
            found.append(_Piece(match[1][1:-1], start, place, is_quoted=True))
        else:
            found.append(_Piece(match[group], start, place))
    return found


class _Reader:
    def __init__(self, pieces: list[_Piece], search_type: str, notes: Notes) -> None:
        self.pieces = pieces
        self.search_type = search_type
        self.notes = notes
        self.place = 0
        self.found: list[Token] = []

    def read(self) -> Clause | None:
        while self.place < len(self.pieces):
            piece = self.pieces[self.place]
            word = "" if piece.is_quoted else piece.text.lower()
            if word in ("(", ")"):
                self.found.append(Token("(" if word == "(" else ")", piece.start, piece.end))
                self.place += 1
            elif word in ("and", "or", "not", "prox"):
                self._boolean(piece, word)
            elif word == "sortby":
                end = self.pieces[-1].end
                self.notes.lost(
                    "sort", "The order of results is chosen on the page; sortBy was left out.", piece.start, end
                )
                break
            elif word == ">":
                self._assignment()
            elif word in ("=", "==", "<", "<=", ">=", "<>", "/"):
                self.notes.lost(
                    "relation", "This sign has no index before it and was left out.", piece.start, piece.end
                )
                self.place += 1
            else:
                self._search_clause()
        return clause_of(self.found, self.notes, or_binds_last=False)

    def _next(self, ahead: int = 0) -> _Piece | None:
        at = self.place + ahead
        return self.pieces[at] if at < len(self.pieces) else None

    def _assignment(self) -> None:
        """`> dc = "info:srw/…"` names a set of indexes; the usual names are known without."""
        start = self.pieces[self.place]
        self.place += 1
        while (piece := self._next()) and not piece.is_quoted:
            self.place += 1
        self.place += 1
        end = self.pieces[min(self.place, len(self.pieces)) - 1].end
        self.notes.lost("prefix", "Names of index sets cannot be given; the usual ones are known.", start.start, end)

    def _modifiers(self) -> list[tuple[str, str, str, int, int]]:
        """`/distance<=3/unit=word`: name, comparison, value and place of each."""
        found = []
        while (slash := self._next()) and not slash.is_quoted and slash.text == "/":
            name = self._next(1)
            self.place += 2 if name else 1
            if name is None:
                break
            sign, value = "", ""
            operator = self._next()
            if (
                operator
                and not operator.is_quoted
                and re.fullmatch(r"[<>=]+", operator.text)
                and (given := self._next(1))
            ):
                sign, value = operator.text, given.text
                self.place += 2
            end = self.pieces[self.place - 1].end
            found.append((name.text.lower(), sign, value, slash.start, end))
        return found

    def _boolean(self, piece: _Piece, word: str) -> None:
        self.place += 1
        modifiers = self._modifiers()
        if word != "prox":
            for name, _, _, start, end in modifiers:
                self.notes.lost("modifier", "The modifier %(name)s was left out.", start, end, name=name)
            self.found.append(
                Token("and" if word == "and" else "or" if word == "or" else "not", piece.start, piece.end)
            )
            return
        distance, ordered = 1, False
        for name, sign, value, start, end in modifiers:
            if name == "distance" and sign in ("<", "<=", "=", "") and value.isdecimal() and len(value) < 5:
                distance = int(value) - (sign == "<")
                if sign == "=" and distance != 1:
                    self.notes.lost("modifier", "Words are searched up to this distance, not just at it.", start, end)
            elif name == "unit" and value.lower() == "word":
                continue
            elif name in ("ordered", "unordered"):
                ordered = name == "ordered"
            else:
                self.notes.lost("modifier", "The modifier %(name)s was left out.", start, end, name=name)
        gap = min(max(distance, 1), MAX_DISTANCE) - 1
        self.found.append(Token("near", piece.start, piece.end, distance=gap, ordered=ordered))

    def _search_clause(self) -> None:
        first = self.pieces[self.place]
        relation = self._next(1)
        name = relation.text.lower() if relation and not relation.is_quoted else ""
        # "and", "any" and the like are words where nothing follows them.
        if name in _RELATIONS and not first.is_quoted and self._next(2) is not None:
            self.place += 2
            modifiers = self._modifiers()
            value = self._next()
            if value is None:
                self.notes.lost("relation", "There is nothing to search behind this.", first.start, self.pieces[-1].end)
                return
            self.place += 1
            for modifier, _, _, start, end in modifiers:
                if modifier not in ("relevant", "word", "ignorecase", "ignoreaccents", "stem"):
                    self.notes.lost("modifier", "The modifier %(name)s was left out.", start, end, name=modifier)
            node = self._asked(first, name, value)
            self._add(node, first.start, value.end)
            return
        self.place += 1
        self._add(self._words(first, "AllFields" if self.search_type == "AllFields" else ""), first.start, first.end)

    def _add(self, node: Node | None, start: int, end: int) -> None:
        if node is None:
            self.notes.add("no-word", "There is no word to search for here; it was left out.", start, end)
        else:
            self.found.append(Token("term", start, end, Clause(node, start, end)))

    def _words(self, piece: _Piece, field: str) -> Node | None:
        del field
        text = self._unmasked(piece)
        if not piece.is_quoted and text == piece.text and not re.search(r"[*?]", text):
            return Word(text) if folded_words(text) else None
        return term(text, self.notes, piece.start, piece.end)

    def _unmasked(self, piece: _Piece) -> str:
        """The text with its wildcards; an anchor ^ and escaped signs are left out with a remark."""
        text = piece.text
        if re.search(r"\\[*?]", text):
            self.notes.add("escape", "Escaped wildcards are signs, and signs are not searched.", piece.start, piece.end)
            text = re.sub(r"\\[*?]", " ", text)
        text = re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
        if text.startswith("^") or text.endswith("^"):
            self.notes.lost(
                "anchor", "Beginning and end of a field cannot be asked; ^ was left out.", piece.start, piece.end
            )
            text = text.strip("^")
        return text

    def _asked(self, index: _Piece, relation: str, value: _Piece) -> Node | None:
        name = index.text.lower()
        start, end = index.start, value.end
        if name == "cql.allrecords":
            return Everything()
        if name in _DATES:
            return self._date(relation, value, start, end)
        if name in _HEADING:
            self.notes.lost("heading", "No list of headings is loaded here; the words were searched.", start, end)
            return Heading(value.text, _HEADING[name]) if folded_words(value.text) else None
        if relation in ("<", "<=", ">", ">=", "within", "encloses"):
            text = translatable("%(sign)s asks for dates only; the words were searched.")
            self.notes.lost("relation", text, start, end, sign=relation)
            relation = "all"
        field = INDEXES.get(name, "")
        if name in EXACT and relation in ("=", "==", "exact", "scr", "<>"):
            return self._negated(relation, self._whole(EXACT[name], value))
        if not field:
            known = EXACT.get(name)
            if known is None:
                self.notes.lost(
                    "index",
                    "There is no index %(name)s; all fields were searched.",
                    index.start,
                    index.end,
                    name=index.text,
                )
            field = known or "AllFields"
        node = self._text(relation, value, start, end)
        return node if node is None else self._negated(relation, in_field(field)(node))

    def _negated(self, relation: str, node: Node | None) -> Node | None:
        return Not(node) if relation == "<>" and node is not None else node

    def _whole(self, field: str, value: _Piece) -> Node | None:
        text = re.sub(r"\\(.)", r"\1", value.text, flags=re.DOTALL).strip()
        if field == "doi_str_mv":
            text = identifiers.doi(text) or text.lower()
        return Exact(field, text) if text else None

    def _text(self, relation: str, value: _Piece, start: int, end: int) -> Node | None:
        text = self._unmasked(value)
        if relation in ("all", "any"):
            nodes = [
                node
                for word in text.split()
                if (node := Word(word) if not re.search(r"[*?]", word) else term(word, self.notes, start, end))
                is not None
                and folded_words(word)
            ]
            if len(nodes) < 2:
                return nodes[0] if nodes else None
            return Or(tuple(nodes)) if relation == "any" else And(tuple(nodes))
        if relation in ("==", "exact"):
            self.notes.lost("relation", "This field is not kept whole; the phrase was searched.", start, end)
        return term(text, self.notes, value.start, value.end)

    def _date(self, relation: str, value: _Piece, start: int, end: int) -> Node | None:
        text = value.text.strip()
        low, _, high = text.partition(" ") if relation == "within" else (text, "", text)
        node = years(low, high, self.notes, start, end)
        if node is None or relation in ("any", "all", "adj", "encloses") or not text:
            self.notes.lost("date", "This is no date; it was left out.", start, end)
            return Everything()
        if relation == "<>":
            return Not(node)
        if relation in (">", ">="):
            return replace(node, low=_moved(node.low, relation == ">"), high=None)
        if relation in ("<", "<="):
            return replace(node, low=None, high=_moved(node.high, relation == "<", -1))
        return node


def _moved(year: str | None, is_open: bool, step: int = 1) -> str | None:
    return str(int(year) + step) if year is not None and is_open else year
