"""What every engine promises (`bookwheel.search.engine`), as tests each engine's own test module inherits.

    class TestMemoryEngine(EngineContract):
        @pytest.fixture(scope="class")
        @classmethod
        def make_engine(cls) -> MakeEngine:
            return MemoryEngine

`make_engine` gives a new, empty engine at each call. `updates` is how many transactions `fill` spreads documents over:
an engine of segments sets it high. Closing engines is the fixture's business.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from random import Random
from typing import TypeAlias, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import corpus
from tests.contracts import brute_force

from bookwheel.errors import TooBroadError
from bookwheel.search import deadline as deadlines
from bookwheel.search.analysis import folded_words, title_key
from bookwheel.search.collation import sort_key
from bookwheel.search.engine import MAX_OFFSET, TITLES, Engine, Stretch
from bookwheel.search.fields import DEFAULT_FACETS, field_values, with_copies
from bookwheel.search.parse import parse
from bookwheel.search.query import (
    And,
    Everything,
    Exact,
    FacetRequest,
    Filter,
    FilterMode,
    Fuzzy,
    Heading,
    Or,
    Phrase,
    Prefix,
    Query,
    Wildcard,
    Word,
    YearRange,
)
from bookwheel.search.ranking import SEARCH_TYPES, SORTS
from bookwheel.search.results import Document, FacetValue, SearchResult, WordList

MakeEngine: TypeAlias = Callable[[], Engine]

DOCUMENTS = corpus.documents(300)
BY_ID = {document["id"][0]: document for document in DOCUMENTS}

questions = settings(
    max_examples=100,
    deadline=None,
    # The suite is inherited by the tests of each engine, and an engine is filled once for all questions.
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
)


def ask(engine: Engine, text: str, search_type: str = "AllFields", **settings: object) -> SearchResult:
    return engine.search(replace(_query(text, search_type), **settings))  # type: ignore[arg-type]


def _query(text: str, search_type: str) -> Query:
    return Query(text=text, tree=parse(text, search_type).tree, search_type=search_type, size=1000)


def ids(result: SearchResult) -> list[str]:
    return [hit.id for hit in result.hits]


def all_ids(engine: Engine, query: Query) -> list[str]:
    return ids(engine.search(replace(query, page=1, size=1000)))


class EngineContract:
    updates = 1

    @pytest.fixture(scope="class")
    @classmethod
    def make_engine(cls) -> MakeEngine:
        raise NotImplementedError("the engine's test class gives this fixture")

    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls, make_engine: MakeEngine) -> Engine:
        """The engine with `DOCUMENTS`, for questions only."""
        engine = make_engine()
        cls.fill(engine, DOCUMENTS)
        return engine

    @pytest.fixture
    def empty(self, make_engine: MakeEngine) -> Engine:
        return make_engine()

    @classmethod
    def fill(cls, engine: Engine, documents: Sequence[Document], watermark: int = 1) -> None:
        """Put documents in by `updates` transactions, with replays, passing versions and deletions on the way."""
        random = Random(len(documents))
        size = -(-len(documents) // cls.updates) or 1
        for start in range(0, len(documents), size):
            part = documents[start : start + size]
            with engine.update(watermark) as writer:
                for document in part:
                    writer.add({"id": document["id"], "title": ("a passing version",)})
                    writer.add({"id": (f"{document['id'][0]}-passing",), "title": ("leukemia",)})
                for document in part:
                    writer.add(document)
                for document in random.sample(documents[: start + size], min(3, start + size, len(documents))):
                    writer.add(document)
                for document in part:
                    writer.delete(f"{document['id'][0]}-passing")

    # Nothing, and not enough

    def test_an_empty_engine_answers(self, empty: Engine) -> None:
        result = ask(empty, "leukemia", facets=(FacetRequest("author_facet"),))
        assert (result.total, result.hits, result.next_after) == (0, (), "")
        assert result.facets["author_facet"].values == ()
        assert empty.search(Query()).total == empty.count() == empty.watermark() == 0
        assert empty.get(["a"]) == {}
        assert empty.suggest("author_facet", "a") == ()
        assert empty.browse("author_facet", Stretch()) == empty.browse(TITLES, Stretch()) == ()
        assert empty.suggest(TITLES, "a") == ()
        assert empty.similar("a") == ()

    def test_a_document_of_an_id_alone_is_found_by_everything(self, empty: Engine) -> None:
        with empty.update(1) as writer:
            writer.add({"id": ("only",)})
        assert all_ids(empty, Query()) == ["only"]

    # Which documents are found

    @questions
    @given(tree=corpus.trees(), search_type=st.sampled_from(("AllFields", "AllFields", "Title", "Author", "ISN")))
    def test_finds_what_brute_force_finds(self, filled: Engine, tree: object, search_type: str) -> None:
        query = Query(tree=tree, search_type=search_type, size=1000)  # type: ignore[arg-type]
        wanted = brute_force.found(query, DOCUMENTS)
        result = filled.search(query)
        assert set(ids(result)) == wanted
        assert result.total == len(result.hits) == len(wanted)

    @pytest.mark.parametrize("search_type", SEARCH_TYPES)
    def test_every_search_type_finds_what_brute_force_finds(self, filled: Engine, search_type: str) -> None:
        for tree in (Word("leukemia"), Phrase("T-cell"), Prefix("stud"), Word("2012"), Word("odd-who"), Word("Wiley")):
            query = Query(tree=tree, search_type=search_type)
            assert set(all_ids(filled, query)) == brute_force.found(query, DOCUMENTS), tree

    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("to be or not to be", "To be, or not to be"),
            ("TO BE OR NOT TO BE", "To be, or not to be"),
            ('"to be or not to be"', "To be, or not to be"),
            ("the who", "The Who"),
            ("THE WHO", "The Who"),
            ("p53", "The p53 pathway"),
            ("P53 pathways", "The p53 pathway"),
            ("SARS-CoV-2", "Spread of SARS-CoV-2"),
            ("sars cov 2", "Spread of SARS-CoV-2"),
            ("Sciume", "Sciumè e altri"),
            ("Sciumè", "Sciume e altri"),
            ("SCIUMÈ", "Sciumè e altri"),
            ("Lodz strasse", "Łódź Straße"),
            ("crohn disease", "Crohn’s disease"),
            ("Crohn's", "Crohn and others"),
            ("преображенский", "ПРЕОБРАЖЕНСКИЙ"),
            ("ёлка", "Елка"),
            ("ωμεγα", "Ωμέγα"),
            ("احمد", "أَحْمَد"),
            ("עברית", "עִבְרִית"),
            ("北京", "北京大学研究"),
            ("大学", "北京大学研究"),
            ("データ", "研究データ"),
            ("논문", "한국어논문"),
            ("हिन्दी", "हिन्दी भाषा"),
            ("CO2", "CO₂ uptake"),
            ("what are leukemias?", "What are leukemias"),
            ("“smart quotes”", "Smart quotes"),
            ("Hamlet: to be", "Hamlet to be"),
            ("leuk* (chronic OR acute) -mouse", "Chronic leukemia"),
        ],
    )
    def test_finds_as_typed(self, empty: Engine, text: str, title: str) -> None:
        with empty.update(1) as writer:
            writer.add({"id": ("wanted",), "title": (title,)})
            writer.add({"id": ("other",), "title": ("Something else 大 北 スマ of mouse",)})
        assert ids(ask(empty, text)) == ["wanted"]

    @pytest.mark.parametrize(
        "text",
        [
            "10.1155/2012/393864",
            "doi:10.1155/2012/393864",
            "DOI: 10.1155/2012/393864",
            "https://doi.org/10.1155/2012/393864",
            "1687-9104",
            "issn:16879104",
            "doaj-art-a34e60229e934aac998908d0fd28b026",
            "id:doaj-art-a34e60229e934aac998908d0fd28b026",
            "AT agostinocortelezzi lenalidomide",
            "393864",
            "author:cortelezzi year:2012",
            'author_facet:"Cortelezzi, Agostino"',
            "year:[2010 TO 2012] hematology",
        ],
    )
    def test_finds_by_identifier_and_field(self, empty: Engine, text: str) -> None:
        with empty.update(1) as writer:
            writer.add(
                {
                    "id": ("doaj-art-a34e60229e934aac998908d0fd28b026",),
                    "title": ("Lenalidomide",),
                    "author": ("Cortelezzi, Agostino",),
                    "container_title": ("Advances in Hematology",),
                    "issn": ("1687-9104",),
                    "doi_str_mv": ("10.1155/2012/393864",),
                    "publishDateSort": ("2012",),
                    "work_keys_str_mv": ("AT agostinocortelezzi lenalidomide",),
                }
            )
            writer.add({"id": ("other",), "title": ("Hematology 1155 2012",), "issn": ("2041-1723",)})
        assert ids(ask(empty, text)) == ["doaj-art-a34e60229e934aac998908d0fd28b026"]

    def test_phrases_do_not_go_across_values(self, filled: Engine) -> None:
        query = Query(tree=And((Phrase("chronic leukemia"), Exact("id", "odd-two-values"))))
        assert filled.search(query).total == 0

    @questions
    @given(
        text=st.text(st.characters(exclude_categories=()), max_size=300)
        | st.from_regex(r'[a-z():"*~^+\-!\[\] \\/{}&|?]{0,120}', fullmatch=True)
    )
    def test_no_text_is_an_error(self, filled: Engine, text: str) -> None:
        assert 0 <= ask(filled, text).total <= len(DOCUMENTS)

    @pytest.mark.parametrize(
        "text",
        ["{!func}x", "_query_:x", "_val_:1", "*:* OR id:*", "a" * 100_000, "(" * 5_000, "a AND " * 999, "\0", "'; --"],
    )
    def test_hostile_texts_are_words(self, filled: Engine, text: str) -> None:
        assert filled.search(Query(tree=Word(text))).total >= 0
        assert filled.search(Query(tree=Phrase(text))).total >= 0
        assert filled.search(Query(tree=Prefix(text))).total >= 0
        assert filled.search(Query(tree=Exact("id", text))).total == 0
        assert filled.search(Query(tree=Exact(text, "x"))).total == 0
        assert filled.search(Query(filters=(Filter(text, "x"),))).total == 0
        assert ask(filled, text).total >= 0

    # Filters and years

    @questions
    @given(
        tree=corpus.trees(),
        filters=st.lists(
            st.builds(
                lambda pair, mode: Filter(pair[0], pair[1], mode),
                st.sampled_from(
                    (
                        ("format", "Article"),
                        ("format", "Book"),
                        ("language", "English"),
                        ("language", "Klingon"),
                        ("author_facet", "Reda, Gianluigi"),
                        ("author_facet", "Sciumè, Mariarita"),
                        ("topic_facet", 'a "b" \\ c'),
                        ("publishDateSort", "2012"),
                        ("publishDateSort", "1960"),
                        ("first_indexed", "2026-11-02T10:00:00Z"),
                        ("first_indexed", "[2026-11-02T10:00:00Z TO *]"),
                        ("first_indexed", "[* TO 2026-11-02T09:59:59Z]"),
                        ("first_indexed", "[2026-11-01T00:00:00Z TO 2026-11-03T00:00:00Z]"),
                        ("first_indexed", "[* TO *]"),
                        ("first_indexed", "[soon TO *]"),
                    )
                ),
                st.sampled_from(get_args(FilterMode)),
            ),
            max_size=5,
        ),
        low=st.sampled_from((None, 1960, 2011)),
        high=st.sampled_from((None, 2012, 1999)),
    )
    def test_filters_and_facets_are_exact(
        self, filled: Engine, tree: object, filters: list[Filter], low: int | None, high: int | None
    ) -> None:
        requests = tuple(FacetRequest(field, 7) for field in DEFAULT_FACETS)
        query = Query(
            tree=tree,  # type: ignore[arg-type]
            filters=tuple(filters),
            years=YearRange(low, high),
            facets=requests,
            size=1000,
        )
        result = filled.search(query)
        assert set(ids(result)) == brute_force.found(query, DOCUMENTS)
        assert_facets_are_exact(result, query, DOCUMENTS)

    def test_a_filter_shows_as_many_as_its_facet_said(self, filled: Engine) -> None:
        query = Query(tree=Word("leukemia"), facets=(FacetRequest("author_facet"), FacetRequest("publishDateSort")))
        for facet in filled.search(query).facets.values():
            for value in facet.values:
                assert filled.search(query.with_filter(Filter(facet.field, value.value))).total == value.count

    def test_a_facet_of_a_field_that_has_none_is_a_note(self, filled: Engine) -> None:
        result = filled.search(Query(facets=(FacetRequest("description"),)))
        assert "description" not in result.facets
        assert [note.kind for note in result.notes] == ["no-facet"]

    # Order and pages

    @pytest.mark.parametrize("sort", SORTS)
    @pytest.mark.parametrize("tree", [Everything(), Word("leukemia"), Or((Word("cell"), Word("the")))], ids=str)
    def test_pages_and_cursors_walk_through_all_once(self, filled: Engine, sort: str, tree: object) -> None:
        query = Query(tree=tree, sort=sort, size=7)  # type: ignore[arg-type]
        whole = all_ids(filled, query)
        assert len(whole) == len(set(whole)) == filled.search(query).total
        by_page = [
            found for page in range(1, len(whole) // 7 + 2) for found in ids(filled.search(replace(query, page=page)))
        ]
        assert by_page == whole
        assert ids(filled.search(replace(query, page=len(whole) // 7 + 2))) == []
        result = filled.search(query)
        by_cursor = ids(result)
        while result.next_after:
            result = filled.search(replace(query, after=result.next_after, page=99))
            by_cursor += ids(result)
        assert by_cursor == whole

    @pytest.mark.parametrize("sort", [name for name, sort in SORTS.items() if sort.field])
    def test_sorts_with_missing_values_last_and_ties_by_id(self, filled: Engine, sort: str) -> None:
        result = filled.search(Query(sort=sort, size=1000))
        assert ids(result) == sorted(BY_ID, key=lambda record_id: expected_place(sort, BY_ID[record_id]))
        assert {hit.score for hit in result.hits} == {0.0}

    def test_an_unknown_sort_is_relevance(self, filled: Engine) -> None:
        query = Query(tree=Word("leukemia"), size=1000)
        assert ids(filled.search(replace(query, sort="shoe size"))) == ids(filled.search(query))

    def test_equal_scores_are_ordered_by_id(self, filled: Engine) -> None:
        whole = all_ids(filled, Query())
        assert whole == sorted(whole)

    def test_scores_fall(self, filled: Engine) -> None:
        scores = [hit.score for hit in ask(filled, "leukemia cell").hits]
        assert scores == sorted(scores, reverse=True)
        assert scores[0] > 0

    def test_a_title_in_full_comes_first(self, empty: Engine) -> None:
        with empty.update(1) as writer:
            writer.add({"id": ("z-exact",), "title": ("Cell death",)})
            for number in range(20):
                writer.add({"id": (f"a{number}",), "title": ("Cell death cell death",), "description": ("cell death",)})
        assert ids(ask(empty, "cell death"))[0] == "z-exact"

    def test_a_title_counts_more_than_an_abstract(self, empty: Engine) -> None:
        with empty.update(1) as writer:
            writer.add({"id": ("a",), "title": ("A study",), "description": ("leukemia in mice and leukemia in men",)})
            writer.add({"id": ("b",), "title": ("On leukemia",), "description": ("Mice and men",)})
        assert ids(ask(empty, "leukemia")) == ["b", "a"]

    def test_words_may_match_in_different_fields(self, empty: Engine) -> None:
        with empty.update(1) as writer:
            writer.add(
                {"id": ("a",), "title": ("Leukemia",), "author": ("Reda, Gianluigi",), "publishDateSort": ("2012",)}
            )
        assert ids(ask(empty, "reda leukemia 2012")) == ["a"]
        assert ids(ask(empty, "reda leukemia", "Title")) == []

    @pytest.mark.parametrize(
        ("page", "size"), [(MAX_OFFSET, 20), (10**18, 20), (10**18, 10**9), (-(10**18), 20), (0, 20)]
    )
    def test_pages_out_of_reach_are_empty_with_a_note(self, filled: Engine, page: int, size: int) -> None:
        result = filled.search(Query(page=page, size=size))
        assert result.hits == ()
        assert result.total == len(DOCUMENTS)
        assert [note.kind for note in result.notes] == ["too-deep"]

    @pytest.mark.parametrize("size", [0, -5])
    def test_a_page_of_no_hits_has_the_total(self, filled: Engine, size: int) -> None:
        result = filled.search(Query(size=size))
        assert (result.total, result.hits) == (len(DOCUMENTS), ())

    @pytest.mark.parametrize("after", ["x", "W10=", "[[[", "]:* OR x", "\ud800", "9" * 5000, "bnVsbA=="])
    @pytest.mark.parametrize("sort", SORTS)
    def test_a_cursor_nobody_gave_is_no_error(self, filled: Engine, sort: str, after: str) -> None:
        assert filled.search(Query(tree=Word("cell"), sort=sort, after=after)).total > 0

    @pytest.mark.parametrize("text", ["", "cell", "the of", "nothing-at-all"])
    def test_ids_are_those_of_all_hits(self, filled: Engine, text: str) -> None:
        for filters in ((), (Filter("format", "Article", "none"),)):
            query = Query(tree=parse(text).tree, filters=filters, sort="title", page=9, size=1)
            found = list(filled.ids(query))
            assert len(found) == len(set(found))
            assert set(found) == set(all_ids(filled, replace(query, page=1, size=50)))

    # Documents come back

    def test_documents_come_back_with_copies(self, filled: Engine) -> None:
        found = filled.get([*BY_ID, "nowhere"])
        assert dict(found) == {record_id: with_copies(document) for record_id, document in BY_ID.items()}
        hit = filled.search(Query(tree=Exact("id", "odd-who"))).hits[0]
        assert dict(hit.document) == with_copies(BY_ID["odd-who"])

    # Lists of values

    @pytest.mark.parametrize(
        ("prefix", "wanted"),
        [
            ("RÉD", ("Reda, Gianluigi",)),
            ("gianluigi red", ("Reda, Gianluigi",)),
            ("преобр", ("Преображенский, Филипп",)),
            ("zzz", ()),
            ("", ()),
            ('r" OR *', ()),
        ],
    )
    def test_suggests_values_with_a_word_that_begins_so(
        self, filled: Engine, prefix: str, wanted: tuple[str, ...]
    ) -> None:
        assert filled.suggest("author_facet", prefix) == wanted

    def test_suggests_the_most_frequent_first(self, filled: Engine) -> None:
        wanted = [pair for pair in ranked("topic_facet") if any(w.startswith("l") for w in folded_words(pair[0]))]
        assert filled.suggest("topic_facet", "l", 3) == tuple(value for value, _ in wanted[:3])

    @pytest.mark.parametrize("field", ["description", "nowhere", "publishDateSort"])
    def test_fields_without_a_list_of_values_have_none(self, filled: Engine, field: str) -> None:
        assert filled.suggest(field, "2012") == ()
        assert filled.browse(field, Stretch()) == ()

    @pytest.mark.parametrize("start", ["", "m", "Müller", "я", "zzzz", "—"])
    def test_browses_values_in_alphabetical_order(self, filled: Engine, start: str) -> None:
        wanted = sorted(
            (pair for pair in ranked("author_facet") if sort_key(pair[0]) >= sort_key(start)),
            key=lambda pair: (sort_key(pair[0]), pair[0]),
        )
        assert [(value.value, value.count) for value in filled.browse("author_facet", Stretch(start, 100))] == wanted
        assert [value.value for value in filled.browse("author_facet", Stretch(start, 2))] == [
            value for value, _ in wanted[:2]
        ]

    @pytest.mark.parametrize("field", ["author_facet", "topic_facet", TITLES])
    def test_browsing_goes_both_ways(self, filled: Engine, field: str) -> None:
        whole = filled.browse(field, Stretch(size=100))
        forwards = [*filled.browse(field, Stretch(size=4))]
        while page := filled.browse(field, Stretch(after=forwards[-1].value, size=4)):
            forwards += page
            if len(forwards) >= 100:
                break
        assert forwards[: len(whole)] == list(whole)
        backwards = [whole[-1]]
        while page := filled.browse(field, Stretch(before=backwards[0].value, size=4)):
            backwards = [*page, *backwards]
        assert backwards == list(whole)

    def test_titles_are_browsed_by_their_sort_title(self, filled: Engine) -> None:
        titled = [document for document in DOCUMENTS if sort_key(next(iter(document.get("title_sort", ())), ""))]
        places = sorted({(sort_key(document["title_sort"][0]), document["title"][0]) for document in titled})
        wanted = [title for key, title in places if key >= sort_key("m")][:30]
        counts = Counter(title for document in DOCUMENTS for title in {*map(title_key, document.get("title", ()))})
        found = filled.browse(TITLES, Stretch("m", 30))
        assert [value.value for value in found] == wanted
        assert [value.count for value in found] == [counts[title_key(title)] for title in wanted]

    def test_a_title_many_records_share_is_listed_once(self, empty: Engine) -> None:
        with empty.update(1) as writer:
            for number in range(70):
                writer.add({"id": (f"z{number}",), "title": ("Editorial",), "title_sort": ("editorial",)})
            writer.add({"id": ("a",), "title": ("Edits",), "title_sort": ("edits",)})
            writer.add({"id": ("b",), "title": ("An edict",), "title_sort": ("edict",)})
        first, second = FacetValue("An edict", 1), FacetValue("Editorial", 70)
        assert empty.browse(TITLES, Stretch(size=2)) == (first, second)
        assert empty.browse(TITLES, Stretch(after="Editorial", size=2)) == (FacetValue("Edits", 1),)
        assert empty.browse(TITLES, Stretch(before="Edits", size=2)) == (first, second)
        assert empty.browse(TITLES, Stretch(after="An edict", size=2)) == (second, FacetValue("Edits", 1))
        assert empty.browse(TITLES, Stretch("The Edi", 2)) == (first, second)
        assert empty.suggest(TITLES, "edi") == ("Edits", "Editorial", "An edict")

    @questions
    @given(tree=corpus.trees(), field=st.sampled_from(("author_facet", "topic_facet")))
    def test_browses_the_values_of_a_search(self, filled: Engine, tree: object, field: str) -> None:
        query = Query(tree=tree, filters=(Filter("format", "Article"),))  # type: ignore[arg-type]
        matching = brute_force.found(query, DOCUMENTS)
        pairs = ranked(field, [document for document in DOCUMENTS if document["id"][0] in matching])
        wanted = sorted(pairs, key=lambda pair: (sort_key(pair[0]), pair[0]))
        found = filled.browse(field, Stretch(size=100), query)
        assert [(value.value, value.count) for value in found] == wanted
        some = [pair for pair in wanted if any(word.startswith("r") for word in folded_words(pair[0]))]
        found = filled.browse(field, Stretch(size=100), query, "R")
        assert [(value.value, value.count) for value in found] == some

    @pytest.mark.parametrize(
        ("prefix", "wanted"),
        [("chronic leuk", {"Chronic leukemia", "On chronic leukemias"}), ("LEUKEMIA CHR", set()), ("?!", set())],
    )
    def test_suggests_titles(self, empty: Engine, prefix: str, wanted: set[str]) -> None:
        with empty.update(1) as writer:
            for number, title in enumerate(
                ("On chronic leukemias", "Chronic leukemia", "Leukemia", "Chronic leukemia")
            ):
                writer.add({"id": (f"a{number}",), "title": (title,)})
        found = empty.suggest(TITLES, prefix)
        assert set(found) == wanted
        assert list(found) == sorted(found, key=lambda title: not title.startswith("Chronic"))

    # Time

    def test_with_more_time_more_is_answered(self, empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fill(empty, DOCUMENTS[:25])
        query = Query(tree=Word("leukemia"), facets=(FacetRequest("language"), FacetRequest("format")), size=100)
        whole = empty.search(replace(query, facets=()))
        monkeypatch.setattr(deadlines, "now", count().__next__)  # A second passes with each look at the clock.
        seen = []
        for seconds in range(60):
            with deadlines.deadline(seconds):
                try:
                    result = empty.search(query)
                except TooBroadError:
                    seen.append("refused")
                    continue
            assert ids(result) == ids(whole)
            assert result.total == whole.total
            late = deadlines.LATE_FACETS in result.notes
            assert late == (len(result.facets) < 2)
            seen.append("hits" if late else "whole")
        assert list(dict.fromkeys(seen)) == ["refused", "hits", "whole"]
        assert seen == sorted(seen, key=["refused", "hits", "whole"].index)

    # Similar

    def test_similar_records_share_words_and_are_other_works(self, empty: Engine) -> None:
        if not empty.features.similar:
            pytest.skip("the engine says that it finds no similar records")
        with empty.update(1) as writer:
            writer.add({"id": ("a",), "title": ("Lenalidomide in leukemia",), "work_keys_str_mv": ("AT x",)})
            writer.add({"id": ("b",), "title": ("Lenalidomide in leukemia",), "work_keys_str_mv": ("AT x",)})
            writer.add({"id": ("c",), "title": ("Lenalidomide for leukemia",)})
            writer.add({"id": ("d",), "title": ("Glaciers of Norway",)})
        similar = empty.similar("a")
        assert [hit.id for hit in similar] == ["c"]
        assert dict(similar[0].document) == with_copies({"id": ("c",), "title": ("Lenalidomide for leukemia",)})
        assert empty.similar("a", 0) == empty.similar("nowhere") == ()

    def test_similar_records_are_one_of_each_work(self, empty: Engine) -> None:
        if not empty.features.similar:
            pytest.skip("the engine says that it finds no similar records")
        with empty.update(1) as writer:
            writer.add({"id": ("a",), "title": ("Lenalidomide in leukemia",), "publishDateSort": ("2012",)})
            writer.add({"id": ("b",), "title": ("Lenalidomide for leukemia",), "work_ids_str_mv": ("10.1/b",)})
            writer.add({"id": ("c",), "title": ("Lenalidomide for leukemia",), "work_ids_str_mv": ("10.1/b",)})
            writer.add({"id": ("d",), "title": ("Leukemia of cats",)})
            writer.add({"id": ("e",), "title": ("Glaciers of Norway",), "publishDateSort": ("2012",)})
            writer.add({"id": ("f",), "title": ("Rivers of Norway 2012",), "publishDateSort": ("2012",)})
        assert [hit.id for hit in empty.similar("a", 2)] == ["b", "d"]
        assert {hit.id for hit in empty.similar("a", 5)} <= {"b", "d"}

    # Spelling

    @pytest.mark.parametrize(
        ("word", "count"), [("leukemia", 2), ("norway", 1), ("muller", 1), ("cats", 1), ("leukemai", 0), ("", 0)]
    )
    def test_words_know_how_many_records_have_them(self, empty: Engine, word: str, count: int) -> None:
        self._fill_words(empty)
        assert empty.frequency(word) == count

    @pytest.mark.parametrize(
        ("word", "likely"),
        [
            ("leukemai", ["leukemia"]),
            ("mulller", ["muller"]),
            ("norwya", ["norway"]),
            ("leukemia", []),
            ("p54", []),
            ("cat", []),
            ("", []),
            ("лекарствo", ["лекарство"]),
        ],
    )
    def test_words_near_in_spelling_are_found(self, empty: Engine, word: str, likely: list[str]) -> None:
        self._fill_words(empty)
        assert [near.value for near in empty.spellings(word)] == likely

    def test_a_word_can_be_suggested_as_soon_as_it_is_indexed(self, empty: Engine) -> None:
        self._fill_words(empty)
        assert empty.spellings("lenalidomid") == ()
        with empty.update(2) as writer:
            writer.add({"id": ("later",), "title": ("Lenalidomide",)})
        assert empty.spellings("lenalidomid") == (FacetValue("lenalidomide", 1),)

    @pytest.mark.parametrize(
        ("pattern", "words"),
        [
            (Prefix("le"), [("leukemia", 2), ("leaf", 1)]),
            (Prefix("LEUK"), [("leukemia", 2)]),
            (Prefix("zzz"), []),
            (Prefix("leukemia of c"), []),
            (Wildcard("*a*a*"), []),
            (Wildcard("?o*"), [("norway", 1)]),
            (Fuzzy("leukemai", 2), [("leukemia", 2)]),
            (Fuzzy("aleukemia", 1), [("leukemia", 2)]),
            (Fuzzy("xxleukemia", 2), []),
            (Fuzzy("leukemia of cats", 2), []),
        ],
    )
    def test_a_pattern_stands_for_words(
        self, empty: Engine, pattern: Prefix | Wildcard | Fuzzy, words: list[tuple[str, int]]
    ) -> None:
        self._fill_words(empty)
        with empty.update(2) as writer:
            writer.add({"id": ("leaf",), "title": ("Leaf",)})
        assert empty.words_of(pattern) == WordList(tuple(FacetValue(*each) for each in words), len(words))

    def test_the_most_frequent_words_of_a_pattern_are_named(self, empty: Engine) -> None:
        self._fill_words(empty)
        assert empty.words_of(Wildcard("*a*"), 1) == WordList((FacetValue("leukemia", 2),), 3)

    # Headings

    @pytest.mark.parametrize(
        ("subjects", "found"),
        [
            (("Neoplasms",), ["capital", "plain", "upper"]),
            (("breast neoplasms", "Leukemia"), ["title"]),
            (("Neoplasm",), []),
            (("nowhere",) * 5_000, []),
        ],
    )
    def test_a_heading_finds_its_subjects_in_any_case_of_letters(
        self, empty: Engine, subjects: tuple[str, ...], found: list[str]
    ) -> None:
        with empty.update(1) as writer:
            for name, subject in (
                ("plain", "neoplasms"),
                ("capital", "Neoplasms"),
                ("upper", "NEOPLASMS"),
                ("title", "Breast Neoplasms"),
            ):
                writer.add({"id": (name,), "title": ("Neoplasms",), "topic_facet": (subject, "other")})
        assert sorted(ids(empty.search(Query(tree=Heading("Neoplasms", subjects=subjects))))) == found

    @staticmethod
    def _fill_words(engine: Engine) -> None:
        with engine.update(1) as writer:
            writer.add({"id": ("a",), "title": ("Leukemia of cats",), "author": ("Müller, P53",)})
            writer.add({"id": ("b",), "title": ("Leukemia",), "description": ("Norway, leukemia; лекарство",)})

    # Explanations

    @questions
    @given(tree=corpus.trees(), search_type=st.sampled_from(("AllFields", "Title", "Author", "abstract")))
    def test_the_parts_of_an_explanation_add_up_to_the_score(
        self, filled: Engine, tree: object, search_type: str
    ) -> None:
        query = Query(tree=tree, search_type=search_type, size=3)  # type: ignore[arg-type]
        for hit in filled.search(query).hits:
            explanation = filled.explain(query, hit.id)
            assert explanation is not None
            assert sum(part.share for part in explanation.parts) == pytest.approx(explanation.score, rel=1e-3, abs=1e-3)
            if hit.score:
                assert explanation.score == pytest.approx(hit.score, rel=1e-3)

    def test_an_explanation_names_columns(self, empty: Engine) -> None:
        with empty.update(1) as writer:
            writer.add({"id": ("a",), "title": ("Leukemia cells",), "author": ("Reda, Gianluigi",)})
            writer.add({"id": ("b",), "title": ("Glaciers",)})
        explanation = empty.explain(Query(tree=parse("author:reda leukemia").tree), "a")
        assert explanation is not None
        found = {(part.clause, part.column) for part in explanation.parts}
        assert {(Word("reda"), "author"), (Word("leukemia"), "title"), (Word("leukemia"), "title_words")} == found
        best = [part for part in explanation.parts if part.clause == Word("leukemia")]
        assert best[0].share == best[0].alone >= best[1].alone > best[1].share > 0

    def test_what_is_not_found_is_not_explained(self, filled: Engine) -> None:
        assert filled.explain(Query(tree=Word("klingon")), "odd-who") is None
        assert filled.explain(Query(), "nowhere") is None

    # Changes

    def test_changes_are_seen_after_a_clean_exit_only(self, empty: Engine) -> None:
        with empty.update(5) as writer:
            writer.add({"id": ("a",), "title": ("one",)})
            assert empty.search(Query()).total == empty.count() == empty.watermark() == 0
        assert (empty.search(Query()).total, empty.count(), empty.watermark()) == (1, 1, 5)
        with empty.update(6) as writer:
            writer.add({"id": ("a",), "title": ("two",)})
            writer.delete("nowhere")
            assert ask(empty, "one").total == 1
        assert (ask(empty, "one").total, ask(empty, "two").total, empty.count(), empty.watermark()) == (0, 1, 1, 6)
        with empty.update(7) as writer:
            writer.delete("a")
        assert (empty.search(Query()).total, empty.get(["a"]), empty.watermark()) == (0, {}, 7)

    @pytest.mark.parametrize("kind", ["update", "rebuild"])
    def test_an_exception_abandons_changes_and_watermark(self, empty: Engine, kind: str) -> None:
        self.fill(empty, DOCUMENTS[:20], watermark=3)
        with pytest.raises(RuntimeError, match="stop"), getattr(empty, kind)(9) as writer:  # noqa: PT012
            writer.add({"id": ("new",), "title": ("new",)})
            writer.delete(DOCUMENTS[0]["id"][0])
            raise RuntimeError("stop")
        assert (empty.count(), empty.watermark(), dict(empty.get(["new"]))) == (20, 3, {})
        with empty.update(4) as writer:
            writer.add({"id": ("new",), "title": ("new",)})
        assert (empty.count(), empty.watermark()) == (21, 4)

    def test_replays_are_harmless(self, empty: Engine) -> None:
        for _ in range(3):
            with empty.update(2) as writer:
                for document in DOCUMENTS[:30]:
                    writer.add(document)
                writer.delete(DOCUMENTS[0]["id"][0])
        assert empty.count() == 29
        assert set(all_ids(empty, Query())) == set(list(BY_ID)[1:30])

    def test_the_last_of_several_changes_counts(self, empty: Engine) -> None:
        with empty.update(1) as writer:
            writer.add({"id": ("a",), "title": ("one",)})
            writer.delete("a")
            writer.add({"id": ("a",), "title": ("two",)})
            writer.add({"id": ("b",), "title": ("one",)})
            writer.delete("b")
        assert all_ids(empty, Query()) == ["a"]
        assert ask(empty, "two").total == 1

    def test_an_update_of_nothing_moves_the_watermark(self, empty: Engine) -> None:
        with empty.update(8):
            pass
        assert (empty.watermark(), empty.count()) == (8, 0)

    def test_facets_follow_updates(self, empty: Engine) -> None:
        self.fill(empty, DOCUMENTS[:100])
        changed: list[Document] = [{**document, "language": ("Esperanto",)} for document in DOCUMENTS[:60]]
        with empty.update(2) as writer:
            for document in changed:
                writer.add(document)
            for document in DOCUMENTS[60:70]:
                writer.delete(document["id"][0])
        query = Query(facets=(FacetRequest("language"), FacetRequest("author_facet")))
        assert_facets_are_exact(empty.search(query), query, [*changed, *DOCUMENTS[70:100]])

    def test_a_rebuild_swaps_in_at_its_end(self, empty: Engine) -> None:
        self.fill(empty, DOCUMENTS[:20], watermark=3)
        with empty.rebuild(9) as writer:
            for document in DOCUMENTS[20:50]:
                writer.add(document)
            writer.delete(DOCUMENTS[49]["id"][0])
            assert (empty.count(), empty.watermark()) == (20, 3)
            assert set(all_ids(empty, Query())) == set(list(BY_ID)[:20])
        assert (empty.count(), empty.watermark()) == (29, 9)
        assert set(all_ids(empty, Query())) == set(list(BY_ID)[20:49])
        assert empty.check() == ()

    def test_no_search_fails_while_a_rebuild_swaps(self, empty: Engine) -> None:
        self.fill(empty, DOCUMENTS[:20])
        done = threading.Event()
        totals: set[int] = set()
        failures: list[Exception] = []

        def search() -> None:
            while not done.is_set():
                try:
                    totals.add(ask(empty, "*:*", facets=(FacetRequest("author_facet"),)).total)
                except Exception as error:
                    failures.append(error)
                    return

        searching = threading.Thread(target=search)
        searching.start()
        try:
            for generation in range(3):
                with empty.rebuild(generation) as writer:
                    for document in DOCUMENTS[:40]:
                        writer.add(document)
        finally:
            done.set()
            searching.join()
        assert failures == []
        assert totals <= {20, 40}


def assert_facets_are_exact(result: SearchResult, query: Query, documents: Sequence[Document]) -> None:
    """Counted over all matches, without the field's own `any` filters; by falling count, ties by value."""
    matching = brute_force.found(replace(query, filters=()), documents)
    matches = [document for document in documents if document["id"][0] in matching]
    for request in query.facets:
        others = [f for f in query.filters if f.field != request.field or f.mode != "any"]
        wanted = ranked(request.field, [document for document in matches if brute_force.passes(others, document)])
        facet = result.facets[request.field]
        assert [(value.value, value.count) for value in facet.values] == wanted[: request.limit]
        assert facet.has_more == (len(wanted) > request.limit)


def ranked(field: str, documents: Sequence[Document] = DOCUMENTS) -> list[tuple[str, int]]:
    counts = Counter(
        value
        for document in documents
        for value in set(field_values(document, field))
        if field != "publishDateSort" or value.isdecimal()
    )
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def expected_place(sort: str, document: Document) -> tuple[object, ...]:
    order = SORTS[sort]
    value = next(iter(document.get(order.field, ())), "")
    if order.field == "publishDateSort":
        year = int(value) if value.isdecimal() else 0
        return (year == 0, -year if order.descending else year, document["id"][0])
    if order.field == "first_indexed":
        # All of them are written in the one way of the store, but for those that are no dates.
        moment = datetime.fromisoformat(value).timestamp() if value.startswith("2") else 0
        return (moment == 0, -moment, document["id"][0])
    return (sort_key(value) == "", sort_key(value), document["id"][0])
