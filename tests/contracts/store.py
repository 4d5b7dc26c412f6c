"""What every database must do for the store. A subclass gives the fixture `store`: empty, migrated, on
`Clock.now`.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bookwheel.errors import StoreError
from bookwheel.records.model import Container, Record, Text
from bookwheel.records.raw import Problem, RawRecord, Reading, Rejected
from bookwheel.store import Store
from bookwheel.store.model import Counts, ListKey, ListState, Received
from bookwheel.store.provision import Journal, Place, Span

KEY = ListKey("x", prefix="oai_doaj")


class Clock:
    """A time that is told."""

    def __init__(self) -> None:
        self.moment = datetime(2025, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def advance(self, **span: float) -> None:
        self.moment += timedelta(**span)


def received(
    name: str,
    title: str = "One",
    *,
    source: str = "x",
    day: int = 1,
    sets: tuple[str, ...] = (),
    deleted: bool = False,
    readable: bool = True,
    journal: str = "",
    problems: tuple[Problem, ...] = (),
) -> Received:
    """A payload that says its title, read or refused."""
    identifier, record_id = f"oai:{source}:{name}", f"{source}-{name}"
    stamp = f"2025-01-{day:02}T00:00:00Z"
    content = b"" if deleted else f"<title>{title}</title>".encode("utf-8", "surrogatepass")
    raw = RawRecord(source, identifier, stamp, "oai_doaj", content, deleted, sets, "2025-02-01T00:00:00Z")
    container = Container(f"Journal {journal}", eissn=journal) if journal else Container()
    record = Record(record_id, source, identifier, stamp, "Article", "oai_doaj", title=Text(title), container=container)
    return Received(record_id, raw, Reading(record if readable and not deleted else None, problems))


def title(store: Store, record_id: str) -> str:
    found = store.record(record_id)
    assert found is not None
    assert found.record is not None
    return found.record.title.value


class StoreContract:
    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    @pytest.fixture
    def save(self, store: Store) -> Callable[..., Counts]:
        """Stores a page of pieces in a run of its own."""

        def save(*pieces: Received | Rejected) -> Counts:
            run = store.start_run("x", "harvest")
            page = [piece for piece in pieces if isinstance(piece, Received)]
            counts = store.save_page(run, page, [piece for piece in pieces if isinstance(piece, Rejected)])
            assert store.finish_run(run, "complete").counts == counts
            return counts

        return save

    def test_empty_store(self, store: Store) -> None:
        assert store.latest_change() == 0
        assert store.live_count() == 0
        assert store.changes(0, 10) == []
        assert store.counts() == []
        assert store.runs() == []
        assert store.record("x-1") is None
        assert store.payload("x-1") is None
        assert store.list_state(KEY) == ListState()
        assert store.check() == ()

    def test_record_comes_back_with_its_payload_and_problems(
        self, store: Store, save: Callable[..., Counts], clock: Clock
    ) -> None:
        item = received("1", "Łódź\n𝔘", sets=("b", "a"), problems=(Problem("published", "no month", "note"),))
        assert save(item) == Counts(1, 1)
        stored = store.record("x-1")
        assert stored is not None
        assert stored.record == item.reading.record
        assert (stored.source, stored.identifier, stored.deleted) == ("x", "oai:x:1", False)
        assert stored.first_indexed == stored.last_indexed == "2025-01-01T00:00:00Z"
        assert store.payload("x-1") == item.raw
        assert store.problems("x-1") == [Problem("published", "no month", "note")]
        [counts] = store.counts()
        assert (counts.source, counts.live, counts.deleted, counts.problems, counts.quarantined) == (
            "x",
            1,
            0,
            1,
            0,
        )

    def test_same_payload_again_changes_nothing(self, store: Store, save: Callable[..., Counts]) -> None:
        save(received("1", sets=("a", "b")))
        before = store.record("x-1")
        assert save(received("1", sets=("b", "a"), day=9)) == Counts(1, unchanged=1)
        assert store.record("x-1") == before
        assert len(store.versions("x-1")) == 1
        assert store.known_headers("x", ["oai:x:1"])["oai:x:1"].datestamp == "2025-01-09T00:00:00Z"

    @pytest.mark.parametrize(
        "later",
        [
            pytest.param(received("1", "Two", day=2), id="payload"),
            pytest.param(received("1", day=1, sets=("a",)), id="sets"),
            pytest.param(received("1", "Set back", day=1), id="older datestamp"),
        ],
    )
    def test_change_makes_a_version_and_a_change_number(
        self, store: Store, save: Callable[..., Counts], clock: Clock, later: Received
    ) -> None:
        save(received("1", day=1), received("2"))
        clock.advance(days=1)
        assert save(later) == Counts(1, 1)
        assert [raw.payload for raw in store.versions("x-1")] == [later.raw.payload, b"<title>One</title>"]
        assert [stored.id for stored in store.changes(0, 10)] == ["x-2", "x-1"]
        assert [stored.id for stored in store.changes(2, 10)] == ["x-1"]
        [changed] = store.changed(2, 10)
        assert changed == ("x-1", 3, False, "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z", 1)
        assert store.latest_change() == 3
        assert store.count_changes(2) == 1
        [stored] = store.changes(2, 10)
        assert (stored.first_indexed, stored.last_indexed) == ("2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z")

    def test_greatest_datestamp_wins_in_a_page(self, store: Store, save: Callable[..., Counts]) -> None:
        pages = received("1", "Old", day=1), received("1", "New", day=3), received("1", "Between", day=2)
        assert save(*pages) == Counts(3, stored=1, unchanged=2)
        assert title(store, "x-1") == "New"

    def test_greatest_datestamp_wins_in_a_run(self, store: Store) -> None:
        run = store.start_run("x", "harvest")
        store.save_page(run, [received("1", "New", day=3)])
        assert store.save_page(run, [received("1", "Old", day=1)]) == Counts(1, unchanged=1)
        assert title(store, "x-1") == "New"

    def test_deleted_ones_are_told_apart(self, store: Store, save: Callable[..., Counts]) -> None:
        save(received("1"), received("2"))
        save(received("1", deleted=True, day=2))
        assert store.deleted(["x-1", "x-2", "x-3"]) == {"x-1"}

    def test_deletion_keeps_the_last_record(self, store: Store, save: Callable[..., Counts]) -> None:
        save(received("1", problems=(Problem("a", "b"),)))
        assert save(received("1", deleted=True, day=2)) == Counts(1, deleted=1)
        stored = store.record("x-1")
        assert stored is not None
        assert stored.deleted
        assert title(store, "x-1") == "One"
        assert [raw.deleted for raw in store.versions("x-1")] == [True, False]
        assert store.problems("x-1") == []
        assert store.live_count() == 0
        assert save(received("1", deleted=True, day=2)) == Counts(1, unchanged=1)

    def test_undeleted_with_the_same_payload_is_live_again(self, store: Store, save: Callable[..., Counts]) -> None:
        save(received("1"))
        save(received("1", deleted=True))
        assert save(received("1")) == Counts(1, stored=1)
        assert store.live_count() == store.live_count("x") == 1
        assert store.live_count("y") == 0
        assert len(store.versions("x-1")) == 3

    def test_deletion_of_an_unknown_record_is_kept(self, store: Store, save: Callable[..., Counts]) -> None:
        assert save(received("1", deleted=True)) == Counts(1, deleted=1)
        stored = store.record("x-1")
        assert stored is not None
        assert stored.deleted
        assert stored.record is None

    def test_refused_pieces_go_to_quarantine_once(self, store: Store, save: Callable[..., Counts]) -> None:
        cut = Rejected("x", "", "no well-formed XML", b"\x00<rec", 17, "2025-02-01T00:00:00Z")
        bad = received("1", readable=False, sets=("s",), problems=(Problem("title", "is missing", "error"),))
        for _ in range(2):
            assert save(bad, cut, received("2")).rejected == 2
        kept = store.quarantined()
        assert [(k.identifier, k.reason, k.payload, k.offset, k.format, k.sets) for k in kept] == [
            ("oai:x:1", "title: is missing", bad.raw.payload, 0, "oai_doaj", ("s",)),
            ("", "no well-formed XML", b"\x00<rec", 17, "", ()),
        ]
        assert store.quarantined("y") == []
        assert store.quarantined("x", 10, after=kept[0].id) == kept[1:]
        assert store.counts()[0].quarantined == 2
        assert store.record("x-1") is None

    def test_bad_version_leaves_the_good_one(self, store: Store, save: Callable[..., Counts]) -> None:
        save(received("1"))
        save(received("1", "Bad", readable=False, day=2))
        assert title(store, "x-1") == "One"
        assert len(store.quarantined()) == 1

    def test_readable_version_settles_the_quarantine(self, store: Store, save: Callable[..., Counts]) -> None:
        save(received("1", "Bad", readable=False))
        save(received("1", "Good"))
        assert store.quarantined() == []

    def test_id_belongs_to_one_source(self, store: Store, save: Callable[..., Counts]) -> None:
        save(received("1"))
        thief = received("1", "Other", source="y")
        assert save(thief._replace(id="x-1")) == Counts(1, rejected=1)
        assert title(store, "x-1") == "One"
        [kept] = store.quarantined()
        assert "belongs to 'oai:x:1' of source 'x'" in kept.reason

    def test_id_claimed_twice_on_a_page(self, store: Store, save: Callable[..., Counts]) -> None:
        assert save(received("1"), received("2")._replace(id="x-1")) == Counts(2, stored=1, rejected=1)

    def test_id_never_changes(self, store: Store, save: Callable[..., Counts]) -> None:
        save(received("1"))
        assert save(received("1", "New")._replace(id="other-1")) == Counts(1, rejected=1)
        assert "ids are for ever" in store.quarantined()[0].reason

    def test_ids_that_differ_in_case_are_two_records(self, store: Store, save: Callable[..., Counts]) -> None:
        assert save(received("Ab"), received("aB")) == Counts(2, stored=2)

    @pytest.mark.parametrize("name", ["a\0b", "a\ud800b", ""], ids=["NUL", "surrogate", "none"])
    def test_identifier_no_database_keeps(self, store: Store, save: Callable[..., Counts], name: str) -> None:
        item = received(name)
        if not name:
            item = item._replace(id="")
        assert save(item, received("2")) == Counts(2, stored=1, rejected=1)

    @pytest.mark.parametrize("text", ["a\0b", "a\ud800b"], ids=["NUL", "surrogate"])
    def test_text_no_database_keeps_is_no_end(self, store: Store, save: Callable[..., Counts], text: str) -> None:
        save(received("1", text, problems=(Problem("title", text),)), received("2"))
        assert store.record("x-2") is not None

    def test_page_and_place_are_stored_together(self, store: Store) -> None:
        run = store.start_run("x", "harvest")
        state = ListState("2025-01-01", True, "2024-12-30", "token", "2025-01-05", 100)
        store.save_page(run, [received("1")], progress=(KEY, state))
        assert store.list_state(KEY) == state
        assert store.list_state(KEY._replace(set="s")) == ListState()
        store.save_list_state(run, KEY, ListState("2025-01-05"))
        assert store.list_state(KEY) == ListState("2025-01-05")

    def test_run_adds_up_its_pages(self, store: Store) -> None:
        run = store.start_run("x", "harvest")
        assert store.runs()[0].state == "running"
        counts = store.save_page(run, [received("1"), received("2", readable=False)])
        counts += store.save_page(run, [received("1"), received("3", deleted=True)])
        done = store.finish_run(run, "complete", ["a note"], [("path", 3)])
        assert done.counts == counts == Counts(4, 1, 1, 1, 1)
        assert (done.state, done.notes, done.unused) == ("complete", ("a note",), (("path", 3),))
        assert store.runs(5) == [done]

    def test_second_run_of_a_source_is_refused(self, store: Store) -> None:
        store.start_run("x", "harvest")
        with pytest.raises(StoreError, match=r"source 'x' is being written by run 1"):
            store.start_run("x", "harvest")
        store.start_run("y", "harvest")

    def test_silent_holder_is_replaced_and_then_refused(self, store: Store, clock: Clock) -> None:
        first = store.start_run("x", "harvest")
        clock.advance(minutes=50)
        store.save_page(first, [received("1")])
        clock.advance(minutes=50)
        with pytest.raises(StoreError, match="is being written"):
            store.start_run("x", "harvest")
        clock.advance(minutes=11)
        second = store.start_run("x", "harvest")
        assert {run.id: run.state for run in store.runs()} == {first: "incomplete", second: "running"}
        with pytest.raises(StoreError, match="another took over"):
            store.save_page(first, [received("2")])
        assert store.record("x-2") is None
        store.save_page(second, [received("2")])

    def test_walk_finds_what_it_did_not_meet(self, store: Store, save: Callable[..., Counts], clock: Clock) -> None:
        save(received("1"), received("2"), received("3"), received("4", deleted=True))
        walk = KEY._replace(verb="walk")
        for seen in (["oai:x:1"], ["oai:x:1", "oai:x:3"]):
            run = store.start_run("x", "reconcile")
            store.begin_walk(run, walk, ListState(begun=True))
            store.cross_off(run, [*seen, "oai:x:unknown"], KEY, ListState())
            store.finish_run(run, "complete")
            clock.advance(days=10)
        assert store.count_missed("x") == 1
        assert [one.id for one in store.missed("x", 2, timedelta(days=20), 10)] == ["x-2"]
        assert store.missed("x", 3, timedelta(), 10) == []
        assert store.missed("x", 2, timedelta(days=21), 10) == []
        assert store.count_missed("y") == 0

    def test_large_page_fits_every_statement(self, store: Store, save: Callable[..., Counts]) -> None:
        page = [received(str(number), deleted=True) for number in range(12_000)]
        assert save(*page) == Counts(12_000, deleted=12_000)
        assert save(*page) == Counts(12_000, unchanged=12_000)

    def test_migrating_again_changes_nothing(self, store: Store, save: Callable[..., Counts]) -> None:
        save(received("1"))
        store.migrate()
        assert title(store, "x-1") == "One"

    def test_records_by_id(self, store: Store, save: Callable[..., Counts]) -> None:
        save(received("1"), received("2"))
        assert sorted(store.records(["x-1", "x-2", "nobody"])) == ["x-1", "x-2"]

    # Providing

    def test_headers_come_in_the_order_of_changes_with_deletions(
        self, store: Store, clock: Clock, save: Callable[..., Counts]
    ) -> None:
        for name in ("one", "two", "three"):
            clock.advance(hours=1)
            save(received(name), received(f"{name} more"))
        clock.advance(hours=1)
        save(received("one", deleted=True, day=2))
        found = [("-" if header.deleted else "") + header.id for header in store.headers(Span(), Place(), 10)]
        assert found == ["x-one more", "x-two", "x-two more", "x-three", "x-three more", "-x-one"]
        first = store.headers(Span(), Place(), 2)
        rest = store.headers(Span(), first[-1].place, 10)
        assert [header.id for header in (*first, *rest)] == [found.removeprefix("-") for found in found]

    @pytest.mark.parametrize(
        ("span", "expected"),
        [
            (Span(source="y"), ["y-b"]),
            (Span(journal="2376-7618"), ["x-a"]),
            (Span(format="oai_doaj"), ["x-a", "y-b", "x-c"]),
            (Span(format="marc"), []),
            (Span(since="2025-01-01T02:00:00Z"), ["y-b", "x-c"]),
            (Span(until="2025-01-01T02:00:00Z"), ["x-a", "y-b"]),
            (Span(source="x", since="2025-01-01T02:00:00Z", until="2025-01-01T03:00:00Z"), ["x-c"]),
        ],
    )
    def test_headers_of_a_span(
        self, store: Store, clock: Clock, save: Callable[..., Counts], span: Span, expected: list[str]
    ) -> None:
        for piece in (received("a", journal="2376-7618"), received("b", source="y"), received("c")):
            clock.advance(hours=1)
            save(piece)
        assert [header.id for header in store.headers(span, Place(), 10)] == expected
        assert store.count_headers(span) == len(expected)

    def test_a_deleted_record_keeps_its_journal(self, store: Store, save: Callable[..., Counts]) -> None:
        save(received("a", journal="2376-7618"))
        save(received("a", deleted=True, day=2))
        header = store.header("x-a")
        assert header is not None
        assert (header.deleted, header.journal, header.format) == (True, "2376-7618", "oai_doaj")
        assert store.header("x-unknown") is None

    def test_journals_and_formats_are_told(self, store: Store, save: Callable[..., Counts]) -> None:
        assert (store.journals("", 10), store.formats(), store.earliest_change()) == ([], [], "")
        save(received("a", journal="2376-7618"), received("b", journal="1687-9112"), received("c"))
        assert store.journals("", 10) == [
            Journal("1687-9112", "Journal 1687-9112"),
            Journal("2376-7618", "Journal 2376-7618"),
        ]
        assert store.journals("1687-9112", 1) == [Journal("2376-7618", "Journal 2376-7618")]
        assert store.formats() == ["oai_doaj"]
        assert store.earliest_change() == "2025-01-01T00:00:00Z"
