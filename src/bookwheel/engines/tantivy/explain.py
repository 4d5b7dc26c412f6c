"""Why a record got its score: every clause is asked of this record alone."""

from dataclasses import replace

import tantivy
from tantivy import Occur

from bookwheel.engines.tantivy import schema
from bookwheel.engines.tantivy.compile import Compiler, restricted
from bookwheel.engines.tantivy.snapshot import Snapshot
from bookwheel.engines.tantivy.sorting import quoted
from bookwheel.errors import TooBroadError
from bookwheel.search.deadline import passed
from bookwheel.search.query import Node, Query, YearRange
from bookwheel.search.ranking import SEARCH_TYPES, SearchType
from bookwheel.search.scoring import Explanation, explained


def explain(snapshot: Snapshot, query: Query, record_id: str) -> Explanation | None:
    """The parts of a record's score; None when the query, its filters left aside, does not find it."""
    compiler = Compiler(snapshot)
    this = tantivy.Query.const_score_query(tantivy.Query.term_query(schema.SCHEMA, schema.ID, quoted(record_id)), 0.0)

    def points(question: tantivy.Query) -> float | None:
        if passed():
            raise TooBroadError("The parts of the score could not be worked out in time. Leave some of them out.")
        hits = snapshot.searcher.search(restricted(question, [(Occur.Must, this)]), 1, count=False).hits
        return float(hits[0][0]) if hits else None

    def score(node: Node, kind: SearchType) -> float | None:
        return points(compiler.clause(node, kind))

    total = points(compiler.question(replace(query, filters=(), years=YearRange())))
    if total is None:
        return None
    kind = SEARCH_TYPES.get(query.search_type) or SEARCH_TYPES["AllFields"]
    return explained(query.tree, kind, total, score)
