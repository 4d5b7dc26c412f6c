"""The store's tables. `migrations/` makes them; a test holds the two equal.

Times are ISO 8601 UTC texts; sets are setSpecs joined by line feeds; `body` columns hold zstd frames and come
last in the tables as first made, so that a database reads the small columns of a row without touching its large one.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# SQLite numbers rows by themselves only in a column of type INTEGER.
_Number = BigInteger().with_variant(Integer, "sqlite")

counter = Table(
    "counter",
    metadata,
    # One row: the last change number given out.
    Column("name", String, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

record = Table(
    "record",
    metadata,
    # The change number the row was made with: unique without asking the database for a new one.
    Column("number", _Number, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("source", String, nullable=False),
    Column("identifier", String, nullable=False),
    Column("change", BigInteger, nullable=False, unique=True),
    Column("deleted", Boolean, nullable=False),
    Column("datestamp", String, nullable=False),
    # Sorted, so that a server's mood about their order is no change.
    Column("sets", Text, nullable=False),
    Column("sha256", LargeBinary(32), nullable=False),
    # The run that changed it last: within one run the greatest datestamp wins.
    Column("run", BigInteger, nullable=False),
    Column("first_indexed", String, nullable=False),
    Column("last_indexed", String, nullable=False),
    # The last Record read, also when deleted; NULL when nothing but a deletion was ever heard.
    Column("body", LargeBinary),
    # What its journal is known by, and the format of its newest payload, both kept when deleted: whoever harvests
    # one journal or format from here hears of the deletion too.
    Column("journal", String, nullable=False, server_default=""),
    Column("format", String, nullable=False, server_default=""),
    UniqueConstraint("source", "identifier"),
    Index("record_by_source", "source", "deleted"),
    # For sitemaps: all that is asked of every record, without its body.
    Index("record_by_number", "number", "deleted", "last_indexed"),
    Index("record_by_time", "last_indexed", "change"),
    Index("record_of_source_by_time", "source", "last_indexed", "change"),
    Index("record_of_journal_by_time", "journal", "last_indexed", "change"),
    Index("record_of_format_by_time", "format", "last_indexed", "change"),
)

payload = Table(
    "payload",
    metadata,
    # Every version in the order it came.
    Column("number", _Number, primary_key=True),
    Column("record", _Number, ForeignKey("record.number"), nullable=False, index=True),
    Column("format", String, nullable=False),
    Column("datestamp", String, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("sets", Text, nullable=False),
    Column("fetched", String, nullable=False),
    Column("sha256", LargeBinary(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

problem = Table(
    "problem",
    metadata,
    # Of the newest version alone.
    Column("number", _Number, primary_key=True),
    Column("record", _Number, ForeignKey("record.number"), nullable=False, index=True),
    Column("field", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("severity", String, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("source", String, nullable=False),
    Column("identifier", String, nullable=False),
    Column("sha256", LargeBinary(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("format", String, nullable=False),
    Column("datestamp", String, nullable=False),
    Column("sets", Text, nullable=False),
    # Bytes from the start of the page.
    Column("offset", BigInteger, nullable=False),
    Column("fetched", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    # The same bytes served daily are one row.
    UniqueConstraint("sha256", "source", "identifier"),
    Index("quarantine_by_identifier", "source", "identifier"),
)

run = Table(
    "run",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("source", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("started", String, nullable=False),
    Column("ended", String, nullable=False),
    Column("fetched", BigInteger, nullable=False),
    Column("stored", BigInteger, nullable=False),
    Column("unchanged", BigInteger, nullable=False),
    Column("deleted", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
    # JSON arrays.
    Column("notes", Text, nullable=False),
    Column("unused", Text, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    # Who may write for a source. The run's number fences: numbers only grow, so an older holder is known at
    # once.
    Column("source", String, primary_key=True),
    Column("run", BigInteger, nullable=False),
    Column("holder", String, nullable=False),
    Column("expires", String, nullable=False),
)

harvest_list = Table(
    "harvest_list",
    metadata,
    # How far a list was walked, and up to where it was once complete.
    Column("source", String, primary_key=True),
    Column("verb", String, primary_key=True),
    Column("set", String, primary_key=True),
    Column("prefix", String, primary_key=True),
    Column("completed", String, nullable=False),
    # The unfinished list: where it began, the token that goes on, and what it has served so far.
    Column("begun", Boolean, nullable=False),
    Column("lower_bound", String, nullable=False),
    Column("checkpoint", Text, nullable=False),
    Column("newest", String, nullable=False),
    Column("served", BigInteger, nullable=False),
)

unseen = Table(
    "unseen",
    metadata,
    # Live records that the source's own list of identifiers did not name, and in how many walks over it in a
    # row; while a walk goes on, those it has not met yet.
    Column("record", _Number, ForeignKey("record.number"), primary_key=True, autoincrement=False),
    Column("walks", Integer, nullable=False),
    Column("since", String, nullable=False),
)
