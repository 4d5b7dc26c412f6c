"""How large a question may be, so that no text a reader sends holds the catalogue up (reliability 1.4)."""

MAX_CHARACTERS = 500
"""Of plain words in the box: longer texts are pasted by mistake, and no title is as long."""

MAX_STRATEGY_CHARACTERS = 4_000
"""Of a text with operators or fields, or in the syntax of a database: the longest of 30 published strategies at hand
has 2,333. As an address it takes up to about 6,000 bytes, and web servers and proxies take 8,000."""

MAX_NESTING = 20
"""Parentheses within parentheses; published strategies have up to 7. Parsers and engines recurse so deep."""

MAX_CLAUSES = 200
"""Words, phrases and other leaves of a text in the box."""

MAX_STRATEGY_CLAUSES = 500
"""Leaves of a strategy; a line counts each time a later one names it. The largest of 30 published ones has 122."""

MAX_NEAR = 5
"""Parts of one Near: the ways they can stand grow with the factorial."""

MAX_DISTANCE = 99
"""Words between the parts of a Near (Ovid's own limit)."""

MAX_SLOP = 100
"""Of a loose phrase."""

MIN_PREFIX = 3
"""Letters a prefix needs before its *; and letters a wildcard needs in all."""

MIN_FUZZY = 4
"""Letters of a word searched in similar spelling."""

MAX_NOTES = 100
"""Notes on one text; what is beyond them is counted in the last."""
